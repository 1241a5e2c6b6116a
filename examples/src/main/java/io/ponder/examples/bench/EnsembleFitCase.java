package io.ponder.examples.bench;

import io.ponder.engine.data.TransitionStore;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.worldmodels.ensemble.DeltaTarget;
import io.ponder.worldmodels.ensemble.InputNormaliser;
import io.ponder.worldmodels.ensemble.PredictorLearner;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** One epoch of training: 10 000 transitions, each seen by every member once in an order of its own, batches of 256, Adam. */
final class EnsembleFitCase implements BenchCase {
    private static final int BATCH = 256;

    @Override
    public String name() {
        return "ensemble-fit";
    }

    @Override
    public List<Map<String, Object>> parameterSets() {
        return List.of(Parameters.of("members", 5, "rows", 10000, "hidden", 200));
    }

    @Override
    public Measurement measure(Map<String, Object> parameters, int threads, Stopwatch stopwatch) {
        int members = Parameters.whole(parameters, "members");
        int rows = Parameters.whole(parameters, "rows");
        TransitionStore data = transitions(rows);
        var ensemble = EnsembleForwardCase.ensemble(members, Parameters.whole(parameters, "hidden"));
        var learner = new PredictorLearner(new DeltaTarget(new InputNormaliser(ensemble)));
        learner.prepare(data, IntStream.range(0, rows).toArray(), rows);
        var epoch = new Runnable() {
            private final int[][] order = new int[members][rows];
            private final int[][] batch = new int[members][BATCH];
            private int epochs;

            @Override
            public void run() {
                for (int e = 0; e < members; e++) CounterRandom.permutation(rows, order[e], 0, e, 0, epochs);
                epochs++;
                for (int from = 0; from < rows; from += BATCH) {
                    int count = Math.min(BATCH, rows - from);
                    for (int e = 0; e < members; e++) System.arraycopy(order[e], from, batch[e], 0, count);
                    learner.trainBatch(data, batch, count);
                }
            }
        };
        return Measurement.of("millisPerEpoch", "ms", stopwatch.nanosPerCall(epoch), t -> t / 1e6);
    }

    private static TransitionStore transitions(int rows) {
        float[] numbers = EnsembleForwardCase.uniforms(3, rows * 5);
        var data = new TransitionStore(4, 1);
        data.beginEpisode();
        float[] observation = new float[4];
        float[] next = new float[4];
        float[] action = new float[1];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(numbers, i * 5, observation, 0, 4);
            action[0] = numbers[i * 5 + 4];
            for (int d = 0; d < 4; d++) next[d] = observation[d] + 0.1f * observation[(d + 1) % 4] * action[0];
            data.add(observation, action, 0, next, false, false);
        }
        return data;
    }
}
