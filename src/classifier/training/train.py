"""Stage 2: fits the readers' answers, their fusion and the decisions, and writes the file of weights.

Each reader is first fitted as often as there are authors, each time without one of them; its answers about that
author's texts are what fusion, probabilities and thresholds are fitted on, and what the printed figures are of.
"""

import argparse
import hashlib
import json
import pathlib
import pickle

import numpy as np

import fusion
import linear
import pack
import words
from corpus import RISKS
from reading import read

STRENGTH = {"e5": 0.02, "use": 0.01}
PASSES = {"e5": 60, "use": 80}


def fit_vectors(name, x, texts):
    return linear.fit_scaled(x, texts, STRENGTH[name], PASSES[name])


def answers_left_out(name, data, counted, texts, authors):
    """A reader's answers about every author's texts, learnt from the other authors."""
    out = np.zeros((len(texts), linear.OUTPUTS))
    for author in sorted(set(authors)):
        there = np.nonzero(authors != author)[0]
        away = np.nonzero(authors == author)[0]
        others = [texts[i] for i in there]
        if name == "words":
            reader = words.Words([counted[i] for i in there], others)
            out[away] = reader.answers([counted[i] for i in away])
        else:
            w, b = fit_vectors(name, data[name][there], others)
            out[away] = data[name][away] @ w.T + b
        print(name, "without", author, flush=True)
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", required=True)
    parser.add_argument("--out", required=True, help="the file of weights")
    parser.add_argument("--golden", required=True, help="what the Rust side is compared with")
    args = parser.parse_args()
    work = pathlib.Path(args.work)
    with open(work / "frozen.pkl", "rb") as file:
        data = pickle.load(file)
    texts = data["texts"]
    authors = np.array([t["author"] for t in texts])
    counted = words.counts([read(t["text"]) for t in texts])
    names = ["e5", "use", "words"]
    readers = []
    for name in names:
        cached = work / f"answers_{name}.npy"
        if not cached.exists():
            np.save(cached, answers_left_out(name, data, counted, texts, authors))
        readers.append(np.load(cached))

    for at, name in enumerate(names):
        alone = fusion.by_author([readers[at]], texts)
        fusion.report(name, alone, texts)
    honest = fusion.by_author(readers, texts)
    print(fusion.report("all readers", honest, texts))
    for author in sorted(set(authors)):
        own = authors == author
        fusion.report(f"  author {author}", {k: v[own] for k, v in honest.items()},
                      [t for t, o in zip(texts, own) if o])

    together = fusion.fit(readers, texts)
    right = np.array([RISKS.index(t["main"]) for t in texts])
    decisions = {"sure": fusion.sure(honest["main"], right),
                 "further": fusion.further(honest["present"], texts),
                 "urgent": fusion.urgent(honest["urgency"], texts)}
    print({k: np.round(v, 3) for k, v in decisions.items()}, {k: np.round(v[0], 2) for k, v in together.items()})

    answers = []
    weights = pack.Weights()
    weights.entries += data["e5_entries"] + data["use_entries"]
    for name in ("e5", "use"):
        w, b = fit_vectors(name, data[name], texts)
        weights.add(f"{name}.head.w", w)
        weights.add(f"{name}.head.b", b)
        answers.append(data[name] @ w.T + b)
    bag = words.Words(counted, texts)
    bag.pack(weights)
    answers.append(bag.answers(counted))
    fusion.pack(weights, together, decisions)
    digest = hashlib.sha256()
    for entry in weights.entries:
        digest.update(entry[0].encode() + entry[4])
    weights.text("version", "model-" + digest.hexdigest()[:16])
    print("bytes", weights.write(args.out), "version", digest.hexdigest()[:16])
    write_golden(args.golden, data, answers, together)


def write_golden(path, data, answers, together):
    """Every step for a few texts of each kind: reading, pieces, vectors, beliefs."""
    belief = fusion.beliefs(answers, together)
    chosen = [i for i, t in enumerate(data["texts"]) if t["author"] == "dev"][::23]
    with open(path, "w", encoding="utf8") as file:
        for i in chosen:
            line = {"text": data["texts"][i]["text"], "read": read(data["texts"][i]["text"])}
            for name in ("e5", "use"):
                line[name] = {"pieces": data[f"{name}_sequences"][i],
                              "vector": [round(float(x), 5) for x in data[name][i][::16]]}
            line |= {name: [round(float(x), 5) for x in values[i]] for name, values in belief.items()}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
