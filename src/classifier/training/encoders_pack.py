"""The encoders as `encoder/` reads them. Whatever rounding costs is put back into the module, so that what is
trained and measured afterwards is what ships."""

import numpy as np
import torch

from pack import BLOCKS4, FLOATS, HALVES, ROWS8


def e5(weights, model):
    """The transformer; the words in four bits, the rest in eight. Its answers are of the mean of the last layer."""

    def put(name, parameter, kind):
        worth = weights.add(f"e5.{name}", parameter.detach().numpy(), kind)
        with torch.no_grad():
            parameter.copy_(torch.tensor(worth.reshape(parameter.shape)))

    put("words", model.word.weight, BLOCKS4)
    put("places", model.place, HALVES)
    put("first.w", model.first.weight, FLOATS)
    put("first.b", model.first.bias, FLOATS)
    weights.text("e5.heads", str(model.layers[0].heads))
    weights.text("e5.pooled", str(len(model.layers)))
    for number, layer in enumerate(model.layers):
        for name, module in layer.named_children():
            put(f"{number}.{name}.w", module.weight, FLOATS if name in ("aln", "oln") else ROWS8)
            put(f"{number}.{name}.b", module.bias, FLOATS)


def use(weights, encoder):
    """The word groups; the words in four bits, the rest in eight."""
    t = encoder.t

    def values(key):
        return t[key].detach().numpy()

    def put(name, keys):
        """Matrices stand on end: one row per number that comes out."""
        worth = weights.add(f"use.{name}.w", np.concatenate([values(k) for k in keys], 1).T, ROWS8).T
        with torch.no_grad():
            for key, part in zip(keys, np.split(worth, len(keys), 1)):
                t[key].copy_(torch.tensor(np.ascontiguousarray(part)))

    def row(name, keys):
        weights.add(f"use.{name}", np.concatenate([values(k) for k in keys]))

    worth = weights.add("use.words", encoder.words.weight.detach().numpy(), BLOCKS4)
    with torch.no_grad():
        encoder.words.weight.copy_(torch.tensor(worth))
    orders = ("2", "3", "5")
    put("project", [f"proj{n}" for n in orders])
    row("project.b", [f"proj_b{n}" for n in orders])
    row("projected.w", [f"ln_g{n}" for n in orders])
    row("projected.b", [f"ln_b{n}" for n in orders])
    for n in orders:
        put(f"first{n}", [f"w1_{n}"])
        row(f"first{n}.b", [f"b1_{n}"])
        put(f"second{n}", [f"w2_{n}"])
        row(f"second{n}.b", [f"b2_{n}"])
    row("features.w", ["ln_g"])
    row("features.b", ["ln_b"])
    put("gather", ["cnn_W"])
    row("gathered.b", ["cnn_b"])
    for name in ("d0", "d1", "p1", "d2", "p3", "d3"):
        put(name, [name])
    weights.add("use.epsilon", [encoder.epsilon])
