package io.ponder.planners.tree;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.LatentHeads;
import io.ponder.engine.model.LeafEvaluator;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.NodeKind;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.tensor.CounterRandom;
import java.util.Arrays;

/**
 * Bandits whose arms pay 0 or 1 by chance: below an arm comes an endless chain of single moves, and every node of it, one a simulation, is
 * worth a new draw. The observation is the number of the bandit.
 */
final class NoisyArms implements WorldModel, LatentHeads {
    private static final int ROOT = -1;

    final int arms;
    private final long seed;
    private final ModelSpec spec;
    /** Calls of {@link #step}, for clocks that move with them. */
    long steps;

    NoisyArms(int arms, long seed) {
        this.arms = arms;
        this.seed = seed;
        spec = new ModelSpec(1, 1, arms, 1, 2, 1);
    }

    /** Returns the probability with which an arm pays. */
    float mean(int bandit, int arm) {
        return CounterRandom.uniform((int) seed, 7, bandit, arm);
    }

    /** Returns the best of these. */
    float best(int bandit) {
        float best = 0;
        for (int a = 0; a < arms; a++) best = Math.max(best, mean(bandit, a));
        return best;
    }

    @Override
    public ModelSpec spec() {
        return spec;
    }

    @Override
    public void init(float[] observations, int columns, ModelState out) {
        out.resize(columns);
        for (int k = 0; k < columns; k++) {
            out.tags()[k] = (int) observations[k];
            out.tags()[columns + k] = ROOT;
        }
    }

    @Override
    public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
        int columns = state.columns();
        steps++;
        out.next().resize(columns);
        for (int k = 0; k < columns; k++) {
            int arm = state.tags()[columns + k];
            out.next().tags()[k] = state.tags()[k];
            out.next().tags()[columns + k] = arm == ROOT ? (int) actions[k] : arm;
            out.reward()[k] = 0;
            out.discount()[k] = 1;
        }
    }

    @Override
    public void evaluate(ModelState states, ColumnKeys keys, NodeBuffer out) {
        int columns = states.columns();
        out.resize(columns);
        for (int k = 0; k < columns; k++) {
            boolean root = states.tags()[columns + k] == ROOT;
            for (int a = 0; a < arms; a++) out.logits()[a * columns + k] = root || a == 0 ? 0 : Float.NEGATIVE_INFINITY;
            out.value()[k] = 0.5f;
        }
        Arrays.fill(out.kind(), 0, columns, NodeKind.DECISION);
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

    /** Returns what draws the payments. */
    LeafEvaluator payments() {
        return new LeafEvaluator() {
            @Override
            public void evaluate(ModelState states, ColumnKeys keys, NodeBuffer nodes) {
                int columns = states.columns();
                for (int k = 0; k < columns; k++) {
                    int arm = states.tags()[columns + k];
                    if (arm == ROOT) continue;
                    float drawn = CounterRandom.uniform(keys.key0()[k], keys.key1()[k], keys.sample()[k], 0);
                    nodes.value()[k] = drawn < mean(states.tags()[k], arm) ? 1 : 0;
                }
            }

            @Override
            public LeafEvaluator fork() {
                return this;
            }
        };
    }
}
