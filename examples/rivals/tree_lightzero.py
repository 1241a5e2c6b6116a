"""tree-muzero and tree-gumbel by LightZero's compiled trees, with the conversions to lists that its own search loop makes.

LightZero's packages import much that a search does not need; the extension modules are imported without them.

usage: tree_lightzero.py [tree-muzero] [tree-gumbel] [model=table] [roots=64] [actions=18] [simulations=50]
"""

import importlib
import importlib.metadata
import importlib.util
import pathlib
import sys
import types

import measure
import numpy as np
import tree_model


def extension(name):
    folder = pathlib.Path(importlib.util.find_spec("lzero").submodule_search_locations[0])
    for package in ("lzero.mcts", "lzero.mcts.ctree"):
        module = types.ModuleType(package)
        module.__path__ = [str(folder.joinpath(*package.split(".")[1:]))]
        sys.modules[package] = module
    return importlib.import_module("lzero.mcts.ctree." + name)


class Search:
    """One search from root outputs to visit counts and root values."""

    def __init__(self, case, model, size):
        self.roots, self.actions, self.simulations = size
        self.gumbel = case == "tree-gumbel"
        self.tree = extension("ctree_gumbel_muzero.gmz_tree" if self.gumbel else "ctree_muzero.mz_tree")
        self.free = model == "zeros"
        self.logits, self.values = tree_model.tables(model, self.actions)
        self.legal = [list(range(self.actions)) for _ in range(self.roots)]
        self.to_play = [-1] * self.roots
        self.no_rewards = [0.0] * self.roots
        self.no_values = [0.0] * self.roots
        self.no_logits = np.zeros((self.roots, self.actions), np.float32).tolist()
        self.few = self.roots < 16
        self.logit_lists = self.logits.tolist() if self.few else []
        self.value_list = self.values.tolist()
        self.depths = []

    def expand_few(self, states, x, y, last):
        """Steps the states of a few roots one by one, which is faster than numpy for them."""
        following, values, logits = [], [], []
        for i, j, action in zip(x, y, last):
            state = (states[i][j] * 1664525 + (action + 1) * 1013904223) & 0xFFFFFFFF
            row = (state >> 16) & (tree_model.TABLE_ROWS - 1)
            following.append(state)
            values.append(self.value_list[row])
            logits.append(self.logit_lists[row])
        states.append(following)
        return values, logits

    def expand(self, states, x, y, last):
        """Steps the states of many roots at once."""
        state = np.asarray([states[i][j] for i, j in zip(x, y)], np.uint32)
        action = np.asarray(last).astype(np.uint32)
        following = state * np.uint32(1664525) + (action.astype(np.uint32) + np.uint32(1)) * np.uint32(1013904223)
        row = (following >> np.uint32(16)) & np.uint32(tree_model.TABLE_ROWS - 1)
        states.append(following)
        return self.values[row].tolist(), self.logits[row].tolist()

    def run(self, measure_depth=False):
        tree = self.tree
        state = np.arange(self.roots, dtype=np.uint32)
        row = (state >> 16) & (tree_model.TABLE_ROWS - 1)
        roots = tree.Roots(self.roots, self.legal)
        logits = self.logits[row].tolist()
        if self.gumbel:
            roots.prepare_no_noise(self.no_rewards, self.values[row].tolist(), logits, self.to_play)
        else:
            roots.prepare_no_noise(self.no_rewards, logits, self.to_play)
        bounds = tree.MinMaxStatsList(self.roots)
        bounds.set_delta(0.01)
        states = [state.tolist()]
        for simulation in range(self.simulations):
            results = tree.ResultsWrapper(num=self.roots)
            if self.gumbel:
                x, y, last, players = tree.batch_traverse(
                    roots, self.simulations, 16, tree_model.DISCOUNT, results, self.to_play)
            else:
                x, y, last, players = tree.batch_traverse(
                    roots, 19652, 1.25, tree_model.DISCOUNT, bounds, results, self.to_play)
            if measure_depth:
                self.depths.extend(results.get_search_len())
            if self.free:
                values, logits = self.no_values, self.no_logits
            elif self.few:
                values, logits = self.expand_few(states, x, y, last)
            else:
                values, logits = self.expand(states, x, y, last)
            back = tree.batch_back_propagate if self.gumbel else tree.batch_backpropagate
            back(simulation + 1, tree_model.DISCOUNT, self.no_rewards, values, logits, bounds, results, players)
        visits = np.asarray(roots.get_distributions())
        return visits.argmax(axis=1), visits, roots.get_values()


def main(arguments):
    cases = [a for a in arguments if a.startswith("tree-")] or ["tree-muzero", "tree-gumbel"]
    system = "LightZero " + importlib.metadata.version("LightZero")
    for case in cases:
        for model in ("zeros", "table"):
            for size in tree_model.SIZES:
                parameters = tree_model.parameters(model, size)
                if not measure.wanted(parameters, arguments):
                    continue
                search = Search(case, model, size)
                search.run(measure_depth=True)
                nanos = measure.nanos_per_call(search.run)
                measure.report(system, case, parameters, "nanosPerSimulation", "ns",
                               [n / (size[0] * size[2]) for n in nanos], meanNodeDepth=float(np.mean(search.depths)))


main(sys.argv[1:])
