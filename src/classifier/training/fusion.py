"""How the readers' answers become probabilities, and where decisions are drawn.

Everything here is fitted on answers about texts by authors that the answering reader had not learnt from.
"""

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, log_softmax

import linear
from corpus import RISKS, URGENCIES

R = len(RISKS)
QUESTIONS = {"main": slice(0, R), "present": slice(R, 2 * R), "urgency": slice(2 * R, 2 * R + len(URGENCIES))}
# How far the biases may go: authors are fewer than real life is various.
CALM = 0.02
ACCURACY, RECALL = 0.93, 0.92


def _cost(name, logits, wanted):
    if name == "present":
        return (np.logaddexp(0, logits) - logits * wanted).sum(1).mean()
    return -(log_softmax(logits, 1) * wanted).sum(1).mean()


def fit_question(name, readers, wanted):
    """A weight per reader and a bias per answer."""
    parts = [r[:, QUESTIONS[name]] for r in readers]
    wanted = wanted[:, QUESTIONS[name]]
    answers = wanted.shape[1]

    def logits(flat):
        return sum(w * p for w, p in zip(flat, parts)) + flat[len(parts):]

    def cost(flat):
        return _cost(name, logits(flat), wanted) + CALM * (flat[len(parts):] ** 2).mean()

    start = np.concatenate([np.full(len(parts), 1 / len(parts)), np.zeros(answers)])
    bounds = [(0, None)] * len(parts) + [(-2, 2)] * answers
    found = minimize(cost, start, method="L-BFGS-B", bounds=bounds).x
    return found[:len(parts)], found[len(parts):]


def beliefs(readers, fusion):
    out = {}
    for name, part in QUESTIONS.items():
        weights, bias = fusion[name]
        logits = sum(w * r[:, part] for w, r in zip(weights, readers)) + bias
        out[name] = expit(logits) if name == "present" else np.exp(log_softmax(logits, 1))
    return out


def fit(readers, texts):
    wanted = linear.targets(texts)
    return {name: fit_question(name, readers, wanted) for name in QUESTIONS}


def by_author(readers, texts):
    """Beliefs about each author's texts by a fusion fitted on the other authors."""
    authors = np.array([t["author"] for t in texts])
    out = {name: np.zeros((len(texts), part.stop - part.start)) for name, part in QUESTIONS.items()}
    for author in sorted(set(authors)):
        own = authors == author
        fusion = fit([r[~own] for r in readers], [t for t, o in zip(texts, own) if not o])
        for name, values in beliefs([r[own] for r in readers], fusion).items():
            out[name][own] = values
    return out


def sure(main, right, accuracy=ACCURACY):
    """The lowest probability from which on proposals are right often enough."""
    best, found = main.max(1), main.argmax(1) == right
    order = np.argsort(-best)
    rates = np.cumsum(found[order]) / np.arange(1, len(order) + 1)
    enough = np.nonzero(rates >= accuracy)[0]
    return float(best[order][enough[-1]]) if len(enough) else 1.0


def further(present, texts):
    """From which probability on a risk beside the main one is proposed: the best F1, shrunk to the common one."""
    wanted = linear.targets(texts)[:, QUESTIONS["present"]]
    main = np.array([RISKS.index(t["main"]) for t in texts])
    others = np.ones_like(wanted, bool)
    others[np.arange(len(texts)), main] = False

    def best(p, w):
        grid = np.arange(0.1, 0.9, 0.02)
        scores = [2 * ((p >= g) & (w == 1)).sum() / max(1, (p >= g).sum() + (w == 1).sum()) for g in grid]
        return float(grid[int(np.argmax(scores))])

    common = best(present[others], wanted[others])
    out = [(best(present[others[:, r], r], wanted[others[:, r], r]) + 2 * common) / 3 for r in range(R)]
    return np.clip(out, 0.15, 0.9)


def urgent(urgency, texts, recall=RECALL):
    """From which probabilities on a text is urgent: enough of the urgent ones are found; the middle as it fits best."""
    level = np.array([URGENCIES.index(t["urgency"]) for t in texts])
    high = float(np.quantile(urgency[level == 0, 0], 1 - recall))
    rest = urgency[:, 0] < high
    either = urgency[:, 0] + urgency[:, 1]
    grid = np.arange(0.2, 0.9, 0.01)
    hits = [((either >= g) == (level < 2))[rest].mean() for g in grid]
    return [high, float(grid[int(np.argmax(hits))])]


def ece(main, right, bins=15):
    """How far stated probabilities are from how often they are right."""
    best, found = main.max(1), main.argmax(1) == right
    at = np.minimum((best * bins).astype(int), bins - 1)
    return sum(abs(best[at == b].mean() - found[at == b].mean()) * (at == b).mean() for b in range(bins) if (at == b).any())


def report(name, belief, texts):
    right = np.array([RISKS.index(t["main"]) for t in texts])
    main = belief["main"]
    found = main.argmax(1)
    f1 = []
    for risk in range(R):
        hit = ((found == risk) & (right == risk)).sum()
        f1.append(2 * hit / max(1, (found == risk).sum() + (right == risk).sum()))
    top = (np.argsort(-main, 1)[:, :3] == right[:, None]).any(1).mean()
    best = main.max(1)
    # Whatever is taken for out of scope goes to a person, too.
    order = np.argsort(-np.where(found == RISKS.index("fuera_competencia"), 0, best))
    rates = np.cumsum((found == right)[order]) / np.arange(1, len(order) + 1)
    covered = (np.nonzero(rates >= ACCURACY)[0][-1] + 1) / len(order) if (rates >= ACCURACY).any() else 0
    alta = np.array([t["urgency"] == "alta" for t in texts])
    line = (f"{name:22s} n {len(texts):4d} accuracy {(found == right).mean():.3f} macro-F1 {np.mean(f1):.3f} top-3 {top:.3f} "
            f"ECE {ece(main, right):.3f} covered at {ACCURACY:.0%} {covered:.2f}")
    if alta.any():
        high = belief["urgency"][:, 0]
        line += f" alta by 0.25 {(high >= 0.25)[alta].mean():.2f} of {(high >= 0.25).mean():.2f} flagged"
    print(line, flush=True)
    return dict(zip(RISKS, np.round(f1, 3)))


def pack(weights, fusion, decisions):
    for name, (readers, bias) in fusion.items():
        weights.add(f"fusion.{name}.readers", readers)
        weights.add(f"fusion.{name}.bias", bias)
    weights.add("decide.further", decisions["further"])
    weights.add("decide.sure", [decisions["sure"]])
    weights.add("decide.urgent", decisions["urgent"])
