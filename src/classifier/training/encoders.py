"""The two encoders as PyTorch modules: what `encoder/` computes in Rust, with weights that can be trained."""

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

    def forward(self, ids, mask, drop=0.0):
        """Hidden states after the last layer; `mask` is 1 where there is a piece."""
        attend = mask[:, None, None, :].bool()
        states = self.first(self.word(ids) + self.place[:ids.shape[1]])
        states = F.dropout(states, drop, self.training)
        for layer in self.layers:
            states = layer(states, attend, drop)
        return states


def pooled(states, mask):
    """Mean over the pieces."""
    return (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)


def batch(sequences, pad=0):
    """Ids of pieces, and mask, of texts of about the same length."""
    longest = max(map(len, sequences))
    ids = torch.full((len(sequences), longest), pad, dtype=torch.long)
    mask = torch.zeros(len(sequences), longest)
    for row, sequence in enumerate(sequences):
        ids[row, :len(sequence)] = torch.tensor(sequence)
        mask[row, :len(sequence)] = 1
    return ids, mask


class WordGroups(nn.Module):
    """Universal Sentence Encoder multilingual v3: averaged words and word groups, then dense layers.

    The last step, which gives every vector the length one, is left out: the answers are learnt without it.
    """

    # How many words a group has, and how many of them stand before the one it is centred on.
    ORDERS = ((2, 0), (3, 1), (5, 2))

    def __init__(self, table, tensors):
        super().__init__()
        self.epsilon = float(tensors["eps"])
        self.words = nn.Embedding(*table.shape, _weight=torch.tensor(table))
        self.t = nn.ParameterDict({name: nn.Parameter(torch.tensor(np.asarray(values, np.float32)))
                                   for name, values in tensors.items() if name not in ("bits", "eps")})

    def _normal(self, x, gain, bias):
        return F.layer_norm(x, x.shape[-1:], gain, bias, self.epsilon)

    def forward(self, ids, mask, drop=0.0, drop_words=0.0):
        t, there = self.t, mask[..., None]
        e = self.words(ids) * there
        if self.training and drop_words:
            e = e * (torch.rand(ids.shape) > drop_words).float()[..., None]
        # The three word-group branches are normalised together.
        x = torch.cat([e @ t[f"proj{n}"] + t[f"proj_b{n}"] for n, _ in self.ORDERS], -1)
        x = self._normal(x, torch.cat([t[f"ln_g{n}"] for n, _ in self.ORDERS]),
                         torch.cat([t[f"ln_b{n}"] for n, _ in self.ORDERS])) * there
        features = [e]
        for i, (n, left) in enumerate(self.ORDERS):
            own = x[..., i * 256:(i + 1) * 256]

            def groups(rows):
                padded = F.pad(rows, (0, 0, left, n - 1 - left))
                return torch.cat([padded[:, j:j + rows.shape[1]] for j in range(n)], -1)

            h = (F.relu(groups(own) @ t[f"w1_{n}"] + t[f"b1_{n}"]) + own) * there
            features.append(F.relu(groups(h) @ t[f"w2_{n}"] + t[f"b2_{n}"]) + h)
        f = F.dropout(self._normal(torch.cat(features, -1), t["ln_g"], t["ln_b"]) * there, drop, self.training)
        count = mask.sum(1, keepdim=True)
        mean = F.dropout((f.sum(1) @ t["cnn_W"] + count * t["cnn_b"]) / count.sqrt(), drop, self.training)
        y0 = F.relu(mean @ t["d0"])
        y1 = F.relu(mean @ t["p1"] + y0 @ t["d1"])
        y2 = F.relu(y1 @ t["d2"])
        return torch.tanh(y1 @ t["p3"] + y2 @ t["d3"])
