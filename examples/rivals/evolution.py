"""cma-es and sep-cma-es by cma and by pypop7: the sphere from (3, ..., 3) with sigma 2.

usage: evolution.py [cma-es] [sep-cma-es] [dimension=30]
"""

import importlib.metadata
import sys
import warnings

import measure

import cma
import numpy
from pypop7.optimizers.es.sepcmaes import SEPCMAES

GENERATIONS = {30: 150, 200: 60}


def sphere(x):
    return float(numpy.dot(x, x))


def cma_search(dimension, diagonal):
    """Returns evaluations made by a search of fixed length through ask and tell."""
    search = cma.CMAEvolutionStrategy(3 * numpy.ones(dimension), 2, {"verbose": -9, "seed": 1, "CMA_diagonal": diagonal, "maxfevals": 1e9})
    for _ in range(GENERATIONS[dimension]):
        points = search.ask()
        search.tell(points, [sphere(x) for x in points])
    return GENERATIONS[dimension] * search.popsize


def pypop_search(dimension):
    """The same by pypop7, whose public interface is a whole search."""
    problem = {"fitness_function": sphere, "ndim_problem": dimension,
               "lower_boundary": -10 * numpy.ones(dimension), "upper_boundary": 10 * numpy.ones(dimension)}
    population = 4 + int(3 * numpy.log(dimension))
    options = {"max_function_evaluations": GENERATIONS[dimension] * population, "seed_rng": 1, "mean": 3 * numpy.ones(dimension),
               "sigma": 2.0, "verbose": False, "saving_fitness": False, "fitness_threshold": -1.0}
    return SEPCMAES(problem, options).optimize()["n_function_evaluations"]


def time_search(package, case, dimension, search):
    evaluations = search()
    nanos = measure.nanos_per_call(search)
    system = f"{package} {importlib.metadata.version(package)}"
    measure.report(system, case, {"dimension": dimension}, "microsPerEvaluation", "us", [t / 1e3 / evaluations for t in nanos])


def main(arguments):
    warnings.simplefilter("ignore")
    cases = [a for a in arguments if "=" not in a] or ["cma-es", "sep-cma-es"]
    for dimension in GENERATIONS:
        if not measure.wanted({"dimension": dimension}, arguments):
            continue
        if "cma-es" in cases:
            time_search("cma", "cma-es", dimension, lambda: cma_search(dimension, False))
        if "sep-cma-es" in cases:
            time_search("cma", "sep-cma-es", dimension, lambda: cma_search(dimension, True))
            time_search("pypop7", "sep-cma-es", dimension, lambda: pypop_search(dimension))


main(sys.argv[1:])
