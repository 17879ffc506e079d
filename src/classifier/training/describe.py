"""Counts and agreement of the corpus, as docs/data-sheet.md shows them.

    python3 src/classifier/training/describe.py                           prints the tables
    python3 src/classifier/training/describe.py --write docs/data-sheet.md  puts them between the file's marks

Only Python's own library is used. Counts are of the texts in corpus/ and ../evaluation/ and the phrases in lexicon/,
agreement is of both readings in readings.jsonl, with the texts that were dropped.
"""

import argparse
import collections
import json
import pathlib
import re
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
HELD_OUT = ["g", "j"]
RISKS = ["acoso_sexual", "acoso_laboral", "falta_imparcialidad", "agresiones", "discriminacion", "derechos_humanos",
         "falta_liderazgo", "corrupcion", "falta_eficacia", "falta_cooperacion", "fuera_competencia"]
URGENCIES = ["alta", "media", "baja"]
# As many words in a row are no accident.
IN_A_ROW = 6
# Below this, three common words in a row make two texts look alike.
FEWEST_PAIRS = 8
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"


def load(path):
    return [json.loads(line) for line in path.read_text(encoding="utf8").splitlines() if line.strip()]


def table(head, rows):
    """A Markdown table; all columns but the first are figures."""
    lines = ["| " + " | ".join(head) + " |", "|---|" + "---:|" * (len(head) - 1)]
    return "\n".join(lines + ["| " + " | ".join(map(str, row)) + " |" for row in rows])


def share(part, whole):
    return f"{100 * part / whole:.1f} %" if whole else "–"


