package io.ponder.planners.tree;

/** Keeps the exploration factor of {@link Puct} for small numbers of visits: a root and a logarithm less a node. */
final class ExplorationTable {
    private static final int LARGEST = 4096;

    private final Puct rule;
    private final float[] factors;

    ExplorationTable(Puct rule, int maxSimulations) {
        this.rule = rule;
        factors = new float[Math.min(LARGEST, maxSimulations + 2)];
        for (int n = 1; n < factors.length; n++) factors[n] = rule.exploration(n);
    }

    float at(int visits) {
        return visits < factors.length ? factors[visits] : rule.exploration(visits);
    }
}
