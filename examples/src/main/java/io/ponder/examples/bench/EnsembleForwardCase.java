package io.ponder.examples.bench;

import io.ponder.engine.model.Prediction;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.worldmodels.ensemble.EnsembleParameters;
import io.ponder.worldmodels.ensemble.GaussianEnsemble;
import java.util.List;
import java.util.Map;

/** One step of an ensemble: every member predicts its own rows through 4 hidden layers of SiLU, 5 inputs, 4 means, 4 log-variances. */
final class EnsembleForwardCase implements BenchCase {
    @Override
    public String name() {
        return "ensemble-forward";
    }

    @Override
    public List<Map<String, Object>> parameterSets() {
        return List.of(Parameters.of("members", 5, "rows", 2000, "hidden", 200));
    }

    @Override
    public Measurement measure(Map<String, Object> parameters, int threads, Stopwatch stopwatch) {
        int members = Parameters.whole(parameters, "members");
        int rows = Parameters.whole(parameters, "rows");
        int columns = members * rows;
        var ensemble = ensemble(members, Parameters.whole(parameters, "hidden"));
        float[] observations = uniforms(1, 4 * columns);
        float[] actions = uniforms(2, columns);
        int[] member = new int[columns];
        for (int k = 0; k < columns; k++) member[k] = k / rows;
        var out = new Prediction(1, 4, columns);
        double[] nanos = stopwatch.nanosPerCall(() -> ensemble.predict(member, observations, actions, columns, out));
        return Measurement.of("millisPerForward", "ms", nanos, t -> t / 1e6);
    }

    /** Returns the ensemble that all cases time: 4 observation entries, 1 action, 4 targets. */
    static GaussianEnsemble ensemble(int members, int hidden) {
        return new GaussianEnsemble(EnsembleParameters.pets().withSize(4, hidden).withMembers(members), 4, 1, 4, 0);
    }

    static float[] uniforms(int key, int length) {
        float[] out = new float[length];
        for (int i = 0; i < length; i++) out[i] = 2 * CounterRandom.uniform(key, 0, i, 0) - 1;
        return out;
    }
}
