package io.ponder.engine.plan;

import io.ponder.engine.nn.BatchEvaluator;
import io.ponder.engine.nn.Node;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Runs batches on whichever of two evaluators is faster for their size, in steps of 64 columns. The first batch of a size is timed on both;
 * what was found is kept for this evaluator. One thread at a time.
 */
final class MeasuredBatchEvaluator implements BatchEvaluator {
    private static final int COLUMNS_OF_A_SIZE = 64;
    private static final int WARM_UPS = 2;
    private static final int TIMED = 3;

    private final BatchEvaluator cpu;
    private final BatchEvaluator device;
    private final Map<Integer, BatchEvaluator> faster = new HashMap<>();
    private String why = "auto";

    MeasuredBatchEvaluator(BatchEvaluator cpu, BatchEvaluator device) {
        this.cpu = cpu;
        this.device = device;
    }

    @Override
    public void read(Node input, float[] source, int columns) {
        cpu.read(input, source, columns);
        device.read(input, source, columns);
    }

    @Override
    public void write(Node output, float[] sink, int columns) {
        cpu.write(output, sink, columns);
        device.write(output, sink, columns);
    }

    @Override
    public void run(int columns) {
        Integer size = (columns + COLUMNS_OF_A_SIZE - 1) / COLUMNS_OF_A_SIZE;
        BatchEvaluator chosen = faster.get(size);
        if (chosen == null) {
            chosen = choose(columns);
            faster.put(size, chosen);
        }
        chosen.run(columns);
    }

    private BatchEvaluator choose(int columns) {
        double cpuNanos = nanos(cpu, columns);
        double deviceNanos = nanos(device, columns);
        BatchEvaluator chosen = deviceNanos < cpuNanos ? device : cpu;
        why = chosen.executedOn() + String.format(Locale.ROOT, " (auto: cpu %.0f us, device %.0f us for %d columns)",
                cpuNanos / 1e3, deviceNanos / 1e3, columns);
        return chosen;
    }

    /** Returns the shortest of some timed runs; the results are overwritten by the next. */
    private static double nanos(BatchEvaluator evaluator, int columns) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < WARM_UPS + TIMED; i++) {
            long start = System.nanoTime();
            evaluator.run(columns);
            if (i >= WARM_UPS) best = Math.min(best, System.nanoTime() - start);
        }
        return best;
    }

    @Override
    public void parametersChanged() {
        cpu.parametersChanged();
        device.parametersChanged();
    }

    @Override
    public String executedOn() {
        return why;
    }

    @Override
    public long launches() {
        return device.launches();
    }

    @Override
    public long bytesMoved() {
        return device.bytesMoved();
    }

    @Override
    public void close() {
        cpu.close();
        device.close();
    }
}
