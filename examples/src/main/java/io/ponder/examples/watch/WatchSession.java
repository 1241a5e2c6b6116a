package io.ponder.examples.watch;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ObservationModel;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Planner;
import io.ponder.engine.realtime.ActionOrigin;
import io.ponder.engine.realtime.RealTimeCounts;
import io.ponder.engine.realtime.RealTimeLoop;
import io.ponder.engine.realtime.RealTimeParameters;
import io.ponder.examples.comparison.PlannerRecipes;
import io.ponder.planners.Execution;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs a scene in real time with a planner beside it: one thread steps the system and commands it, the planner has another. Settings may
 * change while it runs; the planner is then made anew and the system goes on. All methods are safe from any thread.
 */
public final class WatchSession implements AutoCloseable {
    private static final int REMEMBERED = 240;
    private static final long SEED = 42;

    private final WatchScene scene;
    private final String plannerName;
    private final WorldModel system;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Thread thread;
    private final ArrayDeque<Double> millis = new ArrayDeque<>();
    private final ArrayDeque<Double> rewards = new ArrayDeque<>();
    private final ArrayDeque<float[]> pending = new ArrayDeque<>();
    private StepBuffer state;
    private StepBuffer next;
    private volatile WatchSettings settings;
    private volatile Map<String, Object> planView = Map.of();
    private volatile Map<String, Object> tickView = Map.of();
    private volatile boolean closed;
    private volatile boolean resets;
    private volatile boolean pushes;

    /**
     * Starts.
     *
     * @throws IllegalArgumentException if the planner cannot plan for the scene
     */
    public WatchSession(WatchScene scene, String plannerName) {
        this.scene = scene;
        this.plannerName = plannerName;
        settings = WatchSettings.of(scene);
        system = scene.model();
        state = new StepBuffer(system.spec(), 1);
        next = new StepBuffer(system.spec(), 1);
        planner(scene.model()).close(); // A planner that cannot be had is found before anything runs.
        begin();
        thread = new Thread(this::run, "watched-system");
        thread.setDaemon(true);
        thread.start();
    }

    private Planner planner(WorldModel model) {
        return PlannerRecipes.create(plannerName, scene.problem(model), settings.sizes(), Execution.rows(1));
    }

    private void begin() {
        system.init(scene.start(random), 1, state.next());
        pending.clear();
    }

    private void run() {
        while (!closed) {
            WatchSettings current = settings;
            WorldModel model = scene.model();
            var view = new PlanView(scene, scene.model());
            try (Planner planner = planner(model);
                    var loop = new RealTimeLoop(scene.problem(model), planner, budget(current), parameters(current), SEED)) {
                loop.onPlan((asked, plan) -> remember(view, planner, asked, plan));
                loop.start();
                drive(loop, current);
            }
        }
    }

    private static Budget budget(WatchSettings current) {
        return Budget.wallClock(Duration.ofMillis(current.whole("budget")));
    }

    private RealTimeParameters parameters(WatchSettings current) {
        Duration step = Duration.ofNanos((long) (scene.stepSeconds() * 1e9 / current.get("speed")));
        Duration planning = Duration.ofMillis(current.whole("budget") + 3);
        return RealTimeParameters.everyStep(step)
                .withTooLate(step.multipliedBy(10).plus(planning))
                .withPlanningTime(planning)
                .withActuationDelay(step.multipliedBy(delaySteps(current)));
    }

    /** The system knows delays of whole steps only. */
    private int delaySteps(WatchSettings current) {
        return (int) Math.round(current.get("delay") / 1e3 / scene.stepSeconds());
    }

    private void remember(PlanView view, Planner planner, PlanRequest asked, Plan plan) {
        planView = view.of(planner, asked, plan);
        add(millis, plan.diagnostics().nanos() / 1e6);
    }

    private static void add(ArrayDeque<Double> values, double value) {
        synchronized (values) {
            if (values.size() == REMEMBERED) values.removeFirst();
            values.addLast(value);
        }
    }

