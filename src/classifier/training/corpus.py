"""The labelled texts, by author, and the lexicon: short phrases that speak for one risk."""

import json
import pathlib

RISKS = ["acoso_sexual", "acoso_laboral", "falta_imparcialidad", "agresiones", "discriminacion", "derechos_humanos",
         "falta_liderazgo", "corrupcion", "falta_eficacia", "falta_cooperacion", "fuera_competencia"]
URGENCIES = ["alta", "media", "baja"]
# The author of whatever comes from the lexicon.
LEXICON = "lexicon"


def _lines(path):
    for number, line in enumerate(path.read_text(encoding="utf8").splitlines(), 1):
        if line.strip():
            yield number, json.loads(line)


def load(paths):
    """Texts of the files in order, each with the file's name as its author."""
    out = []
    for path in map(pathlib.Path, paths):
        for number, one in _lines(path):
            if one["main"] not in RISKS or one["labels"][0] != one["main"] or one["urgency"] not in URGENCIES:
                raise SystemExit(f"{path.name}, line {number}: labels are not as they must be")
            out.append({**one, "author": path.stem})
    return out


def load_lexicon(paths):
    """Phrases of the files in order, as texts of one label; risk and urgency are `None` where nobody told them."""
    out = []
    for path in map(pathlib.Path, paths):
        for number, one in _lines(path):
            risk, urgency = one.get("risk"), one.get("urgency")
            if risk not in [*RISKS, None] or urgency not in [*URGENCIES, None] or risk is urgency:
                raise SystemExit(f"{path.name}, line {number}: speaks for no risk and no urgency that there is")
            out.append({"text": one["text"], "main": risk, "labels": [risk] if risk else [], "urgency": urgency,
                        "author": LEXICON})
    return out


def split(texts, without):
    """The texts of all but the named authors, and theirs."""
    unknown = set(without) - {text["author"] for text in texts}
    if unknown:
        raise SystemExit(f"no such author: {', '.join(sorted(unknown))}")
    return [t for t in texts if t["author"] not in without], [t for t in texts if t["author"] in without]
