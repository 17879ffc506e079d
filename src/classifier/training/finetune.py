"""Trains the upper layers of e5 on the labelled texts. One run takes minutes to an hour on one core."""

import argparse
import json
import math
import random
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

import corpus
import prune
import sources
from augment import varied
from corpus import RISKS, URGENCIES
from encoders import E5, batch, pooled
from reading import read
from unigram import Unigram

LONGEST = 192


class Heads(nn.Module):
    """From the mean of the last layer to the three questions."""

    def __init__(self, width):
        super().__init__()
        self.main = nn.Linear(width, len(RISKS))
        self.labels = nn.Linear(width, len(RISKS))
        self.urgency = nn.Linear(width, len(URGENCIES))
        for linear in (self.main, self.labels, self.urgency):
            nn.init.normal_(linear.weight, std=0.02)
            nn.init.zeros_(linear.bias)

    def forward(self, x):
        return self.main(x), self.labels(x), self.urgency(x)


def targets(texts):
    main = torch.full((len(texts), len(RISKS)), 0.05 / len(RISKS))
    labels = torch.zeros(len(texts), len(RISKS))
    urgency = torch.full((len(texts), 3), 0.05 / 3)
    for row, text in enumerate(texts):
        others = text["labels"][1:]
        main[row, RISKS.index(text["main"])] += 0.95 - (0.1 if others else 0)
        for other in others:
            main[row, RISKS.index(other)] += 0.1 / len(others)
        for label in text["labels"]:
            labels[row, RISKS.index(label)] = 1
        urgency[row, URGENCIES.index(text["urgency"])] += 0.95
    return main, labels, urgency


class Model(nn.Module):
    def __init__(self, e5, width):
        super().__init__()
        self.e5, self.heads = e5, Heads(width)

    def forward(self, ids, mask, drop=0.0):
        state = pooled(self.e5(ids, mask, drop)[-1], mask)
        return state, *self.heads(F.dropout(state, drop, self.training))


def sequences(texts, unigram, bos, eos):
    return [[bos, *unigram.ids(text)[:LONGEST - 2], eos] for text in texts]


def batches(lengths, size, rng):
    """Texts of about the same length together, in random order."""
    order = sorted(range(len(lengths)), key=lambda i: lengths[i] + rng.random() * 8)
    out = [order[i:i + size] for i in range(0, len(order), size)]
    rng.shuffle(out)
    return out


def outputs(model, sequences, size=32):
    """Pooled states and the logits of every head."""
    model.eval()
    order = sorted(range(len(sequences)), key=lambda i: len(sequences[i]))
    parts = [[None] * len(sequences) for _ in range(4)]
    with torch.no_grad():
        for at in range(0, len(order), size):
            chosen = order[at:at + size]
            for part, values in zip(parts, model(*batch([sequences[i] for i in chosen], pad=0))):
                for i, row in zip(chosen, values.numpy()):
                    part[i] = row
    return [np.array(part) for part in parts]


def train(model, texts, encode, args, report):
    rng = random.Random(args.seed)
    torch.manual_seed(args.seed)
    plain = [read(t["text"]) for t in texts]
    main, labels, urgency = targets(texts)
    model.e5.word.weight.requires_grad = False
    for layer in model.e5.layers[:args.frozen]:
        layer.requires_grad_(False)
    if args.frozen:
        model.e5.place.requires_grad = False
        model.e5.first.requires_grad_(False)
    groups = [{"params": model.heads.parameters(), "lr": args.rate * 10, "weight_decay": 0.01}]
    for number, layer in enumerate(model.e5.layers):
        if number >= args.frozen:
            rate = args.rate * args.decay ** (len(model.e5.layers) - 1 - number)
            groups.append({"params": layer.parameters(), "lr": rate, "weight_decay": 0.01})
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98))
    steps = args.epochs * math.ceil(len(texts) / args.batch)
    warm = max(1, steps // 10)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(0.0, (steps - s) / (steps - warm))))
    started, step = time.time(), 0
    for epoch in range(args.epochs):
        ids = encode([varied(t, rng) if epoch else t for t in plain])
        total = 0.0
        model.train()
        for chosen in batches([len(i) for i in ids], args.batch, rng):
            _, m, l, u = model(*batch([ids[i] for i in chosen], pad=0), args.drop)
            loss = (F.cross_entropy(m, main[chosen]) + F.binary_cross_entropy_with_logits(l, labels[chosen]) * 2
                    + 0.4 * F.cross_entropy(u, urgency[chosen]))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
            step += 1
            if step % 20 == 0:
                print(f"step {step}/{steps} {time.time() - started:.0f}s loss {loss.item():.3f}", flush=True)
        print(f"epoch {epoch + 1}: loss {total / (len(texts) / args.batch):.3f}, {time.time() - started:.0f} s", flush=True)
        report()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--test", default="", help="authors to leave out, comma separated")
    parser.add_argument("--wheels", default="wheels")
    parser.add_argument("--out", required=True, help="checkpoint without ending")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--decay", type=float, default=0.9, help="of the rate, per layer downward")
    parser.add_argument("--frozen", type=int, default=0, help="lower layers that stay as they are")
    parser.add_argument("--drop", type=float, default=0.1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    texts = corpus.load(args.files)
    away = set(filter(None, args.test.split(",")))
    training, test = [t for t in texts if t["author"] not in away], [t for t in texts if t["author"] in away]
    source = sources.e5(args.wheels)
    special = {k: source[k] for k in ("bos", "eos", "unk")}
    keep = prune.kept(source["pieces"], source["scores"], special, [read(t["text"]) for t in training])
    unigram = Unigram([source["pieces"][i] for i in keep], source["scores"][keep], keep.index(special["unk"]))
    bos, eos = keep.index(special["bos"]), keep.index(special["eos"])
    torch.manual_seed(args.seed)
    model = Model(E5(source, keep), source["width"])

    def encode(plain):
        return sequences(plain, unigram, bos, eos)

    unseen = encode([read(t["text"]) for t in test])
    right = np.array([RISKS.index(t["main"]) for t in test])
    authors = np.array([t["author"] for t in test])
    alta = np.array([t["urgency"] == "alta" for t in test])

    def report():
        if test:
            _, m, l, u = outputs(model, unseen)
            found = m.argmax(1)
            scores = []
            for risk in range(len(RISKS)):
                hit = ((found == risk) & (right == risk)).sum()
                scores.append(2 * hit / max(1, (found == risk).sum() + (right == risk).sum()))
            top = (np.argsort(-m, 1)[:, :3] == right[:, None]).any(1).mean()
            print(f"unseen: accuracy {(found == right).mean():.3f}, macro-F1 {np.mean(scores):.3f}, top-3 {top:.3f}, "
                  f"alta found {(u.argmax(1) == 0)[alta].mean():.3f},",
                  {str(a): round(float((found == right)[authors == a].mean()), 3) for a in sorted(away)}, flush=True)
            np.savez(args.out + ".npz", main=m, labels=l, urgency=u)
            with open(args.out + ".json", "w", encoding="utf8") as file:
                json.dump(test, file, ensure_ascii=False)

    train(model, training, encode, args, report)
    torch.save({"model": model.state_dict(), "keep": keep, "args": vars(args)}, args.out + ".pt")


if __name__ == "__main__":
    main()
