"""gemm, ensemble-forward and ensemble-fit by PyTorch, with float32 and one batched product per layer for all members.

usage: dense_torch.py [gemm] [ensemble-forward] [ensemble-fit] [m=8000]
"""

import sys

import measure
import torch

SIZES = [(256, 200, 200), (2048, 200, 200), (8000, 200, 200), (1024, 1024, 1024)]
MEMBERS, HIDDEN, LAYERS, INPUTS, OUTPUTS = 5, 200, 4, 5, 4
BATCH = 256


class Ensemble(torch.nn.Module):
    """Members with 4 hidden layers of SiLU that predict means and log-variances between learnt bounds."""

    def __init__(self):
        super().__init__()
        sizes = [INPUTS] + [HIDDEN] * LAYERS + [2 * OUTPUTS]
        self.weights = torch.nn.ParameterList(
            torch.randn(MEMBERS, i, o) / (2 * i**0.5) for i, o in zip(sizes, sizes[1:]))
        self.biases = torch.nn.ParameterList(torch.zeros(MEMBERS, 1, o) for o in sizes[1:])
        self.high = torch.nn.Parameter(torch.full((OUTPUTS,), 0.5))
        self.low = torch.nn.Parameter(torch.full((OUTPUTS,), -10.0))

    def forward(self, x):
        for i, (weight, bias) in enumerate(zip(self.weights, self.biases)):
            x = torch.baddbmm(bias, x, weight)
            if i < LAYERS:
                x = torch.nn.functional.silu(x)
        mean, log_variance = x[..., :OUTPUTS], x[..., OUTPUTS:]
        log_variance = self.high - torch.nn.functional.softplus(self.high - log_variance)
        return mean, self.low + torch.nn.functional.softplus(log_variance - self.low)


def gemm(system, arguments):
    for m, n, k in SIZES:
        parameters = {"m": m, "n": n, "k": k}
        if not measure.wanted(parameters, arguments):
            continue
        x, w, y = torch.randn(m, k), torch.randn(k, n), torch.empty(m, n)
        nanos = measure.nanos_per_call(lambda: torch.mm(x, w, out=y))
        measure.report(system, "gemm", parameters, "gigaflopsPerSecond", "GFLOP/s", [2 * m * n * k / t for t in nanos])


def forward(system, arguments):
    rows = 2000
    net, x = Ensemble(), torch.rand(MEMBERS, rows, INPUTS)
    with torch.inference_mode():
        nanos = measure.nanos_per_call(lambda: net(x))
    measure.report(system, "ensemble-forward", {"members": MEMBERS, "rows": rows, "hidden": HIDDEN}, "millisPerForward", "ms",
                   [t / 1e6 for t in nanos])


def fit(system, arguments):
    rows = 10_000
    net = Ensemble()
    adam = torch.optim.Adam(net.parameters(), lr=1e-3)
    x = torch.rand(rows, INPUTS)
    target = torch.stack([0.1 * x[:, (d + 1) % 4] * x[:, 4] for d in range(OUTPUTS)], 1)

    def epoch():
        order = torch.stack([torch.randperm(rows) for _ in range(MEMBERS)])
        for start in range(0, rows, BATCH):
            batch = order[:, start:start + BATCH]
            mean, log_variance = net(x[batch])
            error = (target[batch] - mean) ** 2
            loss = (error * torch.exp(-log_variance) + log_variance).mean((1, 2)).sum()
            loss = loss + 0.01 * (net.high.sum() - net.low.sum())
            adam.zero_grad()
            loss.backward()
            adam.step()

    nanos = measure.nanos_per_call(epoch)
    measure.report(system, "ensemble-fit", {"members": MEMBERS, "rows": rows, "hidden": HIDDEN}, "millisPerEpoch", "ms",
                   [t / 1e6 for t in nanos])


def main(arguments):
    torch.set_num_threads(1)
    torch.manual_seed(0)
    cases = {"gemm": gemm, "ensemble-forward": forward, "ensemble-fit": fit}
    named = [a for a in arguments if "=" not in a] or cases
    for case in named:
        cases[case]("torch " + torch.__version__, arguments)


main(sys.argv[1:])
