package io.ponder.planners.tree;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.LeafEvaluator;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.ValueFunction;

/** Values new nodes by a function of the state, for models of one player. Thread-safe where the function is. */
public record StaticLeaf(ValueFunction function) implements LeafEvaluator {
    @Override
    public void evaluate(ModelState states, ColumnKeys keys, NodeBuffer nodes) {
        if (nodes.players() != 1) {
            throw new IllegalArgumentException("The model has " + nodes.players() + " players, but a value function knows one."
                    + "\nMaybe let the model value its own states, or write a LeafEvaluator that values them for every player.");
        }
        function.value(states, nodes.value());
    }

    @Override
    public LeafEvaluator fork() {
        return this;
    }
}
