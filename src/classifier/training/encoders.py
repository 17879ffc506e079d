"""The two encoders as PyTorch modules: what `encoder/` computes in Rust, with weights that can be trained."""

import math

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F


class Layer(nn.Module):
    """One transformer layer, normalised after each half as in BERT."""

    def __init__(self, width, heads, inner, epsilon):
        super().__init__()
        self.heads = heads
        self.q, self.k, self.v, self.ao = (nn.Linear(width, width) for _ in range(4))
        self.fi, self.fo = nn.Linear(width, inner), nn.Linear(inner, width)
        self.aln, self.oln = nn.LayerNorm(width, eps=epsilon), nn.LayerNorm(width, eps=epsilon)

    def forward(self, x, attend, drop):
        batch, length, width = x.shape

        def split(y):
            return y.view(batch, length, self.heads, width // self.heads).transpose(1, 2)

        context = F.scaled_dot_product_attention(split(self.q(x)), split(self.k(x)), split(self.v(x)),
                                                 attn_mask=attend, dropout_p=drop if self.training else 0.0)
        context = context.transpose(1, 2).reshape(batch, length, width)
        x = self.aln(x + F.dropout(self.ao(context), drop, self.training))
        return self.oln(x + F.dropout(self.fo(F.gelu(self.fi(x))), drop, self.training))


class E5(nn.Module):
    """multilingual-e5-small over a pruned vocabulary."""

    def __init__(self, source, keep=None):
        super().__init__()
        width, tensors = source["width"], source["tensors"]
        rows = tensors["emb.word"] if keep is None else tensors["emb.word"][keep]
        self.word = nn.Embedding(len(rows), width, _weight=torch.tensor(rows))
        self.place = nn.Parameter(torch.tensor(tensors["emb.pos"].reshape(-1, width) + tensors["emb.type"][:width]))
        self.first = nn.LayerNorm(width, eps=source["epsilon"])
        self.layers = nn.ModuleList(Layer(width, source["heads"], source["inner"], source["epsilon"])
                                    for _ in range(source["layers"]))
        with torch.no_grad():
            self.first.weight.copy_(torch.tensor(tensors["emb.ln.w"]))
            self.first.bias.copy_(torch.tensor(tensors["emb.ln.b"]))
            for number, layer in enumerate(self.layers):
                for name, module in layer.named_children():
                    module.weight.copy_(torch.tensor(tensors[f"l{number}.{name}.w"]))
                    module.bias.copy_(torch.tensor(tensors[f"l{number}.{name}.b"]))

    def forward(self, ids, mask, drop=0.0, start=0, states=None):
        """Hidden states after every layer from `start` on; `mask` is 1 where there is a token."""
        attend = mask[:, None, None, :].bool()
        if states is None:
            states = self.first(self.word(ids) + self.place[:ids.shape[1]])
            states = F.dropout(states, drop, self.training)
        out = [states]
        for layer in self.layers[start:]:
            out.append(layer(out[-1], attend, drop))
        return out


def pooled(states, mask):
    """Mean over the tokens."""
    return (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)


def batch(sequences, pad=1):
    """Token ids and mask of texts of about the same length."""
    longest = max(map(len, sequences))
    ids = torch.full((len(sequences), longest), pad, dtype=torch.long)
    mask = torch.zeros(len(sequences), longest)
    for row, sequence in enumerate(sequences):
        ids[row, :len(sequence)] = torch.tensor(sequence)
        mask[row, :len(sequence)] = 1
    return ids, mask


def e5_embeddings(model, sequences, layers, size=32):
    """Mean-pooled states of the given layers, side by side."""
    model.eval()
    order = sorted(range(len(sequences)), key=lambda i: len(sequences[i]))
    out = [None] * len(sequences)
    with torch.no_grad():
        for at in range(0, len(order), size):
            chosen = order[at:at + size]
            ids, mask = batch([sequences[i] for i in chosen], pad=0)
            states = model(ids, mask)
            both = torch.cat([pooled(states[layer], mask) for layer in layers], 1).numpy()
            for i, row in zip(chosen, both):
                out[i] = row
    return np.array(out)


class Use:
    """Universal Sentence Encoder multilingual v3 in numpy: averaged words and word groups, then dense layers."""

    ORDERS = ((2, 0), (3, 1), (5, 2))

    def __init__(self, table, tensors):
        self.table, self.t = table, tensors

    @staticmethod
    def _normal(x, gain, bias, epsilon):
        x = x - x.mean(-1, keepdims=True)
        return x / np.sqrt((x * x).mean(-1, keepdims=True) + epsilon) * gain + bias

    def one(self, ids):
        t, epsilon = self.t, float(self.t["eps"])
        e = self.table[ids]
        # The three word-group branches are normalised together.
        x = np.concatenate([e @ t[f"proj{n}"] + t[f"proj_b{n}"] for n, _ in self.ORDERS], 1)
        x = self._normal(x, np.concatenate([t[f"ln_g{n}"] for n, _ in self.ORDERS]),
                         np.concatenate([t[f"ln_b{n}"] for n, _ in self.ORDERS]), epsilon)
        features = [e]
        for i, (n, left) in enumerate(self.ORDERS):
            xs = x[:, i * 256:(i + 1) * 256]

            def groups(rows):
                padded = np.pad(rows, ((left, n - 1 - left), (0, 0)))
                return np.concatenate([padded[j:j + len(rows)] for j in range(n)], 1)

            h = np.maximum(groups(xs) @ t[f"w1_{n}"] + t[f"b1_{n}"], 0) + xs
            features.append(np.maximum(groups(h) @ t[f"w2_{n}"] + t[f"b2_{n}"], 0) + h)
        f = self._normal(np.concatenate(features, 1), t["ln_g"], t["ln_b"], epsilon)
        mean = (f.sum(0) @ t["cnn_W"] + len(ids) * t["cnn_b"]) / math.sqrt(len(ids))
        y0 = np.maximum(mean @ t["d0"], 0)
        y1 = np.maximum(mean @ t["p1"] + y0 @ t["d1"], 0)
        y2 = np.maximum(y1 @ t["d2"], 0)
        z = np.tanh(y1 @ t["p3"] + y2 @ t["d3"])
        return z / math.sqrt(max(float(z @ z), epsilon))

    def embeddings(self, sequences):
        return np.array([self.one(s) for s in sequences], np.float32)
