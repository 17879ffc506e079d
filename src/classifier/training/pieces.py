"""A pruned vocabulary of either encoder, and texts in it."""

import numpy as np

import prune
from unigram import Unigram


class Pieces:
    def __init__(self, source, keep):
        special = {k: source[k] for k in ("bos", "eos", "unk")}
        self.keep = np.asarray(keep)
        position = {int(old): new for new, old in enumerate(self.keep)}
        self.bos, self.eos, self.unk = (position[special[k]] for k in ("bos", "eos", "unk"))
        self.pieces = [source["pieces"][i] for i in self.keep]
        self.scores = np.asarray(source["scores"], np.float32)[self.keep]
        self.unigram = Unigram(self.pieces, self.scores, self.unk)

    @classmethod
    def pruned(cls, source, texts):
        special = {k: source[k] for k in ("bos", "eos", "unk")}
        return cls(source, prune.kept(source["pieces"], source["scores"], special, texts))

    def sequence(self, text, longest):
        """Ids of a read text between a beginning and an end."""
        return [self.bos, *self.unigram.ids(text)[:longest - 2], self.eos]

    def pack(self, weights, name):
        """Pieces one a line, in the order of their ids. A line break inside a piece cannot be."""
        lines = ["<unk>" if i == self.unk else p.replace("\n", " ") for i, p in enumerate(self.pieces)]
        weights.text(f"{name}.pieces", "\n".join(lines))
        weights.add(f"{name}.scores", self.scores)
        weights.text(f"{name}.special", f"{self.bos}\n{self.eos}\n{self.unk}")
