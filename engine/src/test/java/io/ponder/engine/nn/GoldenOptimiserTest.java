package io.ponder.engine.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Optimisers, clipping and averages agree step by step with what PyTorch computed in double. */
class GoldenOptimiserTest {
    /** Single precision over ten steps. */
    private static final double TOLERANCE = 1e-5;

    @ParameterizedTest
    @ValueSource(strings = {"sgd", "adam", "adamw"})
    void everyStepAgreesWithTorch(String file) {
        for (Map<String, Object> golden : Golden.maps(Golden.read("optim/" + file), "cases")) {
            replay(golden);
        }
    }

    @SuppressWarnings("unchecked")
    private static void replay(Map<String, Object> golden) {
        String title = golden.get("algorithm") + ", " + golden.get("title");
        float[] parameters = Golden.floats(flat(Golden.maps(golden, "parameters")));
        float[] average = parameters.clone();
        Optimiser optimiser = optimiser(parameters.length, (String) golden.get("algorithm"), Golden.map(golden, "options"));
        List<Map<String, Object>> steps = Golden.maps(golden, "steps");
        for (int k = 0; k < steps.size(); k++) {
            float[] gradient = Golden.floats(flat((List<Map<String, Object>>) ((List<?>) golden.get("gradients")).get(k)));
            double norm = golden.get("clip_max_norm") == null
                    ? GradientClipping.norm(gradient, gradient.length)
                    : GradientClipping.clipNorm(gradient, gradient.length, Golden.number(golden, "clip_max_norm"));
            optimiser.step(parameters, gradient, ((Number) ((List<?>) golden.get("learning_rates")).get(k)).doubleValue());
            MovingAverage.follow(average, parameters, parameters.length, Golden.number(golden, "ema_rate"));

            String at = title + ", step " + k;
            double expectedNorm = Golden.number(steps.get(k), "gradient_norm");
            assertThat(Math.abs(norm - expectedNorm) / Math.max(1, expectedNorm)).as(at).isLessThan(TOLERANCE);
            assertThat(Golden.error(parameters, 0, flat(Golden.maps(steps.get(k), "parameters")))).as(at).isLessThan(TOLERANCE);
            assertThat(Golden.error(average, 0, flat(Golden.maps(steps.get(k), "ema")))).as(at).isLessThan(TOLERANCE);
        }
        Map<String, Object> finalState = Golden.map(golden, "final_state");
        assertThat(optimiser.steps()).isEqualTo(steps.size());
        assertThat(optimiser.state().keySet()).as(title).isEqualTo(finalState.keySet());
        optimiser.state().forEach((name, state) -> assertThat(Golden.error(state, 0, flat(Golden.maps(finalState, name))))
                .as(name + " of " + title)
                .isLessThan(TOLERANCE));
    }

    private static Optimiser optimiser(int count, String algorithm, Map<String, Object> options) {
        ParameterGroups groups = ParameterGroups.weightDecay(Golden.number(options, "weight_decay"));
        if (algorithm.equals("sgd")) {
            return new Sgd(count,
                    new Sgd.Parameters(Golden.number(options, "momentum"), Golden.number(options, "dampening"), (boolean) options.get("nesterov")),
                    groups);
        }
        List<?> betas = (List<?>) options.get("betas");
        return new Adam(count,
                new Adam.Parameters(((Number) betas.get(0)).doubleValue(), ((Number) betas.get(1)).doubleValue(),
                        Golden.number(options, "eps"), algorithm.equals("adamw"), (boolean) options.get("amsgrad")),
                groups);
    }

    private static double[] flat(List<Map<String, Object>> tensors) {
        return tensors.stream().flatMapToDouble(tensor -> java.util.Arrays.stream(Golden.values(tensor))).toArray();
    }
}