def quantile(values, q):
    """The value below or at which a share `q` of the values lies."""
    ordered = sorted(values)
    return ordered[max(0, -(-int(q * 100) * len(ordered) // 100) - 1)]


def median(values):
    ordered = sorted(values)
    half = len(ordered) // 2
    middle = ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
    return f"{middle:g}"


def kappa(pairs):
    """Cohen's kappa of pairs of answers: agreement beyond what the frequencies alone would give."""
    total = len(pairs)
    seen = sum(a == b for a, b in pairs) / total
    first, second = (collections.Counter(column) for column in zip(*pairs))
    chance = sum(first[answer] * second[answer] for answer in first) / total ** 2
    return (seen - chance) / (1 - chance)


def plain_words(text):
    letters = unicodedata.normalize("NFKD", text.lower())
    return re.findall(r"\w+", "".join(c for c in letters if not unicodedata.combining(c)))


def bigrams(text):
    words = plain_words(text)
    return set(zip(words, words[1:]))


def runs(text, length):
    """Every so many words in a row."""
    words = plain_words(text)
    return {tuple(words[at:at + length]) for at in range(len(words) - length + 1)}


def nearest(texts, others):
    """For each text the greatest share of its pairs of words that one of the others has, highest first."""
    where = collections.defaultdict(list)
    for one in others:
        for pair in bigrams(one["text"]):
            where[pair].append(one["id"])
    out = []
    for one in texts:
        pairs = bigrams(one["text"])
        if len(pairs) < FEWEST_PAIRS:
            continue
        counts = collections.Counter(other for pair in pairs for other in where[pair] if other != one["id"])
        if counts:
            other, common = counts.most_common(1)[0]
            out.append((common / len(pairs), one["id"], other))
        else:
            out.append((0.0, one["id"], None))
    return sorted(out, key=lambda found: (-found[0], found[1]))


def composition(training, held_out, dropped):
    """How many texts of what kind."""
    parts = []
    files = {**training, **held_out}
    left = collections.Counter(one["id"][0] for one in dropped)
    rows = []
    for author, texts in sorted(files.items()):
        words = [len(one["text"].split()) for one in texts]
        levels = collections.Counter(one["urgency"] for one in texts)
        rows.append([f"`{author}`" + (" (held out)" if author in HELD_OUT else ""), len(texts), left[author],
                     *(levels[level] for level in URGENCIES), sum(len(one["labels"]) > 1 for one in texts),
                     min(words), median(words), quantile(words, .9), max(words)])
    for name, group in (("training together", training), ("held out together", held_out)):
        texts = [one for some in group.values() for one in some]
        words = [len(one["text"].split()) for one in texts]
        levels = collections.Counter(one["urgency"] for one in texts)
        rows.append([name, len(texts), sum(left[author] for author in group), *(levels[level] for level in URGENCIES),
                     sum(len(one["labels"]) > 1 for one in texts), min(words), median(words), quantile(words, .9),
                     max(words)])
    parts.append("### Texts by author, urgency and length\n\nWords are what stands between spaces. A tenth of the "
                 "texts is longer than the column *9 in 10*.\n\n"
                 + table(["author", "texts", "dropped", *URGENCIES, "2 labels or more", "fewest words", "median",
                          "9 in 10", "most"], rows))
    why = collections.Counter((one["reason"], one["id"][0] in HELD_OUT) for one in dropped)
    parts.append(f"Dropped from training: {why['disagreement', False]} because the main labels differ, "
                 f"{why['doubt', False]} because of doubt, {why['same story', False]} because a held-out text tells the same "
                 f"story. Dropped from the held-out texts: {why['disagreement', True]} because the main labels differ.")
    rows = []
    for risk in RISKS:
        row = [f"`{risk}`"]
        for author, texts in sorted(files.items()):
            row.append(sum(one["main"] == risk for one in texts))
        among = [one for texts in training.values() for one in texts]
        held = [one for texts in held_out.values() for one in texts]
        row += [sum(one["main"] == risk for one in among), sum(risk in one["labels"][1:] for one in among),
                sum(one["main"] == risk for one in held)]
        rows.append(row)
    parts.append("### Main label by author\n\n"
                 + table(["main label", *(f"`{author}`" for author in sorted(files)), "training", "training, further label",
                          "held out"], rows))
    among = [one for texts in training.values() for one in texts]
    rows, right = [], 0
    for risk in RISKS:
        levels = collections.Counter(one["urgency"] for one in among if one["main"] == risk)
        right += max(levels.values(), default=0)
        rows.append([f"`{risk}`", *(levels[level] for level in URGENCIES)])
    parts.append("### Urgency by main label, training\n\n" + table(["main label", *URGENCIES], rows)
                 + f"\n\nWhoever knows only the main label and says its most frequent urgency is right for "
                   f"{share(right, len(among))} of these texts.")
    pairs = collections.Counter((one["main"], other) for one in among for other in one["labels"][1:])
    common = ", ".join(f"`{main}` with `{other}` {count}" for (main, other), count in pairs.most_common(8))
    several = collections.Counter(len(one["labels"]) for one in among)
    parts.append(f"{several[1]} training texts have one label, {several[2]} two, {several[3]} three. The most frequent "
                 f"pairs, main label first: {common}.")
    styles = collections.Counter(one["style"] for one in among)
    held = collections.Counter(one["style"] for texts in held_out.values() for one in texts)
    rows = [[f"`{style}`", count, held[style]] for style, count in styles.most_common()]
    rows += [[f"`{style}`", 0, count] for style, count in held.most_common() if style not in styles]
    parts.append("### Styles\n\nThe author's own word for a text's most striking feature, one a text; authors used the "
                 "words differently.\n\n" + table(["style", "training", "held out"], rows))
    hard = collections.Counter(one.get("hard") for one in held_out.get("g", []))
    kinds = collections.Counter(one.get("kind") for one in held_out.get("j", []))
    parts.append(f"Of `g`, {hard[True]} texts are marked `hard`. In `j` all are meant to be: "
                 + ", ".join(f"{count} {kind}" for kind, count in kinds.most_common()) + ".")
    return parts


def overlap(training, held_out):
    """How much wording the texts share."""
    among = [one for texts in training.values() for one in texts]
    held = [one for texts in held_out.values() for one in texts]
    rows = []
    for name, found in (("held out, to a training text", nearest(held, among)),
                        ("training, to another training text", nearest(among, among))):
        values = [value for value, _, _ in found]
        rows.append([name, len(values), f"{median([round(100 * value, 1) for value in values])} %",
                     f"{100 * quantile(values, .99):.0f} %", f"{100 * values[0]:.0f} %", f"`{found[0][1]}`, `{found[0][2]}`",
                     sum(value >= .4 for value in values)])
    openings = collections.Counter(" ".join(re.findall(r"\w+", one["text"].lower())[:3]) for one in among + held)
    opening, times = openings.most_common(1)[0]
    return [f"### Wording in common\n\nFor each text of {FEWEST_PAIRS} pairs of neighbouring words or more: the greatest share of them "
            "that one other text has, too.\n\n"
            + table(["texts", "number", "median", "99 in 100", "highest", "closest pair", "40 % or more"], rows)
            + f"\n\nThe most frequent first three words, *{opening}*, open {times} of {len(among + held)} texts."]


def agreement(readings, kept):
    """How far the second reading says the same, and what became of the urgency of the texts that were kept."""
    parts = []
    mains = [(one["first"]["labels"][0], one["second"]["labels"][0]) for one in readings]
    levels = [(one["first"]["urgency"], one["second"]["urgency"]) for one in readings]
    same = sum(a == b for a, b in mains)
    level = sum(a == b for a, b in levels)
    doubts = sum(bool(one["second"].get("doubt")) for one in readings)
    several = [one for one in readings if len(one["first"]["labels"]) > 1 or len(one["second"]["labels"]) > 1]
    further = [(label, one["second"]["labels"]) for one in readings for label in one["first"]["labels"][1:]]
    found = sum(label in labels for label, labels in further)
    equal = sum(set(one["first"]["labels"]) == set(one["second"]["labels"]) for one in several)
    parts.append(f"{len(readings)} texts were read twice. The main label is the same in {same} "
                 f"({share(same, len(readings))}, Cohen's kappa {kappa(mains):.3f}), the urgency in {level} "
                 f"({share(level, len(readings))}, kappa {kappa(levels):.3f}). The second reader marked {doubts} as doubtful. "
                 f"One reading or both gave a further label to {len(several)} texts; all labels of both are the same in "
                 f"{equal} of these ({share(equal, len(several))}). Of {len(further)} further labels of the authors the second "
                 f"reader gave {found} as well ({share(found, len(further))}), of "
                 f"{sum(len(one['second']['labels']) - 1 for one in readings)} in all.")
    rows = []
    for author in sorted({one["id"][0] for one in readings}):
        some = [one for one in readings if one["id"][0] == author]
        main = sum(one["first"]["labels"][0] == one["second"]["labels"][0] for one in some)
        urgency = sum(one["first"]["urgency"] == one["second"]["urgency"] for one in some)
        doubt = sum(bool(one["second"].get("doubt")) for one in some)
        rows.append([f"`{author}`", len(some), main, share(main, len(some)), urgency, share(urgency, len(some)), doubt])
    head = ["texts", "same main label", "", "same urgency", "", "doubtful"]
    parts.append("### By author\n\n" + table(["author", *head], rows))
    rows = []
    for risk in RISKS:
        some = [one for one in readings if one["first"]["labels"][0] == risk]
        main = sum(one["second"]["labels"][0] == risk for one in some)
        urgency = sum(one["first"]["urgency"] == one["second"]["urgency"] for one in some)
        doubt = sum(bool(one["second"].get("doubt")) for one in some)
        rows.append([f"`{risk}`", len(some), main, share(main, len(some)), urgency, share(urgency, len(some)), doubt])
    parts.append("### By the author's main label\n\n" + table(["main label", *head], rows))
    apart = collections.Counter(pair for pair in mains if pair[0] != pair[1])
    rows = [[f"`{first}`", f"`{second}`", count] for (first, second), count in sorted(apart.items(), key=lambda one: (-one[1], one[0]))]
    parts.append("Where the main labels differ:\n\n" + table(["author", "second reader", "texts"], rows).replace("---:|---:|", "---|---:|", 1))
    counts = collections.Counter(levels)
    rows = [[f"author: {first}", *(counts[first, second] for second in URGENCIES),
             share(counts[first, first], sum(counts[first, second] for second in URGENCIES))] for first in URGENCIES]
    parts.append("### Urgency\n\n" + table(["", *(f"second reader: {level}" for level in URGENCIES), "same"], rows))
    given = sum(kept.get(one["id"]) == "alta" and {one["first"]["urgency"], one["second"]["urgency"]} == {"alta", "media"}
                for one in readings)
    raised = sum(kept.get(one["id"]) == "alta" != one["first"]["urgency"] for one in readings)
    near = collections.Counter(one["first"]["labels"][0] for one in readings
                               if {one["first"]["urgency"], one["second"]["urgency"]} == {"alta", "media"})
    parts.append(f"One reading says alta and the other media in {sum(near.values())} texts: "
                 + ", ".join(f"`{risk}` {count}" for risk, count in near.most_common())
                 + f". Of those that were kept, {given} have alta; to {raised} of these the author had given media.")
    return parts


def lexicon(phrases, training, held_out):
    """How many phrases, and what they share with the texts."""
    rows = [[f"`{risk}`", *(sum(one["risk"] == risk for one in group) for group in phrases.values()),
             sum(one["risk"] == risk for group in phrases.values() for one in group)] for risk in RISKS]
    every = [one for group in phrases.values() for one in group]
    rows.append(["together", *map(len, phrases.values()), len(every)])
    words = [len(one["text"].split()) for one in every]

    def shared(files):
        there = set().union(*(runs(one["text"], IN_A_ROW) for texts in files.values() for one in texts))
        return sum(not runs(one["text"], IN_A_ROW).isdisjoint(there) for one in every)

    return ["### Phrases by risk and author\n\n" + table(["risk", *(f"`{name}`" for name in phrases), "together"], rows),
            f"They have {min(words)} to {max(words)} words, {median(words)} in the median. {shared(held_out)} of the {len(every)} "
            f"have {IN_A_ROW} words in a row in common with a held-out text, {shared(training)} with a training text."]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--write", type=pathlib.Path, metavar="FILE")
    arguments.add_argument("--training", type=pathlib.Path, default=HERE, metavar="FOLDER")
    chosen = arguments.parse_args()
    dropped = load(chosen.training / "corpus" / "dropped.jsonl")
    training = {path.stem: load(path) for path in sorted((chosen.training / "corpus").glob("?.jsonl"))}
    held_out = {name: load(chosen.training.parent / "evaluation" / f"{name}.jsonl") for name in HELD_OUT}
    kept = {one["id"]: one["urgency"] for group in (training, held_out) for texts in group.values() for one in texts}
    phrases = {path.stem: load(path) for path in sorted((chosen.training / "lexicon").glob("*.jsonl"))}
    parts = ["## Counts", *composition(training, held_out, dropped), *overlap(training, held_out),
             *lexicon(phrases, training, held_out),
             "## Agreement", *agreement(load(chosen.training / "readings.jsonl"), kept)]
    figures = "\n\n".join(parts)
    if not chosen.write:
        print(figures)
        return
    text = chosen.write.read_text(encoding="utf8")
    if text.count(BEGIN) != 1 or text.count(END) != 1:
        raise SystemExit(f"{chosen.write} lacks the marks {BEGIN} and {END}")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    chosen.write.write_text(f"{before}{BEGIN}\n\n{figures}\n\n{END}{after}", encoding="utf8")


if __name__ == "__main__":
    main()
