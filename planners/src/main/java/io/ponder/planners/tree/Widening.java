package io.ponder.planners.tree;

import io.ponder.engine.Checks;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.WorldModel;

/**
 * Opens the edges of another source one after the other: {@code factor * visits^exponent} of them, at least one (progressive
 * widening, Coulom 2007; Chaslot and others 2008).
 *
 * @param source   proposes the actions, best first where it can
 * @param factor   greater than 0
 * @param exponent from 0 to 1
 */
public record Widening(ActionSource source, double factor, double exponent) implements ActionSource {
    public Widening {
        Checks.positive("factor", factor);
        Checks.inRange("exponent", exponent, 0, 1);
    }

    @Override
    public int edges(ModelSpec spec) {
        return source.edges(spec);
    }

    @Override
    public boolean listsAll() {
        return source.listsAll();
    }

    @Override
    public int open(int edges, int visits) {
        return (int) Math.max(1, Math.min(edges, factor * Math.pow(visits, exponent)));
    }

    @Override
    public Proposer proposer(WorldModel model, int capacity) {
        return source.proposer(model, capacity);
    }
}
