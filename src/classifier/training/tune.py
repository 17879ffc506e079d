"""Stage 1: trains both encoders on the labelled texts and the lexicon.

Each is first trained without the authors of `--without`, and its answers about their texts are kept: fusion,
probabilities and thresholds are fitted on those, and they are what every printed figure is of. Then it goes on
for some passes over everything, and that is what ships.
"""

import argparse
import copy
import dataclasses
import pathlib
import random
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

import corpus
import encoders_pack
import linear
import pack
import sources
from augment import filled, varied
from corpus import LEXICON, RISKS, URGENCIES
from encoders import E5, WordGroups, batch, pooled
from pieces import Pieces
from reading import read

# Longer texts are read in windows; at training, in one of them.
LONGEST = 144
# Pieces that are read together, and texts that a step is as large as.
TOGETHER, TEXTS = 1100, 16
# A phrase counts less than a text; how many risks it has, half of that.
PHRASE, PHRASE_LABELS = 0.6, 0.5


@dataclasses.dataclass
class Phase:
    """Passes over the texts; the rate rises in the first twelfth and then falls to nothing.

    With the lexicon or without; over all texts or without the judged authors'; with this share of the texts among
    sentences that say nothing.
    """

    passes: int
    rate: float
    lexicon: bool
    everything: bool = False
    filled: float = 0.0


class Answers(nn.Module):
    """Linear answers to the three questions, side by side as in `linear.py`."""

    def __init__(self, width, scale):
        super().__init__()
        self.scale = scale
        self.linear = nn.Linear(width, linear.OUTPUTS)
        nn.init.normal_(self.linear.weight, std=0.02)
        nn.init.zeros_(self.linear.bias)

    def forward(self, x):
        return self.linear(x * self.scale)

    def weights(self):
        return self.linear.weight.detach().numpy() * self.scale, self.linear.bias.detach().numpy()


class Transformer(nn.Module):
    name, source, pack = "e5", staticmethod(sources.e5), staticmethod(encoders_pack.e5)
    # Fewer passes over more texts in each phase: the first learns from whole texts alone.
    phases = [Phase(5, 2.5e-4, lexicon=False), Phase(1, 1.5e-4, lexicon=True),
              Phase(1, 1.5e-4, lexicon=True, everything=True),
              Phase(1, 8e-5, lexicon=False, everything=True, filled=0.4)]
    drop, decay = 0.1, 0.9

    def __init__(self, source, keep):
        super().__init__()
        self.encoder = E5(source, keep)
        # The words stay as they are: four bits would take back what they learnt.
        self.encoder.word.weight.requires_grad = False
        self.answers = Answers(source["width"], 1.0)

    def vectors(self, ids, mask):
        return pooled(self.encoder(ids, mask, self.drop), mask)

    def groups(self, rate):
        """What is learnt at which rate: the lower, the slower."""
        e, last = self.encoder, len(self.encoder.layers)
        yield {"params": self.answers.parameters(), "lr": rate * 8}
        for number, layer in enumerate(e.layers):
            yield {"params": layer.parameters(), "lr": rate * self.decay ** (last - 1 - number)}
        yield {"params": [e.place, *e.first.parameters()], "lr": rate * self.decay ** last, "weight_decay": 0.0}


class Groups(nn.Module):
    name, source, pack = "use", staticmethod(sources.use), staticmethod(encoders_pack.use)
    phases = [Phase(4, 1e-3, lexicon=True), Phase(2, 5e-4, lexicon=True, everything=True),
              Phase(1, 3e-4, lexicon=False, everything=True, filled=0.4)]
    drop = 0.2

    def __init__(self, source, keep):
        super().__init__()
        self.encoder = WordGroups(source["table"][keep], source["tensors"])
        self.answers = Answers(512, 5.0)

    def vectors(self, ids, mask):
        return self.encoder(ids, mask, self.drop, self.drop / 2)

    def groups(self, rate):
        yield {"params": self.encoder.t.parameters(), "lr": rate}
        yield {"params": self.encoder.words.parameters(), "lr": rate, "weight_decay": 0.0}
        yield {"params": self.answers.parameters(), "lr": 3 * rate}


READERS = {reader.name: reader for reader in (Transformer, Groups)}


def window(pieces, text, rng):
    """A text in pieces; of a long one the beginning, or as often any other part."""
    ids = pieces.sequence(text, 1 << 16)
    if len(ids) > LONGEST:
        body, inside = ids[1:-1], LONGEST - 2
        at = 0 if rng.random() < 0.5 else rng.randrange(len(body) - inside + 1)
        ids = [ids[0], *body[at:at + inside], ids[-1]]
    return ids


def batches(sequences, rng):
    """Texts of about the same length together, in random order."""
    lengths = [len(ids) for ids in sequences]
    out, widest = [[]], 0
    for i in sorted(range(len(lengths)), key=lambda i: lengths[i] + rng.random() * 6):
        widest = max(widest, lengths[i])
        if out[-1] and (widest * (len(out[-1]) + 1) > TOGETHER or len(out[-1]) == 2 * TEXTS):
            out.append([])
            widest = lengths[i]
        out[-1].append(i)
    rng.shuffle(out)
    return out


