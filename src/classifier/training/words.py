"""The bag of words, pairs of words and parts of words, hashed into buckets. `words.rs` does the same."""

import collections
import math
import re

import numpy as np
from scipy.sparse import csr_matrix

import linear
from pack import rows8

BUCKETS = 1 << 17
SHORTEST, LONGEST = 2, 5


def _hash(data):
    value = 0x811C9DC5
    for byte in data:
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


_seen = {}


def hashed(data):
    if data not in _seen:
        _seen[data] = _hash(data)
    return _seen[data]


def features(text):
    """How often each bucket is met: words and pairs in the first half, parts of words in the second."""
    words = [w.encode() for w in re.findall(r"[a-z0-9]+", text)]
    half = BUCKETS // 2
    whole, parts = collections.Counter(), collections.Counter()
    for word in words:
        whole[hashed(word) % half] += 1
        spaced = b" " + word + b" "
        for length in range(SHORTEST, LONGEST + 1):
            for at in range(len(spaced) - length + 1):
                parts[half + hashed(spaced[at:at + length]) % half] += 1
    for first, second in zip(words, words[1:]):
        whole[hashed(first + b" " + second) % half] += 1
    return whole, parts


def counts(texts):
    return [features(text) for text in texts]


def rarity(counted):
    """The logarithm of how rare a bucket is; what is in one text only says nothing."""
    met = np.zeros(BUCKETS)
    for halves in counted:
        for half in halves:
            met[list(half)] += 1
    out = np.log((1 + len(counted)) / (1 + met)) + 1
    out[met < 2] = 0
    return out.astype(np.float16).astype(np.float32)


def matrix(counted, rare):
    rows, columns, values = [], [], []
    for row, halves in enumerate(counted):
        for half in halves:
            pairs = [(bucket, (1 + math.log(times)) * rare[bucket]) for bucket, times in half.items() if rare[bucket]]
            length = math.sqrt(sum(v * v for _, v in pairs)) or 1
            for bucket, value in pairs:
                rows.append(row)
                columns.append(bucket)
                values.append(value / length)
    return csr_matrix((values, (rows, columns)), shape=(len(counted), BUCKETS))


class Words:
    STRENGTH = 3e-5

    def __init__(self, counted, texts, strength=None):
        self.rare = rarity(counted)
        used = np.nonzero(self.rare)[0]
        self.w = np.zeros((linear.OUTPUTS, BUCKETS))
        self.w[:, used], self.b = linear.fit(matrix(counted, self.rare)[:, used], texts,
                                             strength or self.STRENGTH, 60)

    def answers(self, counted):
        return np.asarray(matrix(counted, self.rare) @ self.w.T) + self.b

    def pack(self, weights):
        from pack import HALVES
        weights.add("words.rarity", self.rare, HALVES)
        raw, worth = rows8(self.w)
        steps = np.frombuffer(raw[:4 * len(self.w)], np.float32)
        integers = np.frombuffer(raw[4 * len(self.w):], np.int8).reshape(self.w.shape)
        weights.raw("words.weights", np.ascontiguousarray(integers.T).tobytes())
        weights.add("words.steps", steps)
        weights.add("words.bias", self.b)
        self.w = worth
