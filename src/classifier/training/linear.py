"""The three questions, and linear answers to them: which risk is the main one, which are there, how urgent it is."""

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, log_softmax

from corpus import RISKS, URGENCIES

R = len(RISKS)
OUTPUTS = 2 * R + len(URGENCIES)


def targets(texts):
    """One row per text: its main risk, every risk that is there, its urgency; nought where nobody told it."""
    out = np.zeros((len(texts), OUTPUTS))
    for row, text in enumerate(texts):
        if text["main"] is not None:
            out[row, RISKS.index(text["main"])] = 1
        for label in text["labels"]:
            out[row, R + RISKS.index(label)] = 1
        if text["urgency"] is not None:
            out[row, 2 * R + URGENCIES.index(text["urgency"])] = 1
    return out


def loss(logits, wanted):
    """Of each text, summed over the questions whose answer was told; and its slope."""
    main, labels, urgency = np.split(logits, [R, 2 * R], 1)
    wanted_main, wanted_labels, wanted_urgency = np.split(wanted, [R, 2 * R], 1)
    told, told_urgency = wanted_main.sum(1, keepdims=True), wanted_urgency.sum(1, keepdims=True)
    log_main, log_urgency = log_softmax(main, 1), log_softmax(urgency, 1)
    value = -(log_main * wanted_main).sum() - (log_urgency * wanted_urgency).sum()
    value += (np.logaddexp(0, labels) * told).sum() - (labels * wanted_labels).sum()
    slope = np.hstack([np.exp(log_main) * told - wanted_main, expit(labels) * told - wanted_labels,
                       np.exp(log_urgency) * told_urgency - wanted_urgency])
    return value, slope


def fit(x, texts, strength, steps=150):
    """Weights (one row per answer) and bias that fit best; `strength` holds the weights small."""
    wanted = targets(texts)
    count, columns = x.shape
    transposed = x.T.tocsr() if hasattr(x, "tocsr") else np.ascontiguousarray(x.T)

    def cost(flat):
        w, b = flat[:-OUTPUTS].reshape(columns, OUTPUTS), flat[-OUTPUTS:]
        value, slope = loss(np.asarray(x @ w) + b, wanted)
        gradient = np.asarray(transposed @ slope) + strength * count * w
        return ((value + 0.5 * strength * count * (w * w).sum()) / count,
                np.concatenate([gradient.ravel(), slope.sum(0)]) / count)

    found = minimize(cost, np.zeros((columns + 1) * OUTPUTS), jac=True, method="L-BFGS-B",
                     options={"maxiter": steps})
    return found.x[:-OUTPUTS].reshape(columns, OUTPUTS).T.copy(), found.x[-OUTPUTS:].copy()

