"""Which pieces of a multilingual vocabulary a Mexican complaint can need: the others are not shipped."""

import wordfreq

from reading import bare, genders, words_of
from unigram import Unigram

SPANISH, ENGLISH = 30_000, 2_000
ALPHABET = set("abcdefghijklmnopqrstuvwxyz0123456789.,;:!?()-/%$&+=@#*_\u2581")


def kept(pieces, scores, special, texts=()):
    """Ids of the pieces that frequent words, and these texts, are cut into, in their old order.

    Texts are read in lower case and without accents, so only such pieces are wanted.
    """
    unigram = Unigram(pieces, scores, special["unk"])
    words = {bare(w.lower()) for w in wordfreq.top_n_list("es", SPANISH) + wordfreq.top_n_list("en", ENGLISH)}
    words |= set(genders()) | set(genders().values()) | words_of("names_or_words.txt")
    keep = set(special.values())
    for text in [*words, *texts]:
        keep.update(unigram.ids(text))
    # What an unknown word falls back to.
    keep.update(i for piece, i in unigram.index.items() if len(piece) <= 3 and set(piece) <= ALPHABET)
    return sorted(keep)
