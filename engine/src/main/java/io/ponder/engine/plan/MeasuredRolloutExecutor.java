package io.ponder.engine.plan;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs rollouts on whichever of two executors is faster for a shape. The first rollouts of a shape are timed on both; what was found is
 * kept for the device, the model's class and the shape, for the whole process. One thread at a time.
 */
final class MeasuredRolloutExecutor implements RolloutExecutor {
    private static final int WARM_UPS = 2;
    private static final int TIMED = 3;
    private static final Map<String, String> FOUND = new ConcurrentHashMap<>();

    private final RolloutExecutor cpu;
    private final @Nullable RolloutExecutor device;
    private long shape = -1;
    private boolean useDevice;
    private String why = "";

    /** @param reason why there is no device, where it is null */
    MeasuredRolloutExecutor(RolloutExecutor cpu, @Nullable RolloutExecutor device, String reason) {
        this.cpu = cpu;
        this.device = device;
        if (device == null) why = cpu.executedOn() + " (auto: " + reason + ")";
    }

    @Override
    public void rollout(RolloutRequest request) {
        if (device == null) {
            cpu.rollout(request);
            return;
        }
        long wanted = ((long) request.rollouts() << 20) ^ request.horizon();
        if (wanted != shape) choose(request, device, wanted);
        if (useDevice) device.rollout(request);
        else cpu.rollout(request);
    }

    private void choose(RolloutRequest request, RolloutExecutor candidate, long wanted) {
        String key = candidate.executedOn() + '/' + request.rollouts() + '/' + request.horizon() + '/' + request.roots().stateSize();
        String found = FOUND.get(key);
        if (found == null) {
            double cpuNanos = nanos(cpu, request);
            double deviceNanos = nanos(candidate, request);
            boolean faster = deviceNanos < cpuNanos;
            found = (faster ? candidate : cpu).executedOn() + String.format(Locale.ROOT, " (auto: cpu %.0f us, device %.0f us for %d x %d)",
                    cpuNanos / 1e3, deviceNanos / 1e3, request.rollouts(), request.horizon());
            FOUND.put(key, found);
        }
        useDevice = found.startsWith(candidate.executedOn());
        why = found;
        shape = wanted;
    }

    /** Returns the shortest of some timed rollouts; the results are overwritten by the next. */
    private static double nanos(RolloutExecutor executor, RolloutRequest request) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < WARM_UPS + TIMED; i++) {
            long start = System.nanoTime();
            executor.rollout(request);
            if (i >= WARM_UPS) best = Math.min(best, System.nanoTime() - start);
        }
        return best;
    }

    @Override
    public String executedOn() {
        return why.isEmpty() ? "auto" : why;
    }

    @Override
    public long launches() {
        return device == null ? 0 : device.launches();
    }

    @Override
    public long bytesMoved() {
        return device == null ? 0 : device.bytesMoved();
    }

    @Override
    public void close() {
        cpu.close();
        if (device != null) device.close();
    }
}
