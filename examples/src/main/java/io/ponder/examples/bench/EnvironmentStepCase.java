package io.ponder.examples.bench;

import io.ponder.engine.classic.BatchedTask;
import io.ponder.engine.env.Environment;
import io.ponder.engine.env.StepResult;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.examples.environments.Environments;
import java.util.List;
import java.util.Map;

/** Steps of an environment with random actions, resets included: one alone, and a batch that steps together. */
final class EnvironmentStepCase implements BenchCase {
    private static final int STEPS = 1000;

    @Override
    public String name() {
        return "environment-step";
    }

    @Override
    public List<Map<String, Object>> parameterSets() {
        return List.of(sizes("CartPole-v1", 1), sizes("Pendulum-v1", 1), sizes("CartPole-v1", 1024), sizes("Pendulum-v1", 1024));
    }

    private static Map<String, Object> sizes(String environment, int batch) {
        return Parameters.of("environment", environment, "batch", batch);
    }

    @Override
    public Measurement measure(Map<String, Object> parameters, int threads, Stopwatch stopwatch) {
        String name = Parameters.text(parameters, "environment");
        int batch = Parameters.whole(parameters, "batch");
        Runnable work = batch == 1 ? alone(Environments.make(name)) : together(name, batch);
        return Measurement.of("stepsPerSecond", "1/s", stopwatch.nanosPerCall(work), t -> 1e9 * STEPS * batch / t);
    }

    private static float action(String name, int i) {
        float uniform = CounterRandom.uniform(5, 0, i, 0);
        return name.equals("CartPole-v1") ? (uniform < 0.5f ? 0 : 1) : 4 * uniform - 2;
    }

    private static Runnable alone(Environment environment) {
        float[][] actions = new float[STEPS][1];
        for (int i = 0; i < STEPS; i++) actions[i][0] = action(environment.name(), i);
        environment.reset(0);
        return () -> {
            for (float[] action : actions) {
                StepResult result = environment.step(action);
                if (result.terminated() || result.truncated()) environment.reset();
            }
        };
    }

    /** Steps {@code batch} copies as one block; a column whose episode ended starts again from a small random state. */
    private static Runnable together(String name, int batch) {
        BatchedTask task = Environments.batched(name);
        if (task == null) throw new IllegalArgumentException(name + " has no batched equations.");
        float[][] actions = new float[16][batch];
        for (int i = 0; i < 16; i++) for (int k = 0; k < batch; k++) actions[i][k] = action(name, i * batch + k);
        int limit = Environments.maxSteps(name);
        return new Runnable() {
            private float[] state = new float[task.stateSize() * batch];
            private float[] next = new float[task.stateSize() * batch];
            private final float[] reward = new float[batch];
            private final float[] discount = new float[batch];
            private final int[] age = new int[batch];
            private final float[][] scratch = task.newScratch(batch);
            private int resets;

            @Override
            public void run() {
                for (int i = 0; i < STEPS; i++) {
                    task.step(state, actions[i & 15], batch, next, reward, discount, scratch);
                    for (int k = 0; k < batch; k++) if (++age[k] >= limit || discount[k] == 0) reset(k);
                    float[] swap = state;
                    state = next;
                    next = swap;
                }
            }

            private void reset(int k) {
                age[k] = 0;
                resets++;
                for (int d = 0; d < task.stateSize(); d++) {
                    next[d * batch + k] = 0.1f * CounterRandom.uniform(6, d, resets, 0) - 0.05f;
                }
            }
        };
    }
}
