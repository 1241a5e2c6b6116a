package io.ponder.planners.tree;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.LatentHeads;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.NodeKind;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.tensor.CounterRandom;

/**
 * An endless random game: everything about a state is drawn from its number, and the next number from the action. Tag 0 is the number,
 * tag 1 the kind of node, tag 2 the player to move.
 */
final class HashModel implements WorldModel, LatentHeads {
    /** What can be switched on; rates are probabilities of a state or an action. */
    record Options(
            int actions, int chances, int players, float illegal, float terminal, float stop, float flip, float discount, float broken) {
        static final Options PLAIN = new Options(6, 0, 1, 0, 0, 0, 0, 0.99f, 0);
    }

    final Options options;
    private final ModelSpec spec;
    long illegalActionsTaken;
    long steps;

    HashModel(Options options) {
        this.options = options;
        spec = new ModelSpec(1, 1, options.actions, 1, 3, options.players);
    }

    @Override
    public ModelSpec spec() {
        return spec;
    }

    @Override
    public int chanceCount() {
        return options.chances;
    }

    @Override
    public void init(float[] observations, int columns, ModelState out) {
        out.resize(columns);
        for (int k = 0; k < columns; k++) {
            out.values()[k] = observations[k];
            out.tags()[k] = (int) observations[k];
            out.tags()[columns + k] = NodeKind.DECISION;
            out.tags()[2 * columns + k] = 0;
        }
    }

    private static float uniform(int state, int purpose, int index) {
        return CounterRandom.uniform(state, purpose, index, 0);
    }

    boolean illegal(int state, int action) {
        // Action 0 stays legal, so that there is always one.
        return action > 0 && uniform(state, 1, action) < options.illegal;
    }

    @Override
    public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
        int columns = state.columns();
        ModelState next = out.next().resize(columns);
        for (int k = 0; k < columns; k++) {
            int from = state.tags()[k];
            int edge = (int) actions[k];
            boolean chance = state.tags()[columns + k] == NodeKind.CHANCE;
            if (!chance && illegal(from, edge)) illegalActionsTaken++;
            steps++;
            int to = CounterRandom.word(from, 17, edge, chance ? 1 : 0);
            boolean toChance = options.chances > 0 && !chance;
            boolean over = !toChance && uniform(to, 2, 0) < options.terminal;
            next.values()[k] = to;
            next.tags()[k] = to;
            next.tags()[columns + k] = over ? NodeKind.TERMINAL : toChance ? NodeKind.CHANCE : NodeKind.DECISION;
            int player = state.tags()[2 * columns + k];
            next.tags()[2 * columns + k] = toChance ? player : (player + 1) % options.players;
            for (int p = 0; p < options.players; p++) out.reward()[p * columns + k] = toChance ? 0 : 2 * uniform(to, 3, p) - 1;
            if (uniform(to, 4, 0) < options.broken) out.reward()[k] = Float.NaN;
            boolean stops = uniform(to, 5, 0) < options.stop;
            boolean flips = uniform(to, 6, 0) < options.flip;
            out.discount()[k] = toChance ? 1 : stops ? 0 : flips ? -options.discount : options.discount;
        }
    }

    @Override
    public void evaluate(ModelState states, ColumnKeys keys, NodeBuffer out) {
        int columns = states.columns();
        out.resize(columns);
        for (int k = 0; k < columns; k++) {
            int state = states.tags()[k];
            byte kind = (byte) states.tags()[columns + k];
            int count = kind == NodeKind.CHANCE ? options.chances : options.actions;
            for (int a = 0; a < out.width(); a++) {
                float logit = a < count ? 4 * uniform(state, 7, a) - 2 : Float.NaN;
                if (kind == NodeKind.DECISION && a < count && illegal(state, a)) logit = Float.NEGATIVE_INFINITY;
                if (a < count && uniform(state, 8, a) < options.broken) logit = a % 2 == 0 ? Float.NaN : Float.POSITIVE_INFINITY;
                out.logits()[a * columns + k] = logit;
            }
            for (int p = 0; p < options.players; p++) out.value()[p * columns + k] = 2 * uniform(state, 9, p) - 1;
            if (uniform(state, 10, 0) < options.broken) out.value()[k] = Float.NEGATIVE_INFINITY;
            out.kind()[k] = kind;
            out.playerToMove()[k] = states.tags()[2 * columns + k];
        }
    }

    @Override
    public void expand(ModelState parents, byte[] parentKinds, float[] actions, ColumnKeys keys, StepBuffer step, NodeBuffer out) {
        step(parents, actions, keys, step);
        evaluate(step.next(), keys, out);
    }

    @Override
    public WorldModel fork() {
        return this;
    }
}
