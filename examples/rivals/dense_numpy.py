"""gemm by numpy with OpenBLAS.

usage: dense_numpy.py [m=8000]
"""

import sys

import measure
import numpy as np


def main(arguments):
    random = np.random.default_rng(0)
    for m, n, k in [(256, 200, 200), (2048, 200, 200), (8000, 200, 200), (1024, 1024, 1024)]:
        parameters = {"m": m, "n": n, "k": k}
        if not measure.wanted(parameters, arguments):
            continue
        x = random.standard_normal((m, k)).astype(np.float32)
        w = random.standard_normal((k, n)).astype(np.float32)
        y = np.empty((m, n), np.float32)
        nanos = measure.nanos_per_call(lambda: np.matmul(x, w, out=y))
        measure.report("numpy " + np.__version__, "gemm", parameters, "gigaflopsPerSecond", "GFLOP/s", [2 * m * n * k / t for t in nanos])


main(sys.argv[1:])
