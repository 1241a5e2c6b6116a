package io.ponder.examples.environments;

import io.ponder.engine.classic.AcrobotBatch;
import io.ponder.engine.classic.BatchedTask;
import io.ponder.engine.classic.CartPoleBatch;
import io.ponder.engine.classic.CliffWalkingTable;
import io.ponder.engine.classic.FrozenLakeTable;
import io.ponder.engine.classic.LinearQuadratic;
import io.ponder.engine.classic.LinearQuadraticBatch;
import io.ponder.engine.classic.MountainCarBatch;
import io.ponder.engine.classic.PendulumBatch;
import io.ponder.engine.classic.SwingUpBatch;
import io.ponder.engine.classic.TaxiTable;
import io.ponder.engine.env.Environment;
import io.ponder.engine.env.TimeLimit;
import io.ponder.engine.tabular.TabularEnvironment;
import io.ponder.engine.tabular.TabularMdp;
import io.ponder.examples.NearestMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes environments by name: Gymnasium's ids for its tasks, our own names for ours, upper and lower case alike. Stateless and safe for
 * several threads.
 */
public final class Environments {
    private static final int NO_LIMIT = 0;

    /**
     * One environment.
     *
     * @param maxSteps steps of an episode, or 0 for no limit
     * @param batched  the same equations for blocks of samples, or null for a table
     */
    private record Entry(
            String name, int maxSteps, Supplier<Environment> environment, @Nullable Supplier<BatchedTask> batched) {}

    private static final List<Entry> ENTRIES = List.of(
            new Entry("CartPole-v1", 500, CartPole::new, CartPoleBatch::discrete),
            new Entry("Pendulum-v1", 200, Pendulum::new, PendulumBatch::new),
            new Entry("Acrobot-v1", 500, Acrobot::new, AcrobotBatch::new),
            new Entry("MountainCar-v0", 200, MountainCar::new, MountainCarBatch::discrete),
            new Entry("MountainCarContinuous-v0", 999, ContinuousMountainCar::new, MountainCarBatch::continuous),
            new Entry("cartpole-swingup", 200, CartPoleSwingUp::new, SwingUpBatch::new),
            new Entry("cartpole-continuous", 200, ContinuousCartPole::new, CartPoleBatch::continuous),
            new Entry("double-integrator", 50, LinearQuadraticTask::doubleIntegrator,
                    () -> new LinearQuadraticBatch("double-integrator", LinearQuadratic.doubleIntegrator(1))),
            table("FrozenLake-v1", 100, () -> FrozenLakeTable.of(FrozenLakeTable.MAP_4X4, true)),
            table("FrozenLake8x8-v1", 200, () -> FrozenLakeTable.of(FrozenLakeTable.MAP_8X8, true)),
            table("CliffWalking-v1", NO_LIMIT, () -> CliffWalkingTable.of(false)),
            table("Taxi-v3", 200, TaxiTable::create));

    private Environments() {}

    private static Entry table(String name, int maxSteps, Supplier<TabularMdp> mdp) {
        return new Entry(name, maxSteps, () -> new TabularEnvironment(name, mdp.get()), null);
    }

    /** Returns the names of all environments. */
    public static List<String> names() {
        List<String> names = new ArrayList<>();
        for (Entry entry : ENTRIES) names.add(entry.name);
        return List.copyOf(names);
    }

    /** Tells whether there is an environment of this name. */
    public static boolean has(String name) {
        return find(name) != null;
    }

    /**
     * Makes an environment with its time limit.
     *
     * @throws IllegalArgumentException if there is none of this name; the message names all
     */
    public static Environment make(String name) {
        Entry entry = require(name);
        Environment environment = entry.environment.get();
        return entry.maxSteps == NO_LIMIT ? environment : new TimeLimit(environment, entry.maxSteps);
    }

    /**
     * Makes an environment without a time limit.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public static Environment unwrapped(String name) {
        return require(name).environment.get();
    }

    /**
     * Returns the steps after which an episode is truncated, or 0 if it is not.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public static int maxSteps(String name) {
        return require(name).maxSteps;
    }

    /**
     * Returns the equations of an environment for blocks of samples, what an exact model steps; null for a table.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public static @Nullable BatchedTask batched(String name) {
        Supplier<BatchedTask> batched = require(name).batched;
        return batched == null ? null : batched.get();
    }

    private static Entry require(String name) {
        Entry entry = find(name);
        if (entry != null) return entry;
        String nearest = NearestMatch.of(name, names());
        throw new IllegalArgumentException("environment is '" + name + "', but it must be one of " + String.join(", ", names())
                + "." + (nearest == null ? "" : "\nMaybe you meant " + nearest + "."));
    }

    private static @Nullable Entry find(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        for (Entry entry : ENTRIES) {
            if (entry.name.toLowerCase(Locale.ROOT).equals(wanted)) return entry;
        }
        return null;
    }
}
