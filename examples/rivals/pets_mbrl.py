"""cem-pets by the planning agent of mbrl-lib, and ensemble-fit by its model.

usage: pets_mbrl.py [cem-pets] [ensemble-fit]
"""

import importlib.metadata
import sys
import types

import measure
import mbrl.models
import mbrl.planning
import numpy as np
import omegaconf
import torch

try:
    import gymnasium as gym
except ImportError:
    import gym

ROWS = 10_000
BATCH = 256


def ensemble(propagation):
    return mbrl.models.GaussianMLP(
        5, 4, "cpu", num_layers=4, ensemble_size=5, hid_size=200, propagation_method=propagation,
        learn_logvar_bounds=True, activation_fn_cfg={"_target_": "torch.nn.SiLU"})


def plan(system):
    model = mbrl.models.OneDTransitionRewardModel(
        ensemble("fixed_model"), target_is_delta=True, normalize=True, learned_rewards=False)
    spaces = types.SimpleNamespace(
        observation_space=gym.spaces.Box(-np.inf, np.inf, (4,)), action_space=gym.spaces.Box(-1.0, 1.0, (1,)))

    def reward(action, following):
        return ((following[:, :1].abs() < 2.4) & (following[:, 2:3].abs() < 0.2095)).float()

    def end(action, following):
        return ~((following[:, :1].abs() < 2.4) & (following[:, 2:3].abs() < 0.2095))

    environment = mbrl.models.ModelEnv(spaces, model, end, reward, generator=torch.Generator().manual_seed(0))
    configuration = omegaconf.OmegaConf.create({
        "_target_": "mbrl.planning.TrajectoryOptimizerAgent", "planning_horizon": 15, "replan_freq": 1, "verbose": False, "_recursive_": False,
        "action_lb": "???", "action_ub": "???",
        "optimizer_cfg": {
            "_target_": "mbrl.planning.CEMOptimizer", "num_iterations": 5, "elite_ratio": 0.1, "population_size": 500,
            "alpha": 0.1, "device": "cpu", "lower_bound": "???", "upper_bound": "???", "return_mean_elites": True,
            "clipped_normal": False}})
    agent = mbrl.planning.create_trajectory_optim_agent_for_model(environment, configuration, num_particles=20)
    observation = np.zeros(4, np.float32)
    nanos = measure.nanos_per_call(lambda: agent.act(observation))
    measure.report(system, "cem-pets", {"samples": 500, "horizon": 15}, "millisPerPlan", "ms", [t / 1e6 for t in nanos])


def fit(system):
    model = ensemble(None)
    adam = torch.optim.Adam(model.parameters(), lr=1e-3)
    x = torch.rand(ROWS, 5)
    target = torch.stack([0.1 * x[:, (d + 1) % 4] * x[:, 4] for d in range(4)], 1)

    def epoch():
        order = torch.stack([torch.randperm(ROWS) for _ in range(5)])
        for start in range(0, ROWS, BATCH):
            batch = order[:, start:start + BATCH]
            model.update(x[batch], adam, target=target[batch])

    nanos = measure.nanos_per_call(epoch)
    measure.report(system, "ensemble-fit", {"members": 5, "rows": ROWS, "hidden": 200}, "millisPerEpoch", "ms", [t / 1e6 for t in nanos])


def main(arguments):
    torch.set_num_threads(1)
    torch.manual_seed(0)
    system = f"mbrl-lib {importlib.metadata.version('mbrl')}, torch {torch.__version__}"
    cases = {"cem-pets": plan, "ensemble-fit": fit}
    for case in arguments or cases:
        cases[case](system)


main(sys.argv[1:])