    private static List<Double> copy(ArrayDeque<Double> values) {
        synchronized (values) {
            return new ArrayList<>(values);
        }
    }

    /** Ticks until the settings change. */
    private void drive(RealTimeLoop loop, WatchSettings current) {
        long period = (long) (scene.stepSeconds() * 1e9 / current.get("speed"));
        float[] action = new float[system.spec().actionSize()];
        float[] observation = new float[system.spec().observationSize()];
        long tick = System.nanoTime();
        while (!closed && settings == current) {
            if (resets) begin();
            resets = false;
            ((ObservationModel) system).observe(state.next(), observation);
            loop.observe(observation);
            ActionOrigin origin = loop.act(action);
            double reward = advance(action, current);
            add(rewards, reward);
            if (over()) resets = true;
            tickView = tickView(action, origin, reward, loop.counts());
            tick += period;
            long left = tick - System.nanoTime();
            if (left < -period) tick = System.nanoTime();
            while (left > 0 && !closed) {
                LockSupport.parkNanos(left);
                left = tick - System.nanoTime();
            }
        }
    }

    /** Steps the system with the command whose time has come; returns the reward. */
    private double advance(float[] command, WatchSettings current) {
        pending.addLast(command.clone());
        float[] acting = pending.size() > delaySteps(current) ? pending.removeFirst() : rest();
        while (pending.size() > delaySteps(current)) acting = pending.removeFirst();
        double noise = pushes ? 2 : current.get("noise");
        pushes = false;
        float[] disturbed = acting.clone();
        for (int a = 0; a < disturbed.length; a++) disturbed[a] += (float) (noise * scene.high()[a] * (2 * random.nextDouble() - 1));
        system.step(state.next(), disturbed, new ColumnKeys(1).resize(1), next);
        StepBuffer swap = state;
        state = next;
        next = swap;
        return state.reward()[0];
    }

    /** Tells whether the system has ended, or left what numbers can say. */
    private boolean over() {
        if (state.discount()[0] == 0) return true;
        for (int i = 0; i < system.spec().stateSize(); i++) if (!Float.isFinite(state.next().values()[i])) return true;
        return false;
    }

    private float[] rest() {
        float[] rest = new float[system.spec().actionSize()];
        for (int a = 0; a < rest.length; a++) rest[a] = 0.5f * (scene.low()[a] + scene.high()[a]);
        return rest;
    }

    private Map<String, Object> tickView(float[] action, ActionOrigin origin, double reward, RealTimeCounts counts) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("state", Arrays.copyOf(state.next().values(), system.spec().stateSize()));
        view.put("action", action.clone());
        view.put("origin", origin.name());
        view.put("reward", reward);
        view.put("counts", counts);
        return view;
    }

    /** Returns everything that the page shows, as what JSON knows. */
    Map<String, Object> frame() {
        Map<String, Object> frame = new LinkedHashMap<>();
        frame.put("format", "ponder.watch/1");
        frame.put("scene", scene.name());
        frame.put("planner", plannerName);
        frame.put("drawing", scene.drawing());
        frame.put("low", scene.low());
        frame.put("high", scene.high());
        frame.put("sliders", WatchSettings.sliders(scene));
        frame.put("settings", settings.values());
        frame.put("tick", tickView);
        frame.put("plan", planView);
        frame.put("millis", copy(millis));
        frame.put("rewards", copy(rewards));
        return frame;
    }

    /**
     * Sets what a slider sets.
     *
     * @param value a number, as it was typed
     * @throws IllegalArgumentException if there is no such slider, or the value is no number or beyond its ends
     */
    void set(String name, String value) {
        synchronized (this) {
            settings = settings.with(scene, Objects.requireNonNull(name), value);
        }
    }

    /** Begins anew. */
    void reset() {
        resets = true;
    }

    /** Adds twice the largest action, up or down, to the next one. */
    void push() {
        pushes = true;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(3000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