def cost(logits, wanted, phrase):
    """Of each text: the main risk, the risks and, where somebody told it, the urgency."""
    r = len(RISKS)
    main = -(F.log_softmax(logits[:, :r], 1) * wanted[:, :r]).sum(1)
    labels = F.binary_cross_entropy_with_logits(logits[:, r:2 * r], wanted[:, r:2 * r], reduction="none").mean(1)
    urgency = -(F.log_softmax(logits[:, 2 * r:], 1) * wanted[:, 2 * r:]).sum(1)
    labels = torch.where(phrase, PHRASE_LABELS * labels, labels) * (wanted[:, :r].sum(1) > 0)
    return (main + 2 * labels + 0.4 * urgency) * torch.where(phrase, PHRASE, 1.0)


def softened(texts):
    """What is wanted; one text in twenty could as well be another risk, and further risks have a share."""
    wanted = linear.targets(texts)
    r = len(RISKS)
    for row, text in enumerate(texts):
        others = text["labels"][1:]
        wanted[row, :r] *= 0.95 - (0.1 if others else 0.0)
        for other in others:
            wanted[row, RISKS.index(other)] += 0.1 / len(others)
        if text["main"] is not None:
            wanted[row, :r] += 0.05 / r
        if text["urgency"] is not None:
            wanted[row, 2 * r:] = 0.95 * wanted[row, 2 * r:] + 0.05 / len(URGENCIES)
    return torch.tensor(wanted, dtype=torch.float32)


def otherwise(plain, among, rng):
    """A read text as it could have been typed as well."""
    plain = varied(plain, rng)
    return filled(plain, rng) if rng.random() < among else plain


def train(model, phase, texts, pieces, rng):
    plain, wanted = [read(t["text"]) for t in texts], softened(texts)
    phrase = torch.tensor([t["author"] == LEXICON for t in texts])
    optimizer = torch.optim.AdamW(model.groups(phase.rate), weight_decay=0.01, betas=(0.9, 0.98))
    steps = phase.passes * len(batches([window(pieces, p, rng) for p in plain], rng))
    warm = max(1, steps // 12)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(0.0, (steps - s) / (steps - warm))))
    started = time.time()
    for number in range(phase.passes):
        sequences = [window(pieces, otherwise(p, phase.filled, rng), rng) for p in plain]
        model.train()
        total, done = 0.0, 0
        for chosen in batches(sequences, rng):
            logits = model.answers(F.dropout(model.vectors(*batch([sequences[i] for i in chosen])), model.drop))
            each = cost(logits, wanted[chosen], phrase[chosen])
            optimizer.zero_grad()
            (each.sum() / TEXTS).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total, done = total + each.sum().item(), done + 1
            if done % 50 == 0:
                print(f"  {done} steps of this pass, {time.time() - started:.0f} s", flush=True)
        print(f"pass {number + 1}: cost {total / len(texts):.3f}, {time.time() - started:.0f} s", flush=True)


def rounded(model):
    """The model as it would ship."""
    copied = copy.deepcopy(model)
    model.pack(pack.Weights(), copied.encoder)
    return copied


def outputs(model, sequences):
    """Answers about read texts, nothing dropped."""
    model.eval()
    out = [None] * len(sequences)
    order = sorted(range(len(sequences)), key=lambda i: len(sequences[i]))
    with torch.no_grad():
        for at in range(0, len(order), 32):
            chosen = order[at:at + 32]
            rows = model.answers(model.vectors(*batch([sequences[i] for i in chosen]))).numpy()
            for i, row in zip(chosen, rows):
                out[i] = row
    return np.array(out)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", help="a file of texts for each author")
    parser.add_argument("--lexicon", nargs="+", required=True)
    parser.add_argument("--reader", choices=READERS, required=True)
    parser.add_argument("--without", required=True, help="authors to judge by, comma separated")
    parser.add_argument("--wheels", default="wheels")
    parser.add_argument("--work", required=True)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    work = pathlib.Path(args.work)
    work.mkdir(parents=True, exist_ok=True)
    everyone, lexicon = corpus.load(args.files), corpus.load_lexicon(args.lexicon)
    others, judged = corpus.split(everyone, set(args.without.split(",")))
    kind = READERS[args.reader]
    torch.manual_seed(1)
    rng = random.Random(1)
    source = kind.source(args.wheels)
    pieces = Pieces.pruned(source, [read(t["text"]) for t in everyone])
    model = kind(source, pieces.keep)
    right = np.array([RISKS.index(t["main"]) for t in judged])
    for phase in kind.phases:
        print(kind.name, phase, flush=True)
        train(model, phase, (everyone if phase.everything else others) + (lexicon if phase.lexicon else []), pieces, rng)
        if not phase.everything:
            answers = outputs(rounded(model), [pieces.sequence(read(t["text"]), 192) for t in judged])
            np.save(work / f"answers_{kind.name}.npy", answers)
            found = answers[:, :len(RISKS)].argmax(1)
            print(f"judged: {(found == right).mean():.3f} of {len(judged)} right", flush=True)
    torch.save({"model": model.state_dict(), "keep": torch.tensor(pieces.keep)}, work / f"{kind.name}.pt")


if __name__ == "__main__":
    main()
