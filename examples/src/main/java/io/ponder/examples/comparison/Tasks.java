package io.ponder.examples.comparison;

import io.ponder.examples.environments.Environments;
import io.ponder.worldmodels.exact.ExactTasks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the tasks that planners are compared on: those whose equations are known. Thread-safe. */
public final class Tasks {
    private static final Map<String, Task> ALL = all();

    private Tasks() {}

    private static Map<String, Task> all() {
        Map<String, Task> tasks = new LinkedHashMap<>();
        List<String> cart = List.of("position", "speed", "angle", "angular speed");
        add(tasks, "Pendulum-v1", List.of("cosine of the angle", "sine of the angle", "angular speed"), List.of(), 20);
        add(tasks, "cartpole-swingup", cart, List.of(2), 25);
        add(tasks, "cartpole-continuous", cart, List.of(), 20);
        add(tasks, "MountainCarContinuous-v0", List.of("position", "speed"), List.of(), 100);
        add(tasks, "double-integrator", List.of("position", "speed"), List.of(), 20);
        add(tasks, "CartPole-v1", cart, List.of(), 50, 0.3, new TreeSizes(4, 1, 50));
        add(tasks, "Acrobot-v1",
                List.of("cosine of angle 1", "sine of angle 1", "cosine of angle 2", "sine of angle 2", "speed 1", "speed 2"),
                List.of(), 100, 0.8, new TreeSizes(4, 4, 300));
        add(tasks, "MountainCar-v0", List.of("position", "speed"), List.of(), 120, 0.9, new TreeSizes(10, 10, 200));
        return tasks;
    }

    private static void add(Map<String, Task> tasks, String id, List<String> names, List<Integer> angles, int horizon) {
        add(tasks, id, names, angles, horizon, 0, new TreeSizes(1, 1, horizon));
    }

    private static void add(
            Map<String, Task> tasks, String id, List<String> names, List<Integer> angles, int horizon, double repeat,
            TreeSizes trees) {
        tasks.put(id, new Task(id, () -> Environments.make(id), ExactTasks.find(id), names, angles, horizon, repeat, trees));
    }

    /** Returns the ids of all tasks. */
    public static List<String> ids() {
        return List.copyOf(ALL.keySet());
    }

    /** Returns the ids that are compared where nothing else is asked for. */
    public static List<String> defaults() {
        return List.of("Pendulum-v1", "cartpole-swingup");
    }

    /** Returns the ids that are compared where little time is asked for. */
    public static List<String> quickDefaults() {
        return List.of("Pendulum-v1");
    }

    /**
     * Returns the task of an id.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Task find(String id) {
        for (Task task : ALL.values()) if (task.id().equalsIgnoreCase(id)) return task;
        throw new IllegalArgumentException("There is no task " + id + "; there are " + String.join(", ", ids()) + ".");
    }
}
