#!/usr/bin/env python3
"""Checks the vectors of this folder with nothing of this project and nothing of the age crate.

Needs the packages of `requirements.txt`; `.ci/install` puts them into an environment of its own, and
`cargo test -p journeys --test vectors` runs this file with it.
"""

import base64
import hashlib
import hmac
import json
import pathlib
import re
import unicodedata

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.ciphers.algorithms import ChaCha20
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from mnemonic import Mnemonic

HERE = pathlib.Path(__file__).parent
SALT = b"guiando tu denuncia, tracking token, v1"


class Refused(Exception):
    """Carries the code of the check that noticed."""


def read(name):
    return json.loads((HERE / name).read_text(encoding="utf-8"))


def hkdf(ikm, salt, info, length):
    return HKDF(hashes.SHA256(), length, salt, info).derive(ikm)


# Tokens.

def fold(text):
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return re.sub(r"[^0-9a-z]+", " ", plain.lower()).strip()


LIST = Mnemonic("spanish").wordlist
WHOLE = {fold(word): index for index, word in enumerate(LIST)}
SHORT = {fold(word)[:4]: index for index, word in enumerate(LIST)}


def parse(text):
    words = [word for word in fold(text).split(" ") if word and not word.isdigit()]
    if len(words) != 12:
        return {"word_count": len(words)}
    bits = 0
    for position, word in enumerate(words, 1):
        index = WHOLE.get(word, SHORT.get(word) if len(word) == 4 else None)
        if index is None:
            return {"unknown_word": position}
        bits = bits << 11 | index
    entropy = (bits >> 4).to_bytes(16, "big")
    if hashlib.sha256(entropy).digest()[0] >> 4 != bits & 15:
        return "checksum"
    return entropy


def check_tokens():
    vectors = read("tokens.json")
    for token in vectors["tokens"]:
        entropy = bytes.fromhex(token["entropy"])
        words = unicodedata.normalize("NFC", Mnemonic("spanish").to_mnemonic(entropy))
        assert words.replace("\u3000", " ") == token["words"], token
        assert parse(token["words"]) == entropy
        for info, name, length in [
            (b"lookup id", "lookup_id", 32),
            (b"mailbox key", "mailbox_key", 32),
            (b"receipt id", "receipt_id", 16),
        ]:
            assert hkdf(entropy, SALT, info, length).hex() == token[name], (token, name)
    for written in vectors["written_otherwise"]:
        assert parse(written["text"]) == bytes.fromhex(written["entropy"]), written
    for refused in vectors["refused"]:
        assert parse(refused["text"]) == refused["error"], refused
    return sum(map(len, vectors.values()))


# age, by its specification: X25519 stanza, header MAC, STREAM payload.

def bech32(text):
    digits = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
    data = [digits.index(c) for c in text.lower().rsplit("1", 1)[1]][:-6]
    bits = "".join(f"{d:05b}" for d in data)
    return bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits) // 8 * 8, 8))


def unpadded(text):
    return base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)


def age_open(secret, sealed):
    end = sealed.find(b"\n--- ")
    if not sealed.startswith(b"age-encryption.org/v1\n") or end < 0:
        raise Refused("damaged")
    mac_end = sealed.index(b"\n", end + 1)
    private = X25519PrivateKey.from_private_bytes(secret)
    public = private.public_key().public_bytes_raw()
    file_key = None
    for share, body in re.findall(rb"-> X25519 (\S+)\n(\S+)\n", sealed[:end + 1]):
        share = unpadded(share)
        try:
            shared = private.exchange(X25519PublicKey.from_public_bytes(share))
            key = hkdf(shared, share + public, b"age-encryption.org/v1/X25519", 32)
            file_key = ChaCha20Poly1305(key).decrypt(bytes(12), unpadded(body), None)
        except (InvalidTag, ValueError):
            continue
    if file_key is None:
        raise Refused("wrong_key")
    mac = hmac.digest(hkdf(file_key, b"", b"header", 32), sealed[:end + 4], "sha256")
    if not hmac.compare_digest(mac, unpadded(sealed[end + 5:mac_end])):
        raise Refused("damaged")
    nonce, payload = sealed[mac_end + 1:][:16], sealed[mac_end + 17:]
    cipher = ChaCha20Poly1305(hkdf(file_key, nonce, b"payload", 32))
    plaintext = b""
    chunks = [payload[i:i + 65552] for i in range(0, len(payload), 65552)]
    for number, chunk in enumerate(chunks):
        last = number == len(chunks) - 1
        try:
            plaintext += cipher.decrypt(number.to_bytes(11, "big") + bytes([last]), chunk, None)
        except InvalidTag:
            raise Refused("damaged") from None
    return plaintext


