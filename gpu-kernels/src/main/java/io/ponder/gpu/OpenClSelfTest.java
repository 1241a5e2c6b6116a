package io.ponder.gpu;

import com.aparapi.device.OpenCLDevice;
import io.ponder.engine.plan.CpuRolloutExecutor;
import io.ponder.engine.plan.RolloutRequest;
import io.ponder.engine.tensor.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Tests the OpenCL devices of this machine: random words must equal the host's to the bit (some drivers get overflowing integers
 * wrong), and a small rollout to 1e-5. Safe for several threads.
 */
public final class OpenClSelfTest {
    private static final int ITEMS = 1024;
    private static final int CANDIDATES = 256;
    private static final int HORIZON = 15;
    private static final double TOLERANCE = 1e-5;

    private OpenClSelfTest() {}

    /**
     * What a device did.
     *
     * @param device its name, platform and version
     * @param passed whether it can be relied on
     * @param detail what was found, in words
     */
    public record Result(String device, boolean passed, String detail) {}

    /** Tests every device; empty where there is none. */
    public static List<Result> run() {
        List<Result> results = new ArrayList<>();
        for (OpenCLDevice device : OpenClDevices.all()) {
            String name = OpenClDevices.describe(device);
            try {
                int wrong = wrongWords(device);
                double difference = rolloutDifference(device);
                boolean passed = wrong == 0 && difference <= TOLERANCE;
                results.add(new Result(name, passed, String.format(Locale.ROOT,
                        "%d of %d random words differ, largest difference of %d returns %.1e", wrong, 2 * ITEMS, CANDIDATES, difference)));
            } catch (IllegalStateException failure) {
                results.add(new Result(name, false, String.valueOf(failure.getMessage())));
            }
        }
        return results;
    }

    private static int wrongWords(OpenCLDevice device) {
        var kernel = new RandomKernel(new int[] {0x12345678, 0x9abcdef0}, new int[2 * ITEMS]);
        DeviceLaunch.run(kernel, device.createRange(ITEMS, RolloutKernel.GROUP), 1, OpenClDevices.describe(device));
        int wrong = 0;
        for (int i = 0; i < ITEMS; i++) {
            long block = CounterRandom.block(kernel.keys[0], kernel.keys[1], i, 3);
            if (kernel.words[2 * i] != (int) block) wrong++;
            if (kernel.words[2 * i + 1] != (int) (block >>> 32)) wrong++;
        }
        kernel.dispose();
        return wrong;
    }

    private static double rolloutDifference(OpenCLDevice device) {
        var model = new PendulumTwin();
        var request = new RolloutRequest(model.spec(), 1, CANDIDATES, 1, HORIZON);
        request.roots().resize(1).values()[0] = 3;
        for (int i = 0; i < request.actions().length; i++) request.actions()[i] = 4 * CounterRandom.uniform(1, 2, i, 0) - 2;
        new CpuRolloutExecutor(model).rollout(request);
        float[] expected = request.returns().clone();
        try (var executor = new OpenClRolloutExecutor(model, null, device)) {
            executor.rollout(request);
        }
        double worst = 0;
        for (int k = 0; k < expected.length; k++) {
            worst = Math.max(worst, Math.abs(expected[k] - request.returns()[k]) / Math.max(1, Math.abs(expected[k])));
        }
        return worst;
    }
}
