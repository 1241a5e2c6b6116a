package io.ponder.gpu;

import com.aparapi.device.OpenCLDevice;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.nn.BatchEvaluator;
import io.ponder.engine.nn.Initialiser;
import io.ponder.engine.nn.Network;
import io.ponder.engine.nn.NetworkBuilder;
import io.ponder.engine.nn.Node;
import io.ponder.engine.plan.CpuRolloutExecutor;
import io.ponder.engine.plan.RolloutRequest;
import io.ponder.engine.tensor.Activation;
import io.ponder.worldmodels.ensemble.EnsembleParameters;
import io.ponder.worldmodels.ensemble.LearnedChain;
import io.ponder.worldmodels.exact.ExactTask;
import io.ponder.worldmodels.exact.ExactTasks;
import java.util.Arrays;

/**
 * Asks a device for more memory than it has, after it has worked well: run in a JVM of its own, because a driver that was refused may be of no
 * use afterwards. Exits with 0 where every call gave the right answer or an {@link IllegalStateException}, and the large one the latter.
 */
final class DeviceFaults {
    private static final int WIDTH = 200;
    private static final int SMALL = 65;
    /** Two blocks of activations of this many samples are 320 MB. */
    private static final int LARGE = 200_000;

    private DeviceFaults() {}

    /** @param arguments {@code rollouts} or {@code networks}, and {@code lie} for a device that says it has more memory than the driver gives */
    public static void main(String[] arguments) {
        OpenCLDevice device = OpenClDevices.best().orElseThrow();
        boolean lies = Arrays.asList(arguments).contains("lie");
        if (lies) {
            device.setMaxMemAllocSize(Integer.MAX_VALUE);
            device.setGlobalMemSize(1L << 40);
        }
        System.exit(arguments[0].equals("rollouts") ? rollouts(lies) : networks(lies));
    }

    private static int rollouts(boolean refusedByDriver) {
        ExactTask task = ExactTasks.find("pendulum-v1");
        WorldModel model = LearnedChain.of(3, 1).ensemble(EnsembleParameters.small().withMembers(1).withSize(1, WIDTH)).reward(task.reward())
                .build().model();
        try (var executor = new OpenClRolloutExecutor(model, null)) {
            if (wrong(executor, model, SMALL)) return 2;
            if (!fails(() -> rightOrThrows(executor, model, LARGE))) return 3;
            return afterwards(refusedByDriver, () -> rightOrThrows(executor, model, SMALL));
        }
    }

    private static void rightOrThrows(OpenClRolloutExecutor executor, WorldModel model, int candidates) {
        if (wrong(executor, model, candidates)) throw new AssertionError("a wrong number");
    }

    private static boolean wrong(OpenClRolloutExecutor executor, WorldModel model, int candidates) {
        RolloutRequest request = Twins.request(model, 1, candidates, 1, 1, new float[] {-2}, new float[] {2}, new float[] {1, 0, 0});
        new CpuRolloutExecutor(model).rollout(request);
        float[] expected = request.returns().clone();
        Arrays.fill(request.returns(), Float.NaN);
        executor.rollout(request);
        return differs(expected, request.returns());
    }

    private static int networks(boolean refusedByDriver) {
        var builder = new NetworkBuilder();
        Node x = builder.input("x", 4);
        Node y = builder.activation(Activation.RELU, builder.dense("first", x, 2 * WIDTH, Initialiser.heUniform()));
        Node out = builder.dense("out", y, 1, Initialiser.heUniform());
        Network network = builder.build(1);
        try (BatchEvaluator cpu = BatchEvaluator.onCpu(network, out);
                var evaluator = new OpenClBatchEvaluator(network, OpenClDevices.best().orElseThrow(), out)) {
            if (!same(cpu, evaluator, x, out, SMALL)) return 2;
            if (!fails(() -> sameOrThrows(cpu, evaluator, x, out, LARGE))) return 3;
            return afterwards(refusedByDriver, () -> sameOrThrows(cpu, evaluator, x, out, SMALL));
        }
    }

    private static void sameOrThrows(BatchEvaluator cpu, BatchEvaluator evaluator, Node x, Node out, int columns) {
        if (!same(cpu, evaluator, x, out, columns)) throw new AssertionError("a wrong number");
    }

    private static boolean same(BatchEvaluator cpu, BatchEvaluator device, Node x, Node out, int columns) {
        float[] input = new float[x.rows() * columns];
        for (int i = 0; i < input.length; i++) input[i] = i % 17 / 8f - 1;
        float[][] said = new float[2][columns];
        Arrays.fill(said[1], Float.NaN);
        BatchEvaluator[] both = {cpu, device};
        for (int i = 0; i < 2; i++) {
            both[i].read(x, input, columns);
            both[i].write(out, said[i], columns);
            both[i].run(columns);
        }
        return !differs(said[0], said[1]);
    }

    private static boolean differs(float[] expected, float[] found) {
        for (int i = 0; i < expected.length; i++) {
            if (!(Math.abs(expected[i] - found[i]) <= 1e-4 * Math.max(1, Math.abs(expected[i])))) return true;
        }
        return false;
    }

    private static boolean fails(Runnable work) {
        try {
            work.run();
            return false;
        } catch (IllegalStateException failure) {
            System.out.println(failure.getMessage());
            return true;
        }
    }

    /** What comes after a refusal must be right; where the driver refused it may be an error again. */
    private static int afterwards(boolean refusedByDriver, Runnable work) {
        try {
            work.run();
        } catch (IllegalStateException failure) {
            System.out.println("afterwards: " + failure.getMessage());
            if (!refusedByDriver) return 4;
        }
        return 0;
    }
}
