package io.ponder.examples.bench;

import com.sun.management.ThreadMXBean;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Clock;
import io.ponder.examples.comparison.PlannerRecipes;
import io.ponder.examples.comparison.PlannerSizes;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * How long calls of every planner take, call by call: percentiles of 10 000 calls, as the caller sees them, with a wall clock of 2 ms that
 * every planner would use up many times over; with 2 ms of the thread's own processor time, which leaves out what other programs do to a
 * machine that is not idle; and without a limit, where every call does the same work.
 *
 * <p>{@code overrun} is what the 99.9th percentile is above the wall clock, in milliseconds; {@code spread} the 99th percentile over the
 * median.
 */
final class LatencyCase implements BenchCase {
    private static final Duration WALL_CLOCK = Duration.ofMillis(2);
    private static final PlannerSizes ENDLESS = new PlannerSizes(20, 1000, 300, 1);
    private static final PlannerSizes FIXED = new PlannerSizes(20, 3, 100, 1);
    private static final long LONGEST_NANOS = 60_000_000_000L;
    private static final int DIGITS = 3;

    private final int plans;

    LatencyCase(int plans) {
        this.plans = plans;
    }

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public List<Map<String, Object>> parameterSets() {
        List<Map<String, Object>> sets = new ArrayList<>();
        for (String planner : PlannerRecipes.names()) {
            sets.add(Parameters.of("planner", planner, "clock", "2ms"));
            sets.add(Parameters.of("planner", planner, "clock", "2ms-of-thread"));
            sets.add(Parameters.of("planner", planner, "clock", "none"));
        }
        return sets;
    }

    @Override
    public Measurement measure(Map<String, Object> parameters, int threads, Stopwatch stopwatch) {
        String kind = Parameters.text(parameters, "clock");
        boolean limited = !kind.equals("none");
        Clock clock = kind.equals("2ms-of-thread") ? ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime : Clock.SYSTEM;
        Budget budget = limited ? Budget.wallClock(WALL_CLOCK) : Budget.UNLIMITED;
        try (var planner = new PlannerUnderTest(Parameters.text(parameters, "planner"), limited ? ENDLESS : FIXED, 1, clock)) {
            stopwatch.nanosPerCall(() -> planner.plan(budget));
            return record(planner, budget, limited, stopwatch.runs(), clock);
        }
    }

    private Measurement record(PlannerUnderTest planner, Budget budget, boolean limited, int runs, Clock clock) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        var histogram = new Histogram(LONGEST_NANOS, DIGITS);
        long[] nanos = new long[plans];
        long allocated = threads.getThreadAllocatedBytes(thread);
        for (int i = 0; i < plans; i++) {
            long before = clock.nanoTime();
            planner.plan(budget);
            nanos[i] = clock.nanoTime() - before;
        }
        allocated = threads.getThreadAllocatedBytes(thread) - allocated;
        for (long value : nanos) histogram.recordValue(Math.min(LONGEST_NANOS, value));
        var found = new Measurement("millisPerPlan", "ms", medians(nanos, runs))
                .with("p50", histogram.getValueAtPercentile(50) / 1e6)
                .with("p99", histogram.getValueAtPercentile(99) / 1e6)
                .with("p999", histogram.getValueAtPercentile(99.9) / 1e6)
                .with("max", histogram.getMaxValue() / 1e6)
                .with("spread", (double) histogram.getValueAtPercentile(99) / histogram.getValueAtPercentile(50));
        if (limited) found = found.with("overrun", (histogram.getValueAtPercentile(99.9) - budget.wallNanos()) / 1e6);
        return found.with("bytesPerPlan", (double) allocated / plans);
    }

    /** Returns the median of each of {@code runs} stretches of the calls, in milliseconds. */
    private static double[] medians(long[] nanos, int runs) {
        double[] medians = new double[runs];
        for (int run = 0; run < runs; run++) {
            long[] stretch = Arrays.copyOfRange(nanos, nanos.length * run / runs, nanos.length * (run + 1) / runs);
            Arrays.sort(stretch);
            medians[run] = stretch[stretch.length / 2] / 1e6;
        }
        return medians;
    }
}
