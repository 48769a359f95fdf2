"""The figures of the network suite with PyTorch: prints {name: microseconds}. Arguments: threads, scale."""
import json
import statistics
import sys
import time

import torch
from torch import nn

threads, scale = int(sys.argv[1]), float(sys.argv[2])
torch.set_num_threads(threads)
torch.manual_seed(1)
ACTIONS, ATOMS, BATCH = 6, 51, 32
ROUNDS = 5


def measure(calls, call):
    """The median of rounds, after one to warm up."""
    each = max(4, int(calls * scale) // ROUNDS)
    times = []
    for _ in range(ROUNDS + 1):
        started = time.perf_counter()
        for _ in range(each):
            call()
        times.append((time.perf_counter() - started) / each)
    return statistics.median(times[1:]) * 1e6


def trunk():
    return [nn.Conv2d(4, 32, 8, 4), nn.ReLU(), nn.Conv2d(32, 64, 4, 2), nn.ReLU(), nn.Conv2d(64, 64, 3, 1), nn.ReLU(), nn.Flatten()]


def nature():
    return nn.Sequential(*trunk(), nn.Linear(3136, 512), nn.ReLU(), nn.Linear(512, ACTIONS))


def nips():
    return nn.Sequential(nn.Conv2d(4, 16, 8, 4), nn.ReLU(), nn.Conv2d(16, 32, 4, 2), nn.ReLU(), nn.Flatten(),
                         nn.Linear(2592, 256), nn.ReLU(), nn.Linear(256, ACTIONS))


class Noisy(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        limit = inputs ** -0.5
        self.weight = nn.Parameter(torch.empty(outputs, inputs).uniform_(-limit, limit))
        self.weight_scale = nn.Parameter(torch.full((outputs, inputs), 0.5 * limit))
        self.bias = nn.Parameter(torch.empty(outputs).uniform_(-limit, limit))
        self.bias_scale = nn.Parameter(torch.full((outputs,), 0.5 * limit))
        self.draw()

    def draw(self):
        p, q = (x.sign() * x.abs().sqrt() for x in (torch.randn(self.weight.shape[1]), torch.randn(self.weight.shape[0])))
        self.weight_noise, self.bias_noise = q.outer(p), q

    def forward(self, x):
        return nn.functional.linear(x, self.weight + self.weight_scale * self.weight_noise, self.bias + self.bias_scale * self.bias_noise)


class Rainbow(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(*trunk())
        self.value = nn.Sequential(Noisy(3136, 512), nn.ReLU(), Noisy(512, ATOMS))
        self.advantage = nn.Sequential(Noisy(3136, 512), nn.ReLU(), Noisy(512, ACTIONS * ATOMS))

    def draw(self):
        for layer in (self.value[0], self.value[2], self.advantage[0], self.advantage[2]):
            layer.draw()

    def forward(self, x):
        x = self.trunk(x)
        value, advantage = self.value(x)[:, None], self.advantage(x).reshape(-1, ACTIONS, ATOMS)
        return value + advantage - advantage.mean(1, keepdim=True)


def pictures(count):
    return torch.randint(0, 256, (count, 4, 84, 84), dtype=torch.uint8)


def scaled(observations):
    return observations.float() / 255


def value_update(network):
    online, target = network(), network()
    optimizer = torch.optim.Adam(online.parameters(), lr=1e-4)
    observations, following = pictures(BATCH), pictures(BATCH)
    taken, rewards = torch.arange(BATCH)[:, None] % ACTIONS, torch.zeros(BATCH)

    def call():
        with torch.no_grad():
            targets = rewards + 0.99 * target(scaled(following)).max(1).values
        values = online(scaled(observations)).gather(1, taken)[:, 0]
        loss = nn.functional.smooth_l1_loss(values, targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()
    return call


def act(count):
    network, observations = nature(), pictures(count)

    def call():
        with torch.no_grad():
            return network(scaled(observations))
    return call


def dense_update():
    network = nn.Sequential(nn.Linear(4, 32), nn.ReLU(), nn.Linear(32, 32), nn.ReLU(), nn.Linear(32, 2))
    optimizer = torch.optim.Adam(network.parameters(), lr=2e-4)
    observations, labels = torch.rand(128, 4) * 2 - 1, torch.rand(128, 2) * 2 - 1

    def call():
        loss = nn.functional.mse_loss(network(observations), labels)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_value_(network.parameters(), 2)
        optimizer.step()
        return loss.item()
    return call


def rainbow_update():
    online, target = Rainbow(), Rainbow()
    optimizer = torch.optim.Adam(online.parameters(), lr=6.25e-5, eps=1.5e-4)
    observations, following = pictures(BATCH), pictures(BATCH)
    rows, taken = torch.arange(BATCH), torch.arange(BATCH) % ACTIONS
    rewards, weights = torch.zeros(BATCH, 1), torch.ones(BATCH)
    support = torch.linspace(-10, 10, ATOMS)

    def call():
        online.draw()
        target.draw()
        with torch.no_grad():
            chosen = (online(scaled(following)).softmax(2) * support).sum(2).argmax(1)
            mass = target(scaled(following)).softmax(2)[rows, chosen]
            place = ((rewards + 0.97 * support).clamp(-10, 10) + 10) / 0.4
            lower = place.floor().clamp(max=ATOMS - 1)
            upper = (lower + 1).clamp(max=ATOMS - 1)
            targets = torch.zeros(BATCH, ATOMS)
            targets.scatter_add_(1, lower.long(), mass * (1 - (place - lower)))
            targets.scatter_add_(1, upper.long(), mass * (place - lower))
        errors = -(targets * online(scaled(observations))[rows, taken].log_softmax(1)).sum(1)
        loss = (weights * errors).mean()
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(online.parameters(), 10)
        optimizer.step()
        return loss.item()
    return call


print(json.dumps({
    "nature-update-b32": measure(100, value_update(nature)),
    "nature-act-b1": measure(1000, act(1)),
    "nature-act-b8": measure(400, act(8)),
    "dense32x2-update-b128": measure(2000, dense_update()),
    "nips-update-b32": measure(200, value_update(nips)),
    "rainbow-update-b32": measure(50, rainbow_update()),
}))
