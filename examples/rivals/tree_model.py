"""The two nearly free models of the tree cases, `zeros` and `table`, and their sizes."""

import numpy as np

SIZES = [(1, 18, 50), (1, 7, 50), (1, 7, 800), (64, 18, 50), (256, 18, 50), (512, 50, 180), (256, 82, 200)]
DISCOUNT = 0.997
TABLE_ROWS = 4096


def tables(model, actions, seed=1):
    """Returns logits [4096, A] and values [4096]; all zero for `zeros`."""
    if model == "zeros":
        return np.zeros((TABLE_ROWS, actions), np.float32), np.zeros(TABLE_ROWS, np.float32)
    random = np.random.default_rng(seed)
    logits = random.standard_normal((TABLE_ROWS, actions)).astype(np.float32)
    return logits, random.random(TABLE_ROWS).astype(np.float32)


def parameters(model, size):
    return {"model": model, "roots": size[0], "actions": size[1], "simulations": size[2]}
