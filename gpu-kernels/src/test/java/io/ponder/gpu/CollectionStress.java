package io.ponder.gpu;

import io.ponder.engine.nn.BatchEvaluator;
import io.ponder.engine.nn.Initialiser;
import io.ponder.engine.nn.Network;
import io.ponder.engine.nn.NetworkBuilder;
import io.ponder.engine.nn.Node;
import io.ponder.engine.plan.Backend;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Problem;
import io.ponder.engine.tensor.Activation;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.planners.Cem;
import io.ponder.planners.CemParameters;
import io.ponder.planners.Execution;
import io.ponder.planners.SamplingPlanner;
import io.ponder.worldmodels.ensemble.EnsembleParameters;
import io.ponder.worldmodels.ensemble.LearnedChain;
import io.ponder.worldmodels.exact.ExactTask;
import io.ponder.worldmodels.exact.ExactTasks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Plans, and judges leaves, while another thread keeps the collector busy; exits with 1 where an answer differs from the same one of a quiet
 * start.
 */
final class CollectionStress {
    private static final int DISTINCT = 10;
    private static final int LEAVES = 100;

    private CollectionStress() {}

    public static void main(String[] arguments) {
        int plans = Integer.parseInt(arguments[0]);
        ExactTask task = ExactTasks.find("pendulum-v1");
        var chain = LearnedChain.of(3, 1).ensemble(EnsembleParameters.small().withSize(1, 16)).reward(task.reward()).build();
        var problem = Problem.of(chain.model(), task.actionLow(), task.actionHigh());
        var parameters = CemParameters.DEFAULT.withHorizon(5).withIterations(1).withCandidates(64, 8);
        Leaves leaves = leaves();
        int wrong = 0;
        try (var planner = Cem.planner(problem, parameters, Execution.rows(1).on(Backend.OPENCL)); BatchEvaluator evaluator = leaves.open()) {
            var request = new PlanRequest(chain.model(), 1).observe(chain.model(), new float[] {1, 0, 0});
            List<float[]> expected = new ArrayList<>();
            List<float[]> said = new ArrayList<>();
            for (int i = 0; i < DISTINCT; i++) {
                expected.add(plan(planner, request, i));
                said.add(leaves.say(evaluator, i).clone());
            }
            var garbage = new Thread(CollectionStress::litter, "litter");
            garbage.setDaemon(true);
            garbage.start();
            for (int i = 0; i < plans; i++) {
                if (!Arrays.equals(plan(planner, request, i % DISTINCT), expected.get(i % DISTINCT))) wrong++;
                if (!Arrays.equals(leaves.say(evaluator, i % DISTINCT), said.get(i % DISTINCT))) wrong++;
            }
        }
        System.exit(wrong == 0 ? 0 : 1);
    }

    private static float[] plan(SamplingPlanner planner, PlanRequest request, int number) {
        planner.resetAll();
        return planner.plan(request.keys(3, number), Budget.UNLIMITED).sequence().clone();
    }

    private static void litter() {
        byte[][] kept = new byte[400][];
        for (int i = 0; ; i++) kept[i % kept.length] = new byte[50_000 + i % 77 * 1000];
    }

    /** A small network and its input. */
    record Leaves(Network network, Node input, Node output, float[] states, float[] values) {
        BatchEvaluator open() {
            return Backend.OPENCL.open(network, output);
        }

        /** Returns what it says of batch {@code number}, valid until the next call. */
        float[] say(BatchEvaluator evaluator, int number) {
            for (int i = 0; i < states.length; i++) states[i] = CounterRandom.uniform(5, 6, i, number % DISTINCT);
            evaluator.read(input, states, LEAVES);
            evaluator.write(output, values, LEAVES);
            evaluator.run(LEAVES);
            return values;
        }
    }

    static Leaves leaves() {
        var builder = new NetworkBuilder();
        Node input = builder.input("x", 8);
        Node hidden = builder.activation(Activation.RELU, builder.dense("first", input, 32, Initialiser.heUniform()));
        Node output = builder.dense("out", hidden, 4, Initialiser.heUniform());
        return new Leaves(builder.build(1), input, output, new float[8 * LEAVES], new float[4 * LEAVES]);
    }
}
