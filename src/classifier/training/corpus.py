"""The labelled texts, by author."""

import json
import pathlib

RISKS = ["acoso_sexual", "acoso_laboral", "falta_imparcialidad", "agresiones", "discriminacion", "derechos_humanos",
         "falta_liderazgo", "corrupcion", "falta_eficacia", "falta_cooperacion", "fuera_competencia"]
URGENCIES = ["alta", "media", "baja"]


def load(paths):
    """Texts of the files in order, each with the file's name as its author."""
    out = []
    for path in map(pathlib.Path, paths):
        for number, line in enumerate(path.read_text(encoding="utf8").splitlines(), 1):
            if not line.strip():
                continue
            one = json.loads(line)
            if one["main"] not in RISKS or one["labels"][0] != one["main"] or one["urgency"] not in URGENCIES:
                raise SystemExit(f"{path.name}, line {number}: labels are not as they must be")
            out.append({**one, "author": path.stem})
    return out
