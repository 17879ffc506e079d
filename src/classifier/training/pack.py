"""Writes the file of weights that `weights.rs` describes and reads."""

import struct

import numpy as np

MAGIC = b"GUIANDO1"
BYTES, FLOATS, ROWS8, BLOCKS4, HALVES = range(5)
BLOCK = 32


def rows8(matrix):
    """A scale per row and 8-bit integers; also what they are worth."""
    scale = np.abs(matrix).max(1) / 127
    scale[scale == 0] = 1
    scale = scale.astype(np.float32)
    integers = np.clip(np.round(matrix / scale[:, None]), -127, 127).astype(np.int8)
    return scale.tobytes() + integers.tobytes(), integers.astype(np.float32) * scale[:, None]


def blocks4(matrix):
    """Blocks of 32 weights: the largest becomes −8 steps of a scale in half precision; also what they are worth."""
    rows, columns = matrix.shape
    blocks = matrix.reshape(rows, columns // BLOCK, BLOCK)
    largest = np.take_along_axis(blocks, np.abs(blocks).argmax(2)[..., None], 2)
    scale = (largest / -8).astype(np.float16)
    steps = np.where(scale == 0, 1, scale).astype(np.float32)
    integers = np.clip(np.round(blocks / steps) + 8, 0, 15).astype(np.uint8)
    halves = integers[..., :BLOCK // 2] | integers[..., BLOCK // 2:] << 4
    packed = np.concatenate([scale.view(np.uint8).reshape(rows, -1, 2), halves], 2)
    return packed.tobytes(), ((integers.astype(np.float32) - 8) * scale.astype(np.float32)).reshape(rows, columns)


class Weights:
    """Collects tensors; what a tensor is worth after being written comes back to the caller."""

    def __init__(self):
        self.entries = []

    def text(self, name, text):
        self.raw(name, text.encode("utf8"))

    def raw(self, name, raw):
        self.entries.append((name, BYTES, len(raw), 1, raw))

    def add(self, name, values, form=FLOATS):
        values = np.atleast_2d(np.asarray(values, np.float32))
        if form == ROWS8:
            raw, worth = rows8(values)
        elif form == BLOCKS4:
            raw, worth = blocks4(values)
        elif form == HALVES:
            halves = values.astype(np.float16)
            raw, worth = halves.tobytes(), halves.astype(np.float32)
        else:
            raw, worth = values.tobytes(), values
        self.entries.append((name, form, *values.shape, raw))
        return worth

    def write(self, path):
        head = len(MAGIC) + 4 + sum(1 + len(e[0].encode()) + 1 + 4 + 4 + 8 + 8 for e in self.entries)
        contents, body, at = b"", b"", (head + 63) // 64 * 64
        parts = []
        for name, form, rows, columns, raw in self.entries:
            encoded = name.encode()
            contents += struct.pack("<B", len(encoded)) + encoded + struct.pack("<BIIQQ", form, rows, columns, at, len(raw))
            padding = -len(raw) % 64
            parts.append(raw + b"\0" * padding)
            at += len(raw) + padding
        start = MAGIC + struct.pack("<I", len(self.entries)) + contents
        body = b"".join(parts)
        with open(path, "wb") as file:
            file.write(start + b"\0" * (-len(start) % 64) + body)
        return at
