"""tree-muzero and tree-gumbel by mctx (JAX, CPU). Compilation is not counted.

usage: tree_mctx.py [tree-muzero] [tree-gumbel] [model=table] [roots=64] [actions=18] [simulations=50]
"""

import sys

import measure

# One thread; read when the backend starts.
measure.os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
measure.os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import jax.numpy as jnp
import mctx
import numpy as np
import tree_model


def search(case, model, size):
    roots, actions, simulations = size
    logits, values = (jnp.asarray(t) for t in tree_model.tables(model, actions))

    def rows(state):
        return (state >> 16) & (tree_model.TABLE_ROWS - 1)

    def recurrent(_, key, action, state):
        following = state * jnp.uint32(1664525) + (action.astype(jnp.uint32) + jnp.uint32(1)) * jnp.uint32(1013904223)
        row = rows(following)
        output = mctx.RecurrentFnOutput(
            reward=jnp.zeros(roots), discount=jnp.full(roots, tree_model.DISCOUNT), prior_logits=logits[row], value=values[row])
        return output, following

    def zeros(_, key, action, state):
        output = mctx.RecurrentFnOutput(
            reward=jnp.zeros(roots), discount=jnp.full(roots, tree_model.DISCOUNT), prior_logits=jnp.zeros((roots, actions)),
            value=jnp.zeros(roots))
        return output, state

    model_function = recurrent if model == "table" else zeros
    state = jnp.arange(roots, dtype=jnp.uint32)
    root = mctx.RootFnOutput(prior_logits=logits[rows(state)], value=values[rows(state)], embedding=state)

    def tree(key):
        if case == "tree-gumbel":
            return mctx.gumbel_muzero_policy(
                (), key, root, model_function, simulations, max_num_considered_actions=16, gumbel_scale=0.0)
        return mctx.muzero_policy((), key, root, model_function, simulations, dirichlet_fraction=0.0, temperature=0.0)

    def answers(key):
        output = tree(key)
        return output.action, output.action_weights, output.search_tree.summary().value

    return jax.jit(answers), jax.jit(lambda key: tree(key).search_tree.parents)


def mean_depth(parents):
    """Returns the mean depth of all nodes but the root; a child comes after its parent."""
    parents = np.asarray(parents)
    depth = np.zeros_like(parents)
    for node in range(1, parents.shape[1]):
        depth[:, node] = depth[np.arange(len(depth)), parents[:, node]] + 1
    return float(depth[:, 1:].mean())


def main(arguments):
    cases = [a for a in arguments if a.startswith("tree-")] or ["tree-muzero", "tree-gumbel"]
    key = jax.random.PRNGKey(0)
    for case in cases:
        for model in ("zeros", "table"):
            for size in tree_model.SIZES:
                parameters = tree_model.parameters(model, size)
                if not measure.wanted(parameters, arguments):
                    continue
                answers, parents = search(case, model, size)
                depth = mean_depth(parents(key))
                nanos = measure.nanos_per_call(lambda: jax.block_until_ready(answers(key)))
                measure.report(f"mctx {mctx.__version__}", case, parameters, "nanosPerSimulation", "ns",
                               [n / (size[0] * size[2]) for n in nanos], meanNodeDepth=depth)


main(sys.argv[1:])
