"""Unigram segmentation: the most probable way to cut a text into pieces of a vocabulary."""


class Unigram:
    """Pieces with their log-probabilities; ids are positions in the list."""

    def __init__(self, pieces, scores, unknown):
        self.pieces = list(pieces)
        self.scores = [float(s) for s in scores]
        self.unknown = unknown
        self.index = {p: i for i, p in enumerate(self.pieces) if i != unknown}
        self.longest = max(map(len, self.pieces))
        self.miss = min(self.scores) - 10.0

    def ids(self, text):
        """Best pieces of an already read text; a letter that no piece covers is one unknown."""
        if not text:
            return []
        text = "\u2581" + text.replace(" ", "\u2581")
        n = len(text)
        best = [0.0] + [-1e30] * n
        come = [(0, self.unknown)] * (n + 1)
        for start in range(n):
            base = best[start]
            for end in range(start + 1, min(n, start + self.longest) + 1):
                piece = self.index.get(text[start:end])
                if piece is not None and base + self.scores[piece] > best[end]:
                    best[end] = base + self.scores[piece]
                    come[end] = (start, piece)
            if base + self.miss > best[start + 1]:
                best[start + 1] = base + self.miss
                come[start + 1] = (start, self.unknown)
        out, at = [], n
        while at:
            at, piece = come[at]
            out.append(piece)
        return out[::-1]
