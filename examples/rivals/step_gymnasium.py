"""environment-step by Gymnasium: CartPole-v1 and Pendulum-v1, random actions, resets included.

A batch of 1 024 is CartPole's own vectorised environment, and for Pendulum-v1 Gymnasium's synchronous vector of single ones.

usage: step_gymnasium.py [environment=CartPole-v1] [batch=1]
"""

import sys

import gymnasium
import measure
import numpy as np

STEPS = 20_000


def single(name):
    environment = gymnasium.make(name)
    random = np.random.default_rng(0)
    if isinstance(environment.action_space, gymnasium.spaces.Discrete):
        actions = [int(a) for a in random.integers(environment.action_space.n, size=STEPS)]
    else:
        actions = list(random.uniform(-2, 2, (STEPS, 1)).astype(np.float32))
    environment.reset(seed=0)

    def work():
        for action in actions:
            _, _, terminated, truncated, _ = environment.step(action)
            if terminated or truncated:
                environment.reset()

    return work, STEPS


def vector(name, batch):
    mode = "vector_entry_point" if name == "CartPole-v1" else "sync"
    environment = gymnasium.make_vec(name, num_envs=batch, vectorization_mode=mode)
    random = np.random.default_rng(0)
    if name == "CartPole-v1":
        actions = [random.integers(2, size=batch) for _ in range(10)]
    else:
        actions = [random.uniform(-2, 2, (batch, 1)).astype(np.float32) for _ in range(10)]
    environment.reset(seed=0)

    def work():
        for action in actions:
            environment.step(action)

    return work, 10 * batch


def main(arguments):
    for name in ("CartPole-v1", "Pendulum-v1"):
        for batch in (1, 1024):
            parameters = {"environment": name, "batch": batch}
            if not measure.wanted(parameters, arguments):
                continue
            work, steps = single(name) if batch == 1 else vector(name, batch)
            nanos = measure.nanos_per_call(work)
            measure.report("Gymnasium " + gymnasium.__version__, "environment-step", parameters, "stepsPerSecond", "1/s",
                           [steps * 1e9 / t for t in nanos])


main(sys.argv[1:])