def keystream(key, length):
    # In RFC 8439's AEAD the message begins at block 1.
    nonce = (1).to_bytes(4, "little") + bytes(12)
    return Cipher(ChaCha20(key, nonce), None).encryptor().update(bytes(length))


def envelope_open(vectors, secret, row, framed):
    if len(framed) not in vectors["size_classes"]:
        raise Refused("size")
    length = int.from_bytes(framed[:4], "big")
    if length > len(framed) - 4:
        raise Refused("frame")
    plaintext = age_open(secret, framed[4:4 + length])
    size = int.from_bytes(plaintext[1:5], "big")
    if plaintext[0] != 1 or any(plaintext[5 + size:]):
        raise Refused("letter")
    letter = json.loads(plaintext[5:5 + size])
    if "envelope_id" not in letter:
        raise Refused("letter")
    if (letter["envelope_id"], letter["received_on"]) != (row["id"], row["received_on"]):
        raise Refused("moved")
    filler = framed[4 + length:]
    if filler != keystream(bytes.fromhex(letter["filler_key"]), len(filler)):
        raise Refused("filler")
    return letter


def check_envelopes():
    vectors = read("envelopes.json")
    secret = bech32(vectors["identity"])
    public = X25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()
    assert bech32(vectors["recipient"]) == public
    assert hashlib.sha256(vectors["recipient"].encode()).hexdigest()[:16] == vectors["key_id"]
    for vector in vectors["opens"]:
        framed = base64.b64decode(vector["framed"])
        assert envelope_open(vectors, secret, vector["row"], framed) == vector["letter"], vector["name"]
    for vector in vectors["refused"]:
        try:
            envelope_open(vectors, secret, vector["row"], base64.b64decode(vector["framed"]))
        except Refused as refused:
            assert str(refused) == vector["error"], (vector["name"], str(refused))
        else:
            raise AssertionError(f"{vector['name']} was opened")
    return len(vectors["opens"]) + len(vectors["refused"])


# Mailbox entries.

def entry_open(vectors, vector):
    sealed = base64.b64decode(vector["sealed"])
    if len(sealed) not in vectors["entry_sizes"]:
        raise Refused("size")
    entropy = bytes.fromhex(vector["entropy"])
    lookup_id = hkdf(entropy, SALT, b"lookup id", 32)
    place = b"guiando mailbox entry, v1" + lookup_id + vector["position"].to_bytes(4, "big")
    try:
        cipher = ChaCha20Poly1305(hkdf(entropy, SALT, b"mailbox key", 32))
        plaintext = cipher.decrypt(sealed[:12], sealed[12:], place)
    except InvalidTag:
        raise Refused("forged") from None
    return json.loads(plaintext[4:4 + int.from_bytes(plaintext[:4], "big")])


def check_mailboxes():
    vectors = read("mailboxes.json")
    for vector in vectors["opens"]:
        assert entry_open(vectors, vector) == vector["entry"], vector
    for vector in vectors["refused"]:
        try:
            entry_open(vectors, vector)
        except Refused as refused:
            assert str(refused) == vector["error"], vector["name"]
        else:
            raise AssertionError(f"{vector['name']} was opened")
    return len(vectors["opens"]) + len(vectors["refused"])


