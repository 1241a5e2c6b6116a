package io.ponder.planners.tree;

import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.WorldModel;

/** Gives every decision node an edge for each action of a discrete model. */
public record AllActions() implements ActionSource {
    @Override
    public int edges(ModelSpec spec) {
        if (spec.actionCount() == 0) {
            throw new IllegalArgumentException("The model has continuous actions, but this search lists them."
                    + "\nMaybe let it sample actions: SearchRecipes.sampledMuzero.");
        }
        return spec.actionCount();
    }

    @Override
    public boolean listsAll() {
        return true;
    }

    @Override
    public Proposer proposer(WorldModel model, int capacity) {
        throw new IllegalStateException("nothing to propose");
    }
}
