package io.ponder.worldmodels.latent;

import io.ponder.engine.Checks;
import io.ponder.engine.env.Box;
import io.ponder.engine.env.Discrete;
import io.ponder.engine.env.Environment;
import io.ponder.engine.env.Space;
import io.ponder.engine.model.ModelSpec;
import java.util.Arrays;

/**
 * States what a latent model works on.
 *
 * @param observationSize entries O of an observation
 * @param actions         the action space: {@link Discrete}, or a bounded {@link Box}
 * @param latentSize      entries of an imagined state
 * @param reward          how rewards are written
 * @param value           how values are written
 * @param discount        of an imagined step, from -1 to 1: negative where two players move in turn
 */
public record LatentShape(
        int observationSize, Space actions, int latentSize, ScalarSupport reward, ScalarSupport value, double discount) {
    public LatentShape {
        Checks.positive("observationSize", observationSize);
        Checks.positive("latentSize", latentSize);
        Checks.inRange("discount", discount, -1, 1);
        if (!(actions instanceof Discrete) && !(actions instanceof Box)) {
            throw new IllegalArgumentException("The actions are " + actions + ", but a latent model takes Discrete or Box actions.");
        }
    }

    /** Returns the shape for a task. */
    public static LatentShape of(Environment task, int latentSize, ScalarSupport reward, ScalarSupport value, double discount) {
        return new LatentShape(task.observationSpace().size(), task.actionSpace(), latentSize, reward, value, discount);
    }

    /** Returns this with another number of entries of a state. */
    public LatentShape withLatentSize(int newLatentSize) {
        return new LatentShape(observationSize, actions, newLatentSize, reward, value, discount);
    }

    /** Returns the sizes for planners. */
    public ModelSpec spec() {
        return new ModelSpec(observationSize, actions.size(), actionCount(), latentSize, 0, 1);
    }

    /** Returns the number of discrete actions, 0 for continuous ones. */
    public int actionCount() {
        return actions instanceof Discrete discrete ? discrete.count() : 0;
    }

    /** Returns the rows in which an action enters a network: one a discrete action, or its entries. */
    public int actionRows() {
        return actions instanceof Discrete discrete ? discrete.count() : actions.size();
    }

    /** Returns the rows of a policy: logits, or mean and logarithm of the deviation of every entry. */
    public int policyRows() {
        return actions instanceof Discrete discrete ? discrete.count() : 2 * actions.size();
    }

    /**
     * Writes actions as networks read them: indices as rows of 0 and 1, entries of a box from -1 to 1.
     *
     * @param from {@code [actionSize x K]} from {@code offset} on. Not modified.
     * @param to   {@code [actionRows x K]} from {@code toOffset} on. Modified.
     */
    void encode(int columns, float[] from, int offset, float[] to, int toOffset) {
        if (actions instanceof Box box) {
            for (int d = 0; d < box.size(); d++) {
                float low = box.low(d);
                float scale = 2 / (box.high(d) - low);
                for (int k = 0; k < columns; k++) {
                    to[toOffset + d * columns + k] = (from[offset + d * columns + k] - low) * scale - 1;
                }
            }
            return;
        }
        Arrays.fill(to, toOffset, toOffset + actionRows() * columns, 0f);
        for (int k = 0; k < columns; k++) to[toOffset + (int) from[offset + k] * columns + k] = 1;
    }
}
