package io.ponder.worldmodels.ensemble;

import io.ponder.engine.data.TransitionStore;
import java.util.Random;

/** Small data sets and chains for tests. */
final class Toy {
    private Toy() {}

    /** Returns random transitions of a noisy nonlinear system of 3 entries (the second an angle) and 2 actions. */
    static TransitionStore transitions(int count, long seed) {
        var random = new Random(seed);
        var data = new TransitionStore(3, 2);
        for (int i = 0; i < count; i++) {
            float[] x = {(float) random.nextGaussian(), (float) (3 * random.nextGaussian()), 5 + (float) (2 * random.nextGaussian())};
            float[] u = {(float) random.nextGaussian(), (float) (2 * random.nextDouble() - 1)};
            float[] next = {
                x[0] + 0.1f * (float) Math.sin(x[1]) + 0.2f * u[0] + 0.02f * (float) random.nextGaussian(),
                x[1] + 0.05f * x[2] + 0.01f * (float) random.nextGaussian(),
                x[2] + 0.5f * u[1] * x[0] + 0.1f * (float) random.nextGaussian()
            };
            data.add(x, u, x[0] * u[0], next, false, i % 50 == 49);
        }
        return data;
    }

    /** Fits the statistics of the stages and makes a few optimiser steps, so that nothing is at its first value. */
    static LearnedChain warmed(LearnedChain chain) {
        TransitionStore data = transitions(300, 1);
        var rows = new int[data.size()];
        for (int i = 0; i < rows.length; i++) rows[i] = i;
        chain.learner().prepare(data, rows, rows.length);
        var perMember = new int[chain.learner().members()][];
        for (int e = 0; e < perMember.length; e++) perMember[e] = rows;
        for (int step = 0; step < 20; step++) chain.learner().trainBatch(data, perMember, 64);
        return chain;
    }
}
