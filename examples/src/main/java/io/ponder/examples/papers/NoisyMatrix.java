package io.ponder.examples.papers;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.JointActions;
import io.ponder.engine.model.LatentHeads;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.NodeKind;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.tensor.CounterRandom;

/**
 * A matrix game of two who choose at once, among A actions each, and see what they get with noise: the first gets 0.5 plus the
 * worth of his action less that of the other's plus 0.1 times a normal of the pair, with noise of standard deviation 0.25; the
 * second gets 1 less that. The worth of an action is normal with standard deviation 0.12. The state says whether the game is
 * over.
 */
final class NoisyMatrix implements WorldModel, LatentHeads, JointActions {
    private static final double SPREAD = 0.12;
    private static final double PAIRS = 0.1;
    private static final double NOISE = 0.25;

    private final int actions;
    private final ModelSpec spec;
    private final float[] entry;

    /** Draws a game. */
    NoisyMatrix(int actions, long seed) {
        this.actions = actions;
        spec = new ModelSpec(1, 1, actions * actions, 1, 0, 2);
        entry = new float[actions * actions];
        long key = CounterRandom.key(seed, 0x4D4154524958L);
        int key0 = (int) key;
        int key1 = (int) (key >>> 32);
        for (int a = 0; a < actions; a++) {
            for (int b = 0; b < actions; b++) {
                double worth = SPREAD * (CounterRandom.normal(key0, key1, 0, a) - CounterRandom.normal(key0, key1, 1, b));
                entry[a * actions + b] = (float) (0.5 + worth + PAIRS * CounterRandom.normal(key0, key1, 2, a * actions + b));
            }
        }
    }

    /** Returns what an action of the first player is worth if the other chooses uniformly. */
    double rowMean(int action) {
        double sum = 0;
        for (int b = 0; b < actions; b++) sum += entry[action * actions + b];
        return sum / actions;
    }

    @Override
    public ModelSpec spec() {
        return spec;
    }

    @Override
    public int ownActionCount(int player) {
        return actions;
    }

    @Override
    public void init(float[] observations, int columns, ModelState out) {
        System.arraycopy(observations, 0, out.resize(columns).values(), 0, columns);
    }

    @Override
    public void step(ModelState state, float[] joint, ColumnKeys keys, StepBuffer out) {
        int columns = state.columns();
        out.next().resize(columns);
        for (int k = 0; k < columns; k++) {
            float noise = CounterRandom.normal(keys.key0()[k], keys.key1()[k], keys.sample()[k], 2 * keys.step());
            float paid = entry[(int) joint[k]] + (float) NOISE * noise;
            out.reward()[k] = paid;
            out.reward()[columns + k] = 1 - paid;
            out.discount()[k] = 0;
            out.next().values()[k] = 1;
        }
    }

    @Override
    public void evaluate(ModelState states, ColumnKeys keys, NodeBuffer out) {
        int columns = states.columns();
        out.resize(columns);
        for (int k = 0; k < columns; k++) {
            boolean over = states.values()[k] > 0;
            out.kind()[k] = over ? NodeKind.TERMINAL : NodeKind.SIMULTANEOUS;
            out.playerToMove()[k] = 0;
            out.value()[k] = 0;
            out.value()[columns + k] = 0;
            for (int e = 0; e < entry.length && !over; e++) out.logits()[e * columns + k] = 0;
        }
    }

    @Override
    public void expand(ModelState parents, byte[] kinds, float[] joint, ColumnKeys keys, StepBuffer step, NodeBuffer out) {
        step(parents, joint, keys, step);
        evaluate(step.next(), keys, out);
    }

    @Override
    public WorldModel fork() {
        return this;
    }
}