# Receipts, trees, heads and proofs.

RECEIPT_CONTEXTS = {1: b"guiando receipt, v1", 2: b"guiando receipt, v2"}


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def day(bytes_):
    return f"{int.from_bytes(bytes_[:2], 'big'):04}-{bytes_[2]:02}-{bytes_[3]:02}"


def signed(public, context, bytes_):
    try:
        public.verify(bytes_[-64:], context + bytes_[:-64])
    except InvalidSignature:
        raise Refused("signature") from None
    return bytes_[:-64]


def receipt_read(public, receipt):
    if not receipt or receipt[0] not in RECEIPT_CONTEXTS:
        raise Refused("version")
    body = signed(public, RECEIPT_CONTEXTS[receipt[0]], receipt)
    told = {"id": body[1:17].hex(), "received_on": day(body[17:21]), "terms": [], "commitment": None}
    if body[0] == 2:
        rest = body[22:]
        for _ in range(body[21]):
            code, rest = rest[1:1 + rest[0]], rest[1 + rest[0]:]
            told["terms"].append([code.decode("ascii"), day(rest[:4])])
            rest = rest[4:]
        assert len(rest) == 32
        told["commitment"] = rest.hex()
    return told


def tree(date, leaves):
    # A service draws its filler at random; the vectors have one that can be made again.
    prefix = b"guiando vectors, filler" + date.encode("ascii")
    fill = [sha256(prefix, i.to_bytes(4, "big")) for i in range(4096 - len(leaves))]
    level = sorted(leaves + fill)
    while len(level) > 1:
        level = [sha256(b"\x01", a, b) for a, b in zip(level[::2], level[1::2])]
    return level[0]


def head_read(public, head):
    body = signed(public, b"guiando tree head, v1", head)
    assert len(head) == 134 and body[0] == 1
    return {"day": day(body[1:5]), "levels": body[5], "root": body[6:38].hex(), "previous": body[38:].hex()}


def proof_check(public, receipt, proof):
    if proof[0] != 1:
        raise Refused("version")
    head, place, beside = head_read(public, proof[1:135]), int.from_bytes(proof[135:139], "big"), proof[139:]
    if head["day"] != receipt_read(public, receipt)["received_on"]:
        raise Refused("day")
    at = sha256(b"\x00", receipt)
    for other in (beside[i:i + 32] for i in range(0, len(beside), 32)):
        at = sha256(b"\x01", other, at) if place % 2 else sha256(b"\x01", at, other)
        place //= 2
    if place or len(beside) != 32 * head["levels"] or at.hex() != head["root"]:
        raise Refused("root")


def check_receipts():
    vectors = read("receipts.json")
    decoded = lambda text: base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    seed, public_bytes = decoded(vectors["seed"]), decoded(vectors["key"])
    assert Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw() == public_bytes
    public = Ed25519PublicKey.from_public_bytes(public_bytes)
    for vector in vectors["receipts"]:
        entropy = bytes.fromhex(vector["entropy"])
        told = receipt_read(public, decoded(vector["receipt"]))
        assert told["id"] == hkdf(entropy, SALT, b"receipt id", 16).hex(), vector
        assert (told["received_on"], told["terms"]) == (vector["received_on"], vector["terms"]), vector
        files = sorted(bytes.fromhex(file) for file in vector["files"])
        content = b"guiando commitment, v1" + len(files).to_bytes(4, "big") + b"".join(files)
        content += vector["complaint"].encode("utf-8")
        blinding = hkdf(entropy, SALT, b"receipt blinding", 32)
        assert told["commitment"] == hmac.digest(blinding, content, "sha256").hex(), vector
        proof_check(public, decoded(vector["receipt"]), decoded(vector["proof"]))
    previous = bytes(32)
    for vector in vectors["days"]:
        leaves = [sha256(b"\x00", decoded(r["receipt"])) for r in vectors["receipts"] if r["received_on"] == vector["day"]]
        head = decoded(vector["head"])
        assert head_read(public, head) == {
            "day": vector["day"], "levels": 12, "root": tree(vector["day"], leaves).hex(), "previous": previous.hex()
        }, vector
        previous = sha256(head)
    for vector in vectors["refused"]:
        try:
            if "proof" in vector:
                proof_check(public, decoded(vector["receipt"]), decoded(vector["proof"]))
            else:
                receipt_read(public, decoded(vector["receipt"]))
        except Refused as refused:
            assert str(refused) == vector["error"], (vector, str(refused))
        else:
            raise AssertionError(f"{vector['name']} was taken")
    return sum(len(vectors[name]) for name in ("receipts", "days", "refused"))


