package io.ponder.examples.bench;

import io.ponder.engine.tensor.CounterRandom;
import io.ponder.planners.evolution.EvolutionPlanning;
import io.ponder.planners.evolution.EvolutionStrategy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Asks an evolution strategy for points, tells it their costs on the sphere, and begins again before it has converged. */
final class EvolutionCase implements BenchCase {
    private static final int GENERATIONS_OF_A_SEARCH = 200;

    private final String name;
    private final EvolutionPlanning.Maker maker;

    EvolutionCase(String name, EvolutionPlanning.Maker maker) {
        this.name = name;
        this.maker = maker;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Map<String, Object>> parameterSets() {
        return List.of(Parameters.of("dimension", 30), Parameters.of("dimension", 200));
    }

    @Override
    public Measurement measure(Map<String, Object> parameters, int threads, Stopwatch stopwatch) {
        int n = Parameters.whole(parameters, "dimension");
        int population = EvolutionStrategy.usualPopulation(n);
        EvolutionStrategy strategy = maker.make(n, population);
        double[] start = new double[n];
        Arrays.fill(start, 3);
        double[] points = new double[n * population];
        double[] costs = new double[population];
        var generation = new Runnable() {
            private long count;

            @Override
            public void run() {
                if (count % GENERATIONS_OF_A_SEARCH == 0) strategy.start(start, 2);
                strategy.ask(CounterRandom.key(0, count++), 0, population, points);
                for (int k = 0; k < population; k++) {
                    double sum = 0;
                    for (int i = k * n; i < (k + 1) * n; i++) sum += points[i] * points[i];
                    costs[k] = sum;
                }
                strategy.tell(population, costs);
            }
        };
        return Measurement.of("microsPerEvaluation", "us", stopwatch.nanosPerCall(generation), t -> t / 1e3 / population);
    }
}
