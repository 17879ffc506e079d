"""Other ways in which the same complaint could have been typed. Works on texts that are already read."""

import pathlib
import re

from reading import read

SOUNDS = [("b", "v"), ("v", "b"), ("ce", "se"), ("ci", "si"), ("se", "ce"), ("z", "s"), ("s", "z"), ("h", ""), ("ll", "y"),
          ("y", "ll"), ("ge", "je"), ("gi", "ji"), ("je", "ge"), ("qu", "k"), ("cc", "c"), ("x", "s"), ("mb", "nb"),
          ("cion", "sion"), ("gu", "g"), ("rr", "r")]
SHORT = {"que": ["q", "k"], "por": ["x"], "porque": ["xq", "pq"], "para": ["pa"], "tambien": ["tmb"], "de": ["d"],
         "te": ["t"], "me": ["m"], "todo": ["to"], "estoy": ["toy"], "esta": ["ta"]}
# As objects they say whether a man or a woman suffered, and nothing else.
OBJECT = {"la": "lo", "lo": "la", "las": "los", "los": "las", "una": "un", "un": "una", "sola": "solo", "solo": "sola"}

_FILLER = [read(line) for line in (pathlib.Path(__file__).parent / "filler.txt").read_text(encoding="utf8").splitlines()
           if line and not line.startswith("#")]


def filled(text, rng):
    """A copy of a whole text among sentences that say nothing: length and manners must not decide."""
    said = [rng.choice(_FILLER) for _ in range(rng.choice([1, 1, 2, 3, 4]))]
    at = rng.randrange(len(said) + 1) if rng.random() < 0.5 else rng.choice([0, len(said)])
    return " ".join([*said[:at], text, *said[at:]])


def typo(word, rng):
    kind = rng.random()
    if word in SHORT and kind < 0.5:
        return rng.choice(SHORT[word])
    if kind < 0.5:
        fitting = [(a, b) for a, b in SOUNDS if a in word]
        if fitting:
            a, b = rng.choice(fitting)
            return word.replace(a, b, 1) or word
    if len(word) < 4:
        return word
    at = rng.randrange(1, len(word) - 1)
    if kind < 0.7:
        return word[:at] + word[at + 1] + word[at] + word[at + 2:]
    if kind < 0.9:
        return word[:at] + word[at + 1:]
    return word[:at] + word[at] + word[at:]


def varied(text, rng):
    """A copy of the text with some of its accidents changed; what it says stays."""
    if rng.random() < 0.25:
        parts = re.split(r"(?<=[.;!?]) ", text)
        if len(parts) >= 3:
            del parts[rng.randrange(len(parts))]
            text = " ".join(parts)
    swap, rate = rng.random() < 0.3, rng.choice([0, 0, 0.04, 0.1])
    words = []
    for word in text.split(" "):
        if swap and word in OBJECT and rng.random() < 0.5:
            word = OBJECT[word]
        elif rng.random() < rate:
            word = typo(word, rng)
        words.append(word)
    text = " ".join(words)
    if rng.random() < 0.15:
        text = re.sub(r" +", " ", re.sub(r"[^a-z0-9 ]", "", text)).strip()
    return text
