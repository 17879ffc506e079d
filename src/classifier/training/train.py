"""Stage 2: fits the bag of words, the fusion and the decisions, and writes the file of weights.

What fusion, probabilities and thresholds are fitted on, and the printed figures are of, are answers about texts by
authors whom no reader had learnt from.
"""

import argparse
import hashlib
import json
import pathlib
import random

import numpy as np
import torch

import corpus
import fusion
import pack
import words
from augment import filled
from corpus import RISKS
from encoders import batch
from pieces import Pieces
from reading import read
from tune import READERS, outputs

LONGEST = 192


def packed(weights, kind, texts, args):
    """A trained encoder, rounded as it ships, with its answers about the texts and its pieces of them."""
    source = kind.source(args.wheels)
    state = torch.load(pathlib.Path(args.work) / f"{kind.name}.pt")
    pieces = Pieces.pruned(source, texts)
    if pieces.keep.tolist() != state["keep"].tolist():
        raise SystemExit(f"{kind.name} was trained on other texts")
    model = kind(source, pieces.keep)
    model.load_state_dict(state["model"])
    pieces.pack(weights, kind.name)
    model.pack(weights, model.encoder)
    w, b = model.answers.weights()
    weights.add(f"{kind.name}.head.w", w)
    weights.add(f"{kind.name}.head.b", b)
    return model, pieces


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", help="a file of texts for each author")
    parser.add_argument("--lexicon", nargs="+", required=True)
    parser.add_argument("--without", required=True, help="authors to judge by, as given to tune.py")
    parser.add_argument("--wheels", default="wheels")
    parser.add_argument("--work", required=True)
    parser.add_argument("--out", required=True, help="the file of weights")
    parser.add_argument("--golden", required=True, help="what the Rust side is compared with")
    args = parser.parse_args()
    torch.set_num_threads(1)
    work = pathlib.Path(args.work)
    everyone, lexicon = corpus.load(args.files), corpus.load_lexicon(args.lexicon)
    others, judged = corpus.split(everyone, set(args.without.split(",")))

    def counted(texts):
        return words.counts([read(t["text"]) for t in texts])

    def bag_of(texts):
        """Learnt from the texts as they are, again among sentences that say nothing, and from the lexicon."""
        rng = random.Random(1)
        among = words.counts([filled(read(t["text"]), rng) for t in texts])
        return words.Words(counted(texts) + among + spoken, texts + texts + lexicon)

    spoken = counted(lexicon)
    bag = bag_of(others)
    answers = [np.load(work / f"answers_{name}.npy").astype(float) for name in READERS]
    answers.append(bag.answers(counted(judged)))
    for name, alone in zip([*READERS, "words"], answers):
        fusion.report(name, fusion.by_author([alone], judged), judged)
    honest = fusion.by_author(answers, judged)
    print({k: float(v) for k, v in fusion.report("all readers", honest, judged).items()})
    together = fusion.fit(answers, judged)
    right = np.array([RISKS.index(t["main"]) for t in judged])
    decisions = {"sure": fusion.sure(honest["main"], right),
                 "further": fusion.further(honest["present"], judged),
                 "urgent": fusion.urgent(honest["urgency"], judged)}
    print({k: np.round(v, 3).tolist() for k, v in decisions.items()},
          {k: np.round(v[0], 2).tolist() for k, v in together.items()})

    plain = [read(t["text"]) for t in everyone]
    weights = pack.Weights()
    readers = [packed(weights, kind, plain, args) for kind in READERS.values()]
    bag = bag_of(everyone)
    bag.pack(weights)
    fusion.pack(weights, together, decisions)
    digest = hashlib.sha256()
    for entry in weights.entries:
        digest.update(entry[0].encode() + entry[4])
    weights.text("version", "model-" + digest.hexdigest()[:16])
    print("bytes", weights.write(args.out), "version", digest.hexdigest()[:16])
    write_golden(args.golden, everyone, readers, bag, together)


def write_golden(path, everyone, readers, bag, together):
    """Every step for a few texts of each kind: reading, pieces, vectors, beliefs."""
    chosen = [t for t in everyone if t["author"] == "complaints-dev"][::23]
    plain = [read(t["text"]) for t in chosen]
    sequences = [[pieces.sequence(p, LONGEST if model.name == "e5" else 512) for p in plain] for model, pieces in readers]
    answers = [outputs(model, own) for (model, _), own in zip(readers, sequences)]
    belief = fusion.beliefs([*answers, bag.answers(words.counts(plain))], together)
    with open(path, "w", encoding="utf8") as file:
        for i, text in enumerate(chosen):
            line = {"text": text["text"], "read": plain[i]}
            for (model, _), own in zip(readers, sequences):
                with torch.no_grad():
                    vector = model.vectors(*batch([own[i]]))[0].numpy()
                line[model.name] = {"pieces": own[i], "vector": [round(float(x), 5) for x in vector[::16]]}
            line |= {name: [round(float(x), 5) for x in values[i]] for name, values in belief.items()}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
