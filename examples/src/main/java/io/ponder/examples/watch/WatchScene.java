package io.ponder.examples.watch;

import io.ponder.engine.classic.ObstaclesBatch;
import io.ponder.engine.classic.ReacherBatch;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Problem;
import io.ponder.worldmodels.exact.ExactModel;
import io.ponder.worldmodels.exact.ExactTask;
import io.ponder.worldmodels.exact.ExactTasks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * A system that can be watched: its exact model, which also plays the system, where it starts, and which of its points is drawn as a
 * trajectory. All have continuous actions.
 */
public final class WatchScene {
    private static final double POLE = 0.6;

    /** Draws the observation that a run starts with. */
    interface Start {
        float[] draw(SplittableRandom random);
    }

    /** Returns x and y of the point that is followed, for column k of a block of states. */
    interface Follow {
        void point(float[] states, int columns, int k, float[] out, int at);
    }

    private final String name;
    private final Supplier<WorldModel> model;
    private final float[] low;
    private final float[] high;
    private final double stepSeconds;
    private final int horizon;
    private final Start start;
    private final Follow follow;
    private final Map<String, Object> drawing;

    WatchScene(
            String name, Supplier<WorldModel> model, float[] low, float[] high, double stepSeconds, int horizon, Start start, Follow follow,
            Map<String, Object> drawing) {
        this.name = name;
        this.model = model;
        this.low = low;
        this.high = high;
        this.stepSeconds = stepSeconds;
        this.horizon = horizon;
        this.start = start;
        this.follow = follow;
        this.drawing = drawing;
    }

    /** Returns the names of all scenes. */
    public static List<String> names() {
        return List.of("pendulum", "cartpole-swingup", "reacher", "obstacles");
    }

    /**
     * Returns a scene.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static WatchScene find(String name) {
        return switch (name) {
            case "pendulum" -> of(name, ExactTasks.find("pendulum-v1"), 0.05, 20,
                    random -> new float[] {-1, 0, (float) random.nextDouble(-0.5, 0.5)},
                    (x, n, k, out, at) -> {
                        out[at] = (float) Math.sin(x[k]);
                        out[at + 1] = (float) Math.cos(x[k]);
                    });
            case "cartpole-swingup" -> of(name, ExactTasks.find(name), 0.04, 25,
                    random -> new float[] {(float) random.nextDouble(-0.5, 0.5), 0, -1, 0, 0},
                    (x, n, k, out, at) -> {
                        out[at] = x[k] + (float) (POLE * Math.sin(x[2 * n + k]));
                        out[at + 1] = (float) (POLE * Math.cos(x[2 * n + k]));
                    });
            case "reacher" -> new WatchScene(name, () -> new ExactModel(new ReacherBatch()), new float[] {-1, -1}, new float[] {1, 1},
                    ReacherBatch.TIME_STEP, 20, WatchScene::reacherStart,
                    (x, n, k, out, at) -> {
                        out[at] = ReacherBatch.tipX(x[k], x[n + k]);
                        out[at + 1] = ReacherBatch.tipY(x[k], x[n + k]);
                    },
                    Map.of("length", ReacherBatch.LENGTH));
            case "obstacles" -> {
                ObstaclesBatch task = ObstaclesBatch.standard();
                yield new WatchScene(name, () -> new ExactModel(task), new float[] {-1, -1}, new float[] {1, 1}, ObstaclesBatch.TIME_STEP, 30,
                        random -> new float[] {(float) random.nextDouble(-0.9, -0.5), (float) random.nextDouble(-0.95, -0.75), 0, 0},
                        (x, n, k, out, at) -> {
                            out[at] = x[k];
                            out[at + 1] = x[n + k];
                        },
                        Map.of("obstacles", task.obstacles(), "goal", new float[] {task.goalX(), task.goalY()}));
            }
            default -> throw new IllegalArgumentException("There is no scene " + name + "; there are " + String.join(", ", names()) + ".");
        };
    }

    private static WatchScene of(String name, ExactTask task, double stepSeconds, int horizon, Start start, Follow follow) {
        return new WatchScene(name, task::model, task.actionLow(), task.actionHigh(), stepSeconds, horizon, start, follow,
                new LinkedHashMap<>(Map.of("length", name.equals("pendulum") ? 1 : POLE)));
    }

    private static float[] reacherStart(SplittableRandom random) {
        double angle = random.nextDouble(-Math.PI, Math.PI);
        double distance = random.nextDouble(0.35, 0.95);
        return new float[] {
            0, 0.3f, 0, 0, (float) (distance * Math.cos(angle)), (float) (distance * Math.sin(angle))
        };
    }

    /** Returns the name. */
    public String name() {
        return name;
    }

    /** Returns a new model. */
    WorldModel model() {
        return model.get();
    }

    /** Returns the problem of planning with a model of this scene. */
    Problem problem(WorldModel planned) {
        return Problem.of(planned, low, high);
    }

    float[] low() {
        return low.clone();
    }

    float[] high() {
        return high.clone();
    }

    /** Returns the seconds of a step. */
    double stepSeconds() {
        return stepSeconds;
    }

    /** Returns the horizon that is planned at first. */
    int horizon() {
        return horizon;
    }

    float[] start(SplittableRandom random) {
        return start.draw(random);
    }

    Follow follow() {
        return follow;
    }

    /** Returns what the page needs to know to draw it. */
    Map<String, Object> drawing() {
        return drawing;
    }
}
