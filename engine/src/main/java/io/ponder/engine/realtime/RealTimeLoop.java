package io.ponder.engine.realtime;

import static io.ponder.engine.realtime.RealTimeTally.CANCELLED_PLANS;
import static io.ponder.engine.realtime.RealTimeTally.ESTIMATES;
import static io.ponder.engine.realtime.RealTimeTally.FAILED_PLANS;
import static io.ponder.engine.realtime.RealTimeTally.LATE_PLANS;
import static io.ponder.engine.realtime.RealTimeTally.OLD_PLAN_TICKS;
import static io.ponder.engine.realtime.RealTimeTally.PLANS;
import static io.ponder.engine.realtime.RealTimeTally.PLAN_TICKS;
import static io.ponder.engine.realtime.RealTimeTally.REFUSED_ESTIMATES;
import static io.ponder.engine.realtime.RealTimeTally.STALE_ESTIMATES;
import static io.ponder.engine.realtime.RealTimeTally.SUPERSEDED_ESTIMATES;
import static io.ponder.engine.realtime.RealTimeTally.WATCHDOG_TICKS;

import io.ponder.engine.Checks;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Clock;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Planner;
import io.ponder.engine.plan.Problem;
import io.ponder.engine.plan.StopReason;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Controls a running system with a planner that takes its time: a control thread hands estimates over ({@link #observe}) and asks for
 * actions ({@link #act}) at its own rate, a planner thread plans from the newest estimate.
 *
 * <p>A plan begins where the system will be: the model is rolled forward from the estimate through every command that acts until the first
 * planned action can (those given before, which take {@code actuationDelay} to act, and those that the old plan gives meanwhile). A plan is
 * played by the clock: an action that is late by a step is skipped, not delayed. Where the next plan is late the old one is played on;
 * where it is used up or its estimate is too old, the watchdog action is given. All of it is counted. A planner that throws is counted and
 * forgets its warm start; the loop goes on.
 *
 * <p>Threads: {@code observe} and {@code act} belong to one thread, never wait and allocate nothing. {@link #start} runs the planner in a
 * thread of its own; without it, {@link #planOnce} plans in the caller's, step by step, which makes runs with an injected clock
 * repeatable. Everything else is safe from any thread. The loop does not close the planner, which serves it alone until {@link #close}.
 */
public final class RealTimeLoop implements AutoCloseable {
    /** Steps that an estimate is rolled forward at most. */
    private static final int LONGEST_FORECAST = 1000;
    private static final long PATIENCE_MILLIS = 2000;

    private final Problem problem;
    private final Planner planner;
    private final Budget budget;
    private final Clock clock;
    private final long seed;
    private final long stepNanos;
    private final long controlNanos;
    private final long planningNanos;
    private final long actuationNanos;
    private final long latencyNanos;
    private final long tooLateNanos;
    private final float[] watchdogAction;
    private final int actionSize;
    private final RealTimeTally tally = new RealTimeTally();

    // Handed from thread to thread.
    private final Latest<Estimate> estimates;
    private final Latest<Trajectory> plans;
    private volatile boolean overdue;
    private volatile long dueNanos;
    private final Object cancelling = new Object();
    private boolean planning; // Guarded by cancelling.
    private volatile boolean closed;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable Thread thread;
    private volatile BiConsumer<PlanRequest, Plan> listener = (asked, plan) -> {};

    // Of the control thread.
    private final CommandHistory commands;
    private final float[] command;

    // Of the planner's thread.
    private final StateForecast forecast;
    private final PlanRequest request;
    private final Trajectory current;
    private final Trajectory previous;
    private final Trajectory next;
    private long publishedNanos;
    private long decision;

    /**
     * Creates a loop for one system. Its watchdog action is the rest action of the problem.
     *
     * @param problem what the planner was made for; its model is forked for the forecast
     * @param planner plans for one row
     * @param budget  of every call; a wall-clock limit must fit into the planning time
     * @param seed    of the planner's random numbers
     */
    public RealTimeLoop(Problem problem, Planner planner, Budget budget, RealTimeParameters parameters, long seed) {
        this(problem, planner, budget, parameters, seed, restAction(problem), Clock.SYSTEM);
    }

    /**
     * Creates a loop for one system with another watchdog action and clock.
     *
     * @throws IllegalArgumentException if the watchdog action is not within the bounds, or the budget has more time than is set aside
     */
    public RealTimeLoop(
            Problem problem, Planner planner, Budget budget, RealTimeParameters parameters, long seed, float[] watchdogAction, Clock clock) {
        this.problem = problem;
        this.planner = planner;
        this.budget = budget;
        this.clock = clock;
        this.seed = seed;
        actionSize = problem.actionSize();
        Checks.same("length of watchdogAction", watchdogAction.length, "actionSize", actionSize);
        for (int a = 0; a < actionSize; a++) {
            Checks.inRange("watchdogAction[" + a + "]", watchdogAction[a], problem.actionLow(a), problem.actionHigh(a));
        }
        this.watchdogAction = watchdogAction.clone();
        stepNanos = parameters.step().toNanos();
        controlNanos = parameters.controlPeriod().toNanos();
        planningNanos = parameters.planningTime().toNanos();
        actuationNanos = parameters.actuationDelay().toNanos();
        latencyNanos = parameters.estimateLatency().toNanos();
        tooLateNanos = parameters.tooLate().toNanos();
        if (budget.wallNanos() < Long.MAX_VALUE && budget.wallNanos() > planningNanos) {
            throw new IllegalArgumentException("The budget is " + budget + ", but planningTime is " + planningNanos / 1e6
                    + " ms, so that every plan would be late.\nMaybe raise planningTime, which may be longer than a step.");
        }
        int remembered = (int) Math.min(100_000, (actuationNanos + latencyNanos + tooLateNanos) / controlNanos + 8);
        int observationSize = problem.model().spec().observationSize();
        estimates = new Latest<>(() -> new Estimate(observationSize, remembered, actionSize));
        plans = new Latest<>(() -> new Trajectory(actionSize));
        commands = new CommandHistory(remembered, actionSize);
        command = new float[actionSize];
        forecast = new StateForecast(problem.model().fork());
        request = new PlanRequest(problem.model(), 1);
        current = new Trajectory(actionSize);
        previous = new Trajectory(actionSize);
        next = new Trajectory(actionSize);
    }

    private static float[] restAction(Problem problem) {
        float[] rest = new float[problem.actionSize()];
        for (int a = 0; a < rest.length; a++) rest[a] = problem.restAction(a);
        return rest;
    }

    /** Hands an estimate over that is {@code estimateLatency} old. */
    public void observe(float[] observation) {
        observe(observation, clock.nanoTime() - latencyNanos);
    }

    /**
     * Hands an estimate over whose age was measured.
     *
     * @param observation   the state of the system. Not modified. One with a NaN or infinite entry is counted and ignored.
     * @param measuredNanos when the system was in this state, by the loop's clock
     */
    public void observe(float[] observation, long measuredNanos) {
        Estimate estimate = estimates.back();
        Checks.length("observation", observation, estimate.observation.length, "observationSize");
        for (int i = 0; i < estimate.observation.length; i++) {
            if (!Float.isFinite(observation[i])) {
                tally.count(REFUSED_ESTIMATES);
                return;
            }
        }
        System.arraycopy(observation, 0, estimate.observation, 0, estimate.observation.length);
        estimate.measuredNanos = measuredNanos;
        estimate.handedNanos = clock.nanoTime();
        estimate.commands.copyFrom(commands);
        if (estimates.publish()) tally.count(SUPERSEDED_ESTIMATES);
        tally.count(ESTIMATES);
        LockSupport.unpark(thread);
    }

    /**
     * Gives the action to command now.
     *
     * @param out {@code [A]}, always finite and within the bounds. Modified.
     * @return where the action came from
     */
    public ActionOrigin act(float[] out) {
        Checks.length("out", out, actionSize, "actionSize");
        long now = clock.nanoTime();
        plans.take();
        Trajectory plan = plans.front();
        ActionOrigin origin;
        // The command is held for a period: the action in force at its middle covers most of it.
        if (now - plan.measuredNanos > tooLateNanos || !plan.read(now + controlNanos / 2, command, 0)) {
            System.arraycopy(watchdogAction, 0, command, 0, actionSize);
            tally.count(WATCHDOG_TICKS);
            origin = ActionOrigin.WATCHDOG;
        } else if (overdue && now - dueNanos >= 0) {
            tally.count(OLD_PLAN_TICKS);
            origin = ActionOrigin.OLD_PLAN;
        } else {
            tally.count(PLAN_TICKS);
            origin = ActionOrigin.PLAN;
        }
        commands.add(now, command);
        System.arraycopy(command, 0, out, 0, actionSize);
        return origin;
    }

    /**
     * Plans once in the calling thread, from the newest estimate.
     *
     * @return false where there is no estimate that was not planned from
     * @throws IllegalStateException if the planner has a thread of its own
     */
    public boolean planOnce() {
        if (thread != null) throw new IllegalStateException("The planner runs in a thread of its own.\nMaybe do not call start.");
        return planNewest();
    }

    private boolean planNewest() {
        if (!estimates.take()) return false;
        Estimate estimate = estimates.front();
        try {
            prepare(estimate);
        } catch (Throwable thrown) {
            fail(thrown);
        } finally {
            planning(false);
        }
        return true;
    }

    private void planning(boolean now) {
        synchronized (cancelling) {
            planning = now;
        }
    }

    /** Plans from an estimate and hands the plan over. */
    private void prepare(Estimate estimate) {
        long now = clock.nanoTime();
        // A command given at this time acts when the estimate was measured.
        long start = estimate.measuredNanos - actuationNanos;
        long committed = -Math.floorDiv(start - now - planningNanos, stepNanos);
        if (committed > LONGEST_FORECAST) {
            tally.count(STALE_ESTIMATES);
            return;
        }
        planning(true);
        next.startNanos = start;
        next.stepNanos = stepNanos;
        next.committed = (int) Math.max(0, committed);
        next.measuredNanos = estimate.measuredNanos;
        commit(estimate);
        if (!overdue) {
            dueNanos = next.dueNanos();
            overdue = true;
        }
        decision++;
        request.keys(seed, decision);
        request.elapsedSteps()[0] = elapsedSteps();
        forecast.run(estimate.observation, next.room(next.committed), next.committed, request.keys()[0], request.roots());
        Plan plan = planner.plan(request, budget);
        planning(false);
        publish(plan);
        listener.accept(request, plan);
    }

    /** Fills in the commands that act before the first planned action: given ones, then those that the current plan will give. */
    private void commit(Estimate estimate) {
        float[] actions = next.room(next.committed);
        for (int i = 0; i < next.committed; i++) {
            long middle = next.startNanos + i * stepNanos + stepNanos / 2;
            boolean given = middle - estimate.handedNanos < 0;
            if (given && estimate.commands.read(middle, actions, i * actionSize)) continue;
            // Until a late plan came, the one before it was played.
            Trajectory played = middle - publishedNanos < 0 ? previous : current;
            if (!given && middle - played.measuredNanos <= tooLateNanos && played.read(middle, actions, i * actionSize)) continue;
            System.arraycopy(watchdogAction, 0, actions, i * actionSize, actionSize);
        }
    }

    /** Returns the steps from the start of the current plan to that of the next. */
    private int elapsedSteps() {
        if (current.number == 0) return 0;
        long elapsed = next.dueNanos() - current.dueNanos();
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, Math.floorDiv(elapsed + stepNanos / 2, stepNanos)));
    }

    private void publish(Plan plan) {
        int planned = 0;
        float[] actions = next.room(next.committed + plan.horizon());
        while (planned < plan.horizon() && write(plan, planned, actions)) planned++;
        if (planned == 0) throw new IllegalStateException("The plan has no action within the bounds: " + plan.diagnostics());
        next.steps = next.committed + planned;
        next.number = current.number + 1;
        previous.copyFrom(current);
        current.copyFrom(next);
        plans.back().copyFrom(next);
        plans.publish();
        overdue = false;
        publishedNanos = clock.nanoTime();
        long delay = publishedNanos - next.dueNanos();
        if (delay > 0) {
            tally.count(LATE_PLANS);
            tally.delayed(delay);
        }
        if (plan.diagnostics().stopReason() == StopReason.CANCELLED) tally.count(CANCELLED_PLANS);
        tally.count(PLANS);
    }

    /** Copies step {@code t} of a plan and tells whether it is an action: a search may know fewer steps than its plan has room for. */
    private boolean write(Plan plan, int t, float[] actions) {
        for (int a = 0; a < actionSize; a++) {
            float value = t == 0 ? plan.actions()[a] : plan.sequence()[t * actionSize + a];
            if (!(value >= problem.actionLow(a) && value <= problem.actionHigh(a))) return false;
            actions[(next.committed + t) * actionSize + a] = value;
        }
        return true;
    }

    private void fail(Throwable thrown) {
        failure = thrown;
        tally.count(FAILED_PLANS);
        try {
            // A call that ended half-way has shifted its warm start by an unknown number of steps.
            planner.resetAll();
        } catch (RuntimeException | Error again) {
            if (again != thrown) thrown.addSuppressed(again);
        }
    }

    /**
     * Starts the planner's thread, a daemon.
     *
     * @throws IllegalStateException if it was started or closed before
     */
    public synchronized void start() {
        if (thread != null || closed) throw new IllegalStateException("The loop was started or closed before.\nMaybe make another.");
        var made = new Thread(this::planForever, "ponder-planner");
        made.setDaemon(true);
        thread = made;
        made.start();
    }

    private void planForever() {
        while (!closed) {
            if (!planNewest()) LockSupport.park(this);
        }
    }

    /** Tells the plan that is being made to answer now with the best so far; does nothing where none is being made. */
    public void cancelPlan() {
        synchronized (cancelling) {
            if (planning) planner.cancel();
        }
    }

    /**
     * Calls {@code newListener} with every request (its roots are where the plan begins) and plan, in the planner's thread, after the plan was
     * handed over; both are only valid during the call.
     */
    public void onPlan(BiConsumer<PlanRequest, Plan> newListener) {
        listener = newListener;
    }

    /** Returns what was done so far. */
    public RealTimeCounts counts() {
        return tally.counts();
    }

    /** Returns what the last failed call threw, or null where none failed. */
    public @Nullable Throwable lastFailure() {
        return failure;
    }

    /**
     * Ends the planner's thread: cancels the plan that is being made and waits for it, two seconds at most.
     *
     * @throws IllegalStateException if the planner does not return; it must not be closed then
     */
    @Override
    public synchronized void close() {
        closed = true;
        Thread running = thread;
        if (running == null) return;
        cancelPlan();
        LockSupport.unpark(running);
        boolean interrupted = false;
        try {
            running.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) Thread.currentThread().interrupt();
        if (running.isAlive()) {
            throw new IllegalStateException("The planner " + planner.name() + " did not return within " + PATIENCE_MILLIS
                    + " ms of being cancelled.\nMaybe its model waits for something.");
        }
    }
}
