"""mppi-pendulum and mppi-costmap by pytorch-mppi.

usage: mppi_torch.py [mppi-pendulum] [mppi-costmap]
"""

import importlib.metadata
import math
import sys

import measure
import torch
from pytorch_mppi import MPPI


def wrapped(angle):
    return (angle + math.pi) % (2 * math.pi) - math.pi


def pendulum():
    def dynamics(state, action):
        angle, speed = state[:, 0:1], state[:, 1:2]
        torque = torch.clamp(action, -2, 2)
        speed = torch.clamp(speed + (15 * torch.sin(angle) + 3 * torch.clamp(torque, -2, 2)) * 0.05, -8, 8)
        return torch.cat((angle + speed * 0.05, speed), 1)

    def cost(state, action):
        return wrapped(state[:, 0]) ** 2 + 0.1 * state[:, 1] ** 2

    controller = MPPI(dynamics, cost, 2, torch.tensor(10.0), num_samples=1000, horizon=15, lambda_=1.0,
                      u_min=torch.tensor(-2.0), u_max=torch.tensor(2.0))
    return controller, torch.tensor([3.0, 0.5]), {"samples": 1000, "horizon": 15}


def costmap():
    cells = torch.rand(100, 100).reshape(-1)

    def dynamics(state, action):
        speed = state[:, 2:] + 0.05 * action
        return torch.cat((state[:, :2] + 0.05 * speed, speed), 1)

    def cost(state, action):
        place = (state[:, :2] * 10).long().clamp_(0, 99)
        away = state[:, :2] - 8
        return ((away * away).sum(1) + 0.1 * (state[:, 2:] ** 2).sum(1) + 0.01 * (action * action).sum(1)
                + 10 * cells[place[:, 1] * 100 + place[:, 0]])

    controller = MPPI(dynamics, cost, 4, torch.eye(2), num_samples=2048, horizon=100, lambda_=1.0,
                      u_min=torch.tensor([-2.0, -2.0]), u_max=torch.tensor([2.0, 2.0]))
    return controller, torch.tensor([1.0, 1.0, 0.0, 0.0]), {"samples": 2048, "horizon": 100}


def main(arguments):
    torch.set_num_threads(1)
    torch.manual_seed(0)
    system = f"pytorch-mppi {importlib.metadata.version('pytorch_mppi')}, torch {torch.__version__}"
    cases = {"mppi-pendulum": pendulum, "mppi-costmap": costmap}
    with torch.inference_mode():
        for case in arguments or cases:
            controller, state, parameters = cases[case]()
            nanos = measure.nanos_per_call(lambda: controller.command(state))
            measure.report(system, case, parameters, "millisPerPlan", "ms", [t / 1e6 for t in nanos])


main(sys.argv[1:])
