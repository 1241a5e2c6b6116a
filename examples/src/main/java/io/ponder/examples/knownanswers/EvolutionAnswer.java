package io.ponder.examples.knownanswers;

import io.ponder.engine.tensor.CounterRandom;
import io.ponder.planners.evolution.CmaEs;
import io.ponder.planners.evolution.EvolutionStrategy;
import io.ponder.planners.evolution.Minimiser;
import io.ponder.planners.evolution.TestFunction;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Evaluations that CMA-ES needs to 1e-8 with its usual population, from starts distributed normally around 3 with deviation 2. Known: the
 * medians of cma 4.5.0 (Hansen's program); on Rosenbrock's function some starts end in the second minimum.
 */
final class EvolutionAnswer implements KnownAnswer {
    private static final double ALLOWED = 0.1;
    private static final double TARGET = 1e-8;

    private final int dimension;
    private final int seeds;
    private final long[] medians;
    private final double[] failures;

    private EvolutionAnswer(int dimension, int seeds, long[] medians, double[] failures) {
        this.dimension = dimension;
        this.seeds = seeds;
        this.medians = medians;
        this.failures = failures;
    }

    /** Ten variables: the medians of 21 seeds, the failures of 101. */
    static KnownAnswer ten() {
        return new EvolutionAnswer(10, 51, new long[] {1450, 4130, 5180}, new double[] {0, 0, 12 / 101.0});
    }

    /** Forty variables: the medians of 21 seeds, the failures of 21. */
    static KnownAnswer forty() {
        return new EvolutionAnswer(40, 51, new long[] {5265, 48_600, 62_115}, new double[] {0, 0, 2 / 21.0});
    }

    @Override
    public String name() {
        return "cma-es-" + dimension;
    }

    @Override
    public boolean slow() {
        return dimension > 10;
    }

    @Override
    public void measure(AnswerTable table) {
        var strategy = new CmaEs(dimension, EvolutionStrategy.usualPopulation(dimension));
        for (TestFunction function : TestFunction.values()) {
            long[] evaluations = new long[seeds];
            int failed = 0;
            for (int s = 0; s < seeds; s++) {
                double[] start = new double[dimension];
                for (int i = 0; i < dimension; i++) start[i] = 3 + CounterRandom.normal(s, 77, i, 0);
                var found = Minimiser.minimise(strategy, function, start, 2, s, TARGET, 20_000L * dimension);
                evaluations[s] = found.reached() ? found.evaluations() : Long.MAX_VALUE;
                if (!found.reached()) failed++;
            }
            Arrays.sort(evaluations);
            String name = "CMA-ES, " + dimension + " variables, " + function.name().toLowerCase(Locale.ROOT) + ": ";
            int row = List.of(TestFunction.values()).indexOf(function);
            long known = medians[row];
            table.atMost(name + "median evaluations", known, evaluations[seeds / 2], ALLOWED * known);
            table.atMost(name + "share of failures", failures[row], (double) failed / seeds, 0);
        }
    }
}
