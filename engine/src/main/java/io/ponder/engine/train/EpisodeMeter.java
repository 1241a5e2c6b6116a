package io.ponder.engine.train;

import io.ponder.engine.plan.PlanDiagnostics;
import io.ponder.engine.plan.StopReason;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** Collects what an {@link EpisodeRecord} says while an episode runs. Grows with the longest episode, allocates nothing otherwise. */
final class EpisodeMeter {
    private double[] rewards = new double[256];
    private double[] promised = new double[256];
    private long[] nanos = new long[256];
    private int steps;
    private int decisions;
    private int horizon;
    private long modelSteps;
    private long bytes;
    private boolean bytesCounted;
    private String executedOn = "";
    private double sampleSizes;
    private int withSampleSize;
    private double spreads;
    private int withSpread;
    private double violation;
    private long nonFinite;
    private long failures;
    private final Map<StopReason, Integer> stops = new EnumMap<>(StopReason.class);

    void begin() {
        sampleSizes = 0;
        withSampleSize = 0;
        spreads = 0;
        withSpread = 0;
        violation = 0;
        nonFinite = 0;
        failures = 0;
        stops.clear();
        steps = 0;
        decisions = 0;
        horizon = 0;
        modelSteps = 0;
        bytes = 0;
        bytesCounted = true;
        executedOn = "";
    }

    /** Lets the policy act and, where it is a planner, measures the decision. */
    void act(Policy policy, float[] observation, float[] action) {
        if (!(policy instanceof PlannerPolicy planner)) {
            policy.act(observation, action);
            return;
        }
        if (decisions == nanos.length) {
            nanos = Arrays.copyOf(nanos, decisions * 2);
            promised = Arrays.copyOf(promised, decisions * 2);
        }
        long allocated = AllocationMeter.allocatedBytes();
        long start = System.nanoTime();
        planner.act(observation, action);
        if (!planner.decided()) return;
        nanos[decisions] = System.nanoTime() - start;
        long now = AllocationMeter.allocatedBytes();
        bytesCounted &= now >= 0;
        bytes += now - allocated;
        promised[decisions++] = planner.predictedReturn();
        modelSteps += planner.diagnostics().modelSteps();
        horizon = planner.horizon();
        executedOn = planner.diagnostics().executedOn();
        take(planner.diagnostics());
    }

    private void take(PlanDiagnostics found) {
        float sampleSize = found.effectiveSampleSize()[0];
        if (sampleSize > 0) {
            sampleSizes += sampleSize;
            withSampleSize++;
        }
        float spread = found.spread()[0];
        if (spread > 0) {
            spreads += spread;
            withSpread++;
        }
        violation = Math.max(violation, found.violation()[0]);
        nonFinite += found.nonFiniteRollouts();
        failures += found.modelFailures();
        stops.merge(found.stopReason(), 1, Integer::sum);
    }

    void earn(double reward) {
        if (steps == rewards.length) rewards = Arrays.copyOf(rewards, steps * 2);
        rewards[steps++] = reward;
    }

    EpisodeRecord record(int episode, boolean terminated, boolean truncated, long totalSteps) {
        double[] millis = new double[decisions];
        for (int i = 0; i < decisions; i++) millis[i] = nanos[i] * 1e-6;
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        double[] promiseAndFact = promiseAndFact(terminated);
        return new EpisodeRecord(
                episode,
                sum(0, steps),
                steps,
                terminated,
                truncated,
                totalSteps,
                modelSteps,
                millis,
                percentile(sorted, 0.5),
                percentile(sorted, 0.99),
                bytesCounted && decisions > 0 ? bytes / (double) decisions : Double.NaN,
                promiseAndFact[0],
                promiseAndFact[1],
                executedOn,
                new PlanHealth(decisions, withSampleSize == 0 ? Double.NaN : sampleSizes / withSampleSize,
                        withSpread == 0 ? Double.NaN : spreads / withSpread, violation, nonFinite, failures, stops));
    }

    private double[] promiseAndFact(boolean terminated) {
        double promise = 0;
        double fact = 0;
        int complete = decisions < steps ? 0 : terminated ? steps : Math.max(0, steps - horizon + 1);
        for (int t = 0; t < complete; t++) {
            promise += promised[t];
            fact += sum(t, Math.min(steps, t + horizon));
        }
        return complete == 0 ? new double[] {Double.NaN, Double.NaN} : new double[] {promise / complete, fact / complete};
    }

    private double sum(int from, int to) {
        double sum = 0;
        for (int t = from; t < to; t++) sum += rewards[t];
        return sum;
    }

    /** Returns the smallest value that at least the given share of the sorted values does not exceed (nearest rank). */
    private static double percentile(double[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
