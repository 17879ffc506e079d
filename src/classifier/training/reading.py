"""How a text is read before any model sees it. `reading.rs` does the same; the golden vectors compare them.

Case, accents, emoji, line breaks and insisting ("nooo!!!") carry no meaning here and are taken away; names
of people and places and the gender of persons must not change a class, so each is read as one word.
"""

import functools
import pathlib
import unicodedata

DATA = pathlib.Path(__file__).resolve().parent.parent / "reading"

PERSON, PLACE = "fulano", "ciudad"
# After these a word with a capital is a name, whatever else it means ...
SHORT_TITLES = set("dr dra lic licda ing mtro mtra profr profra sr sra srta srita don dona arq enf".split())
# ... and after these, a word that can be a name is one.
TITLES = SHORT_TITLES | set("doctor doctora licenciado licenciada ingeniero ingeniera maestro maestra senor senora "
                            "senorita profesor profesora profe companero companera enfermero enfermera jefe jefa "
                            "quimico quimica".split())
# Before a person, these agree with the person's gender and say nothing else.
ARTICLES = {"la": "el", "las": "los", "una": "un", "unas": "unos", "esta": "este", "estas": "estos", "esa": "ese",
            "esas": "esos", "aquella": "aquel", "aquellas": "aquellos", "otra": "otro", "otras": "otros",
            "nuestra": "nuestro", "nuestras": "nuestros", "nueva": "nuevo", "misma": "mismo", "alguna": "algun",
            "algunas": "algunos", "ninguna": "ningun", "varias": "varios", "muchas": "muchos", "todas": "todos",
            "dicha": "dicho", "dichas": "dichos", "cuanta": "cuanto", "cierta": "cierto"}
# Quotes and the opening marks, which most people leave out, are not read.
PUNCTUATION = set(".,;:!?()-/%$&+=@#*_")
CLOSING = set(".,;:!?)%")
# Between the parts of one name.
LINKS = {"de", "del", "la", "las", "los"}
DASHES = set("‐‑‒–—―−")
SENTENCE_ENDS = set(".!?:")


def invisible(c):
    """Marks without width that would hide a word from a reader of code points."""
    return c == "\u00ad" or c == "\ufeff" or "\u200b" <= c <= "\u200f" or "\u202a" <= c <= "\u202e" \
        or "\u2060" <= c <= "\u206f"


def bare(text):
    """Without accents and other marks."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c)[0] != "M")


def _lines(name):
    for line in (DATA / name).read_text(encoding="utf8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


@functools.cache
def words_of(name):
    return {word for line in _lines(name) for word in line.split()}


@functools.cache
def places_of(name):
    return {tuple(line.split()) for line in _lines(name)}


@functools.cache
def genders():
    return dict(line.split() for line in _lines("gender.txt"))


@functools.cache
def persons():
    return words_of("persons.txt") | set(genders().values()) | {PERSON}


def tokens(text):
    """Words and marks, lower case and bare, each with whether it was written with a capital.

    In a text that is mostly capitals, capitals say nothing.
    """
    out, word, capital, upper, lower = [], "", False, 0, 0
    for c in unicodedata.normalize("NFKD", text) + " ":
        if unicodedata.category(c)[0] == "M" or invisible(c):
            continue
        small = c.lower() if "A" <= c <= "Z" else c
        if "a" <= small <= "z" or "0" <= small <= "9":
            if small != c:
                upper += 1
                capital = capital or not word
            elif c >= "a":
                lower += 1
            # A letter said three times or more is said twice; digits are what they are.
            if small >= "a" and word[-2:] == small + small:
                continue
            word += small
            continue
        if word:
            out.append((word, capital))
            word, capital = "", False
        mark = "-" if c in DASHES else c
        if mark in PUNCTUATION and not (out and out[-1][0] == mark):
            out.append((mark, False))
    if upper > lower:
        out = [(word, False) for word, _ in out]
    return out


def _place(out, at, inside):
    """How many tokens from `at` on are the name of a place."""
    for length in (5, 4, 3, 2, 1):
        run = tuple(word for word, _ in out[at:at + length])
        if len(run) < length:
            continue
        if run in places_of("places.txt"):
            return length
        if inside and out[at][1] and run in places_of("places_or_words.txt"):
            return length
    return 0


def _is_name(token, certain):
    """Whether a word is a person's name; `certain` where one is expected."""
    word, capital = token
    if word in words_of("names.txt"):
        return True
    return word in words_of("names_or_words.txt") and (certain or capital)


def _person(out, at, inside, before):
    """How many tokens from `at` on are the name of a person."""
    word, capital = out[at]
    titled = before in TITLES
    follows = at + 1 < len(out) and capital and out[at + 1][1] and _is_name(out[at + 1], True)
    starts = word in words_of("names.txt") or (
        word in words_of("names_or_words.txt") and (titled or (capital and (inside or follows)))) or (
        before in SHORT_TITLES and capital and word not in TITLES and word not in genders())
    if not starts:
        return 0
    end = at + 1
    while end < len(out):
        if _is_name(out[end], False):
            end += 1
            continue
        # "de la Garza"
        link = end
        while link < len(out) and link < end + 2 and out[link][0] in LINKS:
            link += 1
        if link == end or link == len(out) or not (out[link][1] and _is_name(out[link], False)):
            break
        end = link + 1
    return end - at


def masked(out):
    """The words, with names and places each as one word."""
    result, at, inside, before = [], 0, False, ""
    while at < len(out):
        word = out[at][0]
        titled = before in TITLES
        place = 0 if titled else _place(out, at, inside)
        person = _person(out, at, inside, before)
        if place and place >= person:
            result.append(PLACE)
            at += place
            inside, before = True, PLACE
        elif person:
            result.append(PERSON)
            at += person
            inside, before = True, PERSON
        else:
            result.append(word)
            at += 1
            inside = word not in SENTENCE_ENDS
            # "Dr. Pérez": the full stop of a title is part of it.
            if word == "." and before in SHORT_TITLES:
                inside = True
            else:
                before = word
    return result


def neutral(words):
    """The words, with persons and what agrees with them in one gender."""
    pairs, out = genders(), list(words)
    for at, word in enumerate(words):
        out[at] = pairs.get(word, word)
        if out[at] in persons():
            for back in (at - 1, at - 2):
                if back < 0 or words[back] not in ARTICLES:
                    break
                out[back] = ARTICLES[words[back]]
    return out


def read(text):
    """The text as the models see it: words and marks, a mark that closes right after its word."""
    out = []
    for word in neutral(masked(tokens(text))):
        if out and word not in CLOSING:
            out.append(" ")
        out.append(word)
    return "".join(out)
