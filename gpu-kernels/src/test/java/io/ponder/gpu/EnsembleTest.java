package io.ponder.gpu;

import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.CpuRolloutExecutor;
import io.ponder.engine.plan.RolloutRequest;
import io.ponder.engine.tensor.Activation;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.worldmodels.ensemble.EnsembleParameters;
import io.ponder.worldmodels.ensemble.LearnedChain;
import io.ponder.worldmodels.ensemble.ParticlePropagation;
import io.ponder.worldmodels.exact.ExactTask;
import io.ponder.worldmodels.exact.ExactTasks;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@NeedsOpenCl
class EnsembleTest {
    /** Of a step's size; sums over 200 inputs in another order differ by a few last bits, and a rollout adds them up. */
    private static final double TOLERANCE_PER_STEP = 1e-5;

    private static final ExactTask PENDULUM = ExactTasks.find("pendulum-v1");

    @ParameterizedTest
    @CsvSource({"1, 1", "7, 5", "64, 5", "64, 7", "200, 5", "65, 1"})
    void widthsAndMembers(int width, int members) {
        for (ParticlePropagation mode : ParticlePropagation.values()) {
            WorldModel model = chain(PENDULUM, width, members, Activation.SILU, mode, true);
            check(PENDULUM, model, width == 64 ? 997 : 65, 3, 1, new int[] {1, 2, width > 64 ? 8 : 30});
        }
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void activations(Activation activation) {
        WorldModel model = chain(PENDULUM, 12, 2, activation, ParticlePropagation.TS_INFINITY, true);
        check(PENDULUM, model, 63, 1, 1, new int[] {2});
    }

    @ParameterizedTest
    @CsvSource({"cartpole-swingup", "cartpole-continuous", "MountainCarContinuous-v0", "double-integrator", "Acrobot-v1", "CartPole-v1"})
    void rewardsAndEndsOfTheTasks(String name) {
        ExactTask task = ExactTasks.find(name);
        WorldModel model = chain(task, 16, 3, Activation.SILU, ParticlePropagation.TS_INFINITY, true);
        check(task, model, 65, 2, 2, new int[] {1, 10});
    }

    @Test
    void aLearnedRewardADiscountAndRawTargets() {
        LearnedChain chain = LearnedChain.of(3, 1).ensemble(EnsembleParameters.small().withSize(1, 9)).learnReward().discount(0.9)
                .normaliseTargets(false).delta(false).seed(3).build();
        check(PENDULUM, chain.model(), 64, 5, 1, new int[] {1, 5});
    }

    private static WorldModel chain(
            ExactTask task, int width, int members, Activation activation, ParticlePropagation mode, boolean sampled) {
        var builder = task.actionCount() > 0
                ? LearnedChain.ofDiscrete(task.observationSize(), task.actionCount())
                : LearnedChain.of(task.observationSize(), task.actionSize());
        if (task.name().equals("cartpole-continuous")) builder.angles(2);
        LearnedChain chain = builder.ensemble(EnsembleParameters.small().withMembers(members).withSize(2, width).withActivation(activation))
                .propagation(mode, sampled).reward(task.reward()).termination(task.termination()).seed(7).build();
        shrink(chain);
        return chain.model();
    }

    /** Gives the normalisers something to do and keeps 30 steps of a random net within reason. */
    private static void shrink(LearnedChain chain) {
        chain.predictor().visitTensors((name, shape, data, offset) -> {
            int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
            for (int i = offset; i < offset + size; i++) {
                float u = CounterRandom.uniform(3, 4, i, name.length());
                if (name.equals("target.scale")) data[i] = 0.02f + 0.02f * u;
                else if (name.equals("target.mean")) data[i] = 0.01f * (u - 0.5f);
                else if (name.endsWith(".scale")) data[i] = 0.5f + u;
                else if (name.endsWith(".mean")) data[i] = u - 0.5f;
                else if (name.endsWith(".bias")) data[i] = 0.2f * (u - 0.5f);
            }
        });
    }

    private static void check(ExactTask task, WorldModel model, int candidates, int particles, int rows, int[] horizons) {
        float[] root = new float[model.spec().stateSize()];
        root[0] = 0.3f;
        try (var device = new OpenClRolloutExecutor(model, null)) {
            var cpu = new CpuRolloutExecutor(model);
            for (int horizon : horizons) {
                RolloutRequest request =
                        Twins.request(model, rows, candidates, particles, horizon, task.actionLow(), task.actionHigh(), root);
                cpu.rollout(request);
                float[] expected = request.returns().clone();
                Arrays.fill(request.returns(), Float.NaN);
                device.rollout(request);
                Twins.assertClose(expected, request.returns(), request.rollouts(), TOLERANCE_PER_STEP * Math.sqrt(horizon));
            }
        }
    }
}
