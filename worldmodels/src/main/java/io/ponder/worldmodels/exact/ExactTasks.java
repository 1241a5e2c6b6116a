package io.ponder.worldmodels.exact;

import io.ponder.engine.classic.AcrobotBatch;
import io.ponder.engine.classic.BatchedTask;
import io.ponder.engine.classic.CartPoleBatch;
import io.ponder.engine.classic.LinearQuadratic;
import io.ponder.engine.classic.LinearQuadraticBatch;
import io.ponder.engine.classic.MountainCarBatch;
import io.ponder.engine.classic.MountainCarEquations;
import io.ponder.engine.classic.PendulumBatch;
import io.ponder.engine.classic.PendulumEquations;
import io.ponder.engine.classic.SwingUpBatch;
import io.ponder.engine.model.KernelTermination;
import io.ponder.engine.model.RewardFunction;
import io.ponder.engine.model.TerminationFunction;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the exact models of the classic tasks by the names of their environments. Thread-safe. */
public final class ExactTasks {
    private static final float FAR = 1000;

    private static final List<String> NAMES = List.of("cartpole-v1", "pendulum-v1", "acrobot-v1", "mountaincar-v0",
            "mountaincarcontinuous-v0", "cartpole-swingup", "cartpole-continuous", "double-integrator");

    private ExactTasks() {}

    /** Returns the names, in lower case. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * Returns the task of a name, whatever its case.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static ExactTask find(String name) {
        switch (name.toLowerCase(Locale.ROOT)) {
            case "cartpole-v1":
                return discrete(CartPoleBatch.discrete(), new ConstantReward(1),
                        new TaskTermination(KernelTermination.CART_POLE, 0));
            case "cartpole-continuous":
                return continuous(CartPoleBatch.continuous(), null, new ConstantReward(1),
                        new TaskTermination(KernelTermination.CART_POLE, 0), 1);
            case "cartpole-swingup":
                return continuous(new SwingUpBatch(), new SwingUpGradient(), new SwingUpReward(), null, 1);
            case "pendulum-v1":
                return continuous(
                        new PendulumBatch(), new PendulumGradient(), new PendulumReward(), null, (float) PendulumEquations.MAX_TORQUE);
            case "acrobot-v1":
                return discrete(new AcrobotBatch(), new AcrobotReward(),
                        new TaskTermination(KernelTermination.ACROBOT, 0));
            case "mountaincar-v0":
                return discrete(MountainCarBatch.discrete(), new ConstantReward(-1), arrivalAt(MountainCarEquations.GOAL));
            case "mountaincarcontinuous-v0":
                return continuous(MountainCarBatch.continuous(), new MountainCarGradient(), new MountainCarReward(),
                        arrivalAt(MountainCarEquations.CONTINUOUS_GOAL), 1);
            case "double-integrator":
                return linearQuadratic("double-integrator", LinearQuadratic.doubleIntegrator(1));
            default:
                throw new IllegalArgumentException("There is no exact model of the environment " + name + "; there are "
                        + String.join(", ", NAMES) + ".\nMaybe learn its model, or write its equations as a BatchedTask.");
        }
    }

    /** Returns a linear-quadratic task; an action without bound is searched within +-1000. */
    public static ExactTask linearQuadratic(String name, LinearQuadratic system) {
        return continuous(new LinearQuadraticBatch(name, system), new LinearQuadraticGradient(system), new QuadraticReward(system), null,
                (float) Math.min(FAR, system.bound()));
    }

    private static TerminationFunction arrivalAt(double goal) {
        return new TaskTermination(KernelTermination.MOUNTAIN_CAR, (float) goal);
    }

    private static ExactTask discrete(BatchedTask task, RewardFunction reward, TerminationFunction termination) {
        return new ExactTask(task, null, reward, termination, new float[1], new float[] {task.actionCount() - 1});
    }

    private static ExactTask continuous(
            BatchedTask task,
            @Nullable TaskGradient gradient,
            RewardFunction reward,
            @Nullable TerminationFunction termination,
            float bound) {
        var low = new float[task.actionSize()];
        var high = new float[task.actionSize()];
        Arrays.fill(low, -bound);
        Arrays.fill(high, bound);
        return new ExactTask(task, gradient, reward, termination, low, high);
    }
}
