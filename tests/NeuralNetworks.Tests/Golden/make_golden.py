"""Trains four networks with PyTorch for 100 batches and writes what came out, for GoldenTests.cs to train the same.

Usage: /usr/bin/python3 make_golden.py OUTPUT.json     (Debian: python3-torch, python3-numpy)

Nothing is recorded that both sides can make: initial weights and batches come from NumPy's PCG64, which the tests have
draw for draw. Weights are drawn tensor by tensor in the order below, U(-1/sqrt(inputs), 1/sqrt(inputs)), biases too.
A ReLU whose input comes within rounding of zero may open on one side and not on the other, and the weights then part by
more than rounding, with PyTorch in float32 and float64 as well. Hence small batches, small steps and this seed: with them
it does not happen.
Of the trained weights a sum, a sum of absolute values and evenly spaced elements are kept.
"""
import json
import sys

import numpy
import torch
from torch import nn

BATCHES = 100
BATCH = 8
FRAMES = 40
SAMPLES = 64


def nature(outputs):
    return nn.Sequential(
        nn.Conv2d(4, 32, 8, 4), nn.ReLU(), nn.Conv2d(32, 64, 4, 2), nn.ReLU(), nn.Conv2d(64, 64, 3, 1), nn.ReLU(),
        nn.Flatten(), nn.Linear(3136, 512), nn.ReLU(), nn.Linear(512, outputs))


def dense():
    return nn.Sequential(nn.Linear(4, 32), nn.ReLU(), nn.Linear(32, 32), nn.ReLU(), nn.Linear(32, 2))


def initialise(network, seed):
    rng = numpy.random.Generator(numpy.random.PCG64(seed))
    for layer in network:
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            limit = 1 / numpy.sqrt(layer.weight[0].numel())
            for tensor in (layer.weight, layer.bias):
                values = rng.uniform(-limit, limit, size=tensor.numel()).astype(numpy.float32)
                tensor.data.copy_(torch.from_numpy(values).reshape(tensor.shape))


def pictures(rng, batch):
    """Observations of four neighbouring frames from a short film of noise."""
    film = pictures.film
    starts = rng.integers(0, FRAMES - 3, size=batch)
    return torch.from_numpy(numpy.stack([film[s:s + 4] for s in starts])).float() / 255


def taken(rng, batch, actions):
    return torch.from_numpy(rng.integers(0, actions, size=batch))


def value_step(network, rng, actions):
    x, a = pictures(rng, BATCH), taken(rng, BATCH, actions)
    y = torch.from_numpy(rng.uniform(-1.5, 1.5, size=BATCH).astype(numpy.float32))
    q = network(x).gather(1, a[:, None])[:, 0]
    return nn.functional.smooth_l1_loss(q, y)


def dense_step(network, rng):
    x = torch.from_numpy(rng.uniform(-1, 1, size=(128, 4)).astype(numpy.float32))
    y = torch.from_numpy(rng.uniform(-20, 20, size=(128, 2)).astype(numpy.float32))
    return nn.functional.mse_loss(network(x), y)


def categorical_step(network, rng, actions, atoms):
    x, a = pictures(rng, BATCH), taken(rng, BATCH, actions)
    p = rng.uniform(0.1, 1, size=(BATCH, atoms))
    p = (p * p) * (p * p)
    p = torch.from_numpy((p / p.sum(axis=1, keepdims=True)).astype(numpy.float32))
    logits = network(x).reshape(BATCH, actions, atoms)[torch.arange(BATCH), a]
    return -(p * torch.log_softmax(logits, 1)).sum(1).mean()


def train(name, network, optimizer, step, clip=None):
    initialise(network, 1)
    rng = numpy.random.Generator(numpy.random.PCG64(3))
    pictures.film = rng.integers(0, 256, size=(FRAMES, 84, 84)).astype(numpy.uint8)
    optimizer = optimizer(network.parameters())
    losses = []
    for _ in range(BATCHES):
        loss = step(network, rng)
        optimizer.zero_grad()
        loss.backward()
        if clip:
            nn.utils.clip_grad_value_(network.parameters(), clip)
        optimizer.step()
        losses.append(loss.item())
    tensors = []
    for tensor in network.parameters():
        flat = tensor.detach().numpy().reshape(-1).astype(numpy.float64)
        picks = numpy.arange(min(SAMPLES, flat.size)) * flat.size // min(SAMPLES, flat.size)
        tensors.append({"sum": flat.sum(), "abs": numpy.abs(flat).sum(), "samples": flat[picks].tolist()})
    return {"name": name, "losses": losses, "tensors": tensors}


torch.set_num_threads(1)
cases = [
    train("nature-adam-huber", nature(6), lambda p: torch.optim.Adam(p, lr=1e-5, eps=1e-3), lambda n, r: value_step(n, r, 6)),
    train("nature-rmsprop-centred", nature(6),
          lambda p: torch.optim.RMSprop(p, lr=1e-5, alpha=0.95, eps=0.01, momentum=0.95, centered=True),
          lambda n, r: value_step(n, r, 6)),
    train("dense-adam-clipvalue", dense(), lambda p: torch.optim.Adam(p, lr=2e-3, eps=1e-7), dense_step, clip=0.5),
    train("nature-c51", nature(4 * 51), lambda p: torch.optim.Adam(p, lr=1e-5, eps=1e-3),
          lambda n, r: categorical_step(n, r, 4, 51)),
]
with open(sys.argv[1], "w") as file:
    json.dump({"torch": torch.__version__, "batches": BATCHES, "cases": cases}, file, indent=1)