# Files of evidence.

EVIDENCE_SALT = b"guiando tu denuncia, evidence file, v1"
EVIDENCE_DATA = b"guiando evidence chunk, v1"
CHUNK = 256 << 10


def chunk_count(item):
    return max(1, -(-item["bytes"] // CHUNK))


def chunk_nonce(item, index):
    return bytes(7) + index.to_bytes(4, "big") + bytes([index + 1 == chunk_count(item)])


def file_seal(item, content):
    key = bytes.fromhex(item["key"])
    cipher = ChaCha20Poly1305(hkdf(key, EVIDENCE_SALT, b"chunk key", 32))
    names = hkdf(key, EVIDENCE_SALT, b"chunk id", 32)
    chunks = []
    for index in range(chunk_count(item)):
        piece = content[index * CHUNK:(index + 1) * CHUNK].ljust(CHUNK, b"\0")
        name = hmac.digest(names, index.to_bytes(4, "big"), "sha256")[:16].hex()
        chunks.append((name, cipher.encrypt(chunk_nonce(item, index), piece, EVIDENCE_DATA)))
    return chunks


def file_open(item, chunks):
    cipher = ChaCha20Poly1305(hkdf(bytes.fromhex(item["key"]), EVIDENCE_SALT, b"chunk key", 32))
    content = b""
    for index, sealed in enumerate(chunks):
        if index >= chunk_count(item):
            raise Refused("count")
        try:
            content += cipher.decrypt(chunk_nonce(item, index), sealed, EVIDENCE_DATA)
        except InvalidTag:
            raise Refused("damaged") from None
    if len(chunks) != chunk_count(item):
        raise Refused("count")
    if any(content[item["bytes"]:]):
        raise Refused("padding")
    content = content[:item["bytes"]]
    if sha256(content).hex() != item["sha256"]:
        raise Refused("digest")
    return content


def check_evidence():
    vectors = read("evidence.json")
    assert (vectors["chunk_bytes"], vectors["sealed_chunk_bytes"]) == (CHUNK, CHUNK + 16)
    files = []
    for vector in vectors["files"]:
        item = vector["item"]
        content = bytes((vector["seed"] + i // 7 % 251) % 256 for i in range(item["bytes"]))
        chunks = file_seal(item, content)
        told = [{"id": name, "sha256": sha256(sealed).hex()} for name, sealed in chunks]
        assert told == vector["chunks"], vector["seed"]
        assert file_open(item, [sealed for _, sealed in chunks]) == content
        files.append(chunks)
    for vector in vectors["refused"]:
        item = dict(vectors["files"][vector["item"]]["item"])
        item["sha256"] = vector["sha256"] or item["sha256"]
        given = [bytearray(files[file][index][1]) for file, index in vector["chunks"]]
        if vector["flipped"]:
            chunk, byte = vector["flipped"]
            given[chunk][byte] ^= 1
        try:
            file_open(item, [bytes(sealed) for sealed in given])
        except Refused as refused:
            assert str(refused) == vector["error"], (vector["name"], str(refused))
        else:
            raise AssertionError(f"{vector['name']} was opened")
    return len(vectors["files"]) + len(vectors["refused"])


if __name__ == "__main__":
    for check in (check_tokens, check_envelopes, check_mailboxes, check_receipts, check_evidence):
        print(check.__name__, check(), "vectors agree")
