package io.ponder.worldmodels.exact;

import io.ponder.engine.model.WorldModel;
import io.ponder.worldmodels.WorldModelContract;
import java.util.Random;
import org.junit.jupiter.api.Nested;

/** The laws of world models for every exact task. */
final class ExactModelContractTest {
    @Nested
    final class Pendulum extends TaskContract {
        Pendulum() {
            super("Pendulum-v1");
        }

        @Override
        protected float[] observation(Random random) {
            double angle = 2 * Math.PI * random.nextDouble();
            return new float[] {(float) Math.cos(angle), (float) Math.sin(angle), uniform(random, 8)};
        }
    }

    @Nested
    final class SwingUp extends TaskContract {
        SwingUp() {
            super("cartpole-swingup");
        }

        @Override
        protected float[] observation(Random random) {
            double angle = 2 * Math.PI * random.nextDouble();
            return new float[] {
                uniform(random, 2), (float) Math.sin(angle), (float) Math.cos(angle), uniform(random, 3), uniform(random, 5)
            };
        }
    }

    @Nested
    final class CartPole extends TaskContract {
        CartPole() {
            super("CartPole-v1");
        }

        @Override
        protected float[] observation(Random random) {
            return new float[] {uniform(random, 2.4), uniform(random, 2), uniform(random, 0.2), uniform(random, 2)};
        }
    }

    @Nested
    final class ContinuousCartPole extends TaskContract {
        ContinuousCartPole() {
            super("cartpole-continuous");
        }

        @Override
        protected float[] observation(Random random) {
            return new float[] {uniform(random, 2.4), uniform(random, 2), uniform(random, 0.2), uniform(random, 2)};
        }
    }

    @Nested
    final class Acrobot extends TaskContract {
        Acrobot() {
            super("Acrobot-v1");
        }

        @Override
        protected float[] observation(Random random) {
            double first = 2 * Math.PI * random.nextDouble();
            double second = 2 * Math.PI * random.nextDouble();
            return new float[] {
                (float) Math.cos(first), (float) Math.sin(first), (float) Math.cos(second), (float) Math.sin(second),
                uniform(random, 4), uniform(random, 9)
            };
        }
    }

    @Nested
    final class MountainCar extends TaskContract {
        MountainCar() {
            super("MountainCar-v0");
        }

        @Override
        protected float[] observation(Random random) {
            return new float[] {-0.3f + uniform(random, 0.8), uniform(random, 0.07)};
        }
    }

    @Nested
    final class ContinuousMountainCar extends TaskContract {
        ContinuousMountainCar() {
            super("MountainCarContinuous-v0");
        }

        @Override
        protected float[] observation(Random random) {
            return new float[] {-0.4f + uniform(random, 0.7), uniform(random, 0.06)};
        }
    }

    private static float uniform(Random random, double bound) {
        return (float) (bound * (2 * random.nextDouble() - 1));
    }

    /** Draws actions within the task's bounds. */
    abstract static class TaskContract extends WorldModelContract {
        private final ExactTask task;

        TaskContract(String name) {
            task = ExactTasks.find(name);
        }

        @Override
        protected WorldModel model() {
            return task.model();
        }

        @Override
        protected float[] action(Random random) {
            if (task.actionCount() > 0) return new float[] {random.nextInt(task.actionCount())};
            return new float[] {uniform(random, 0.95 * task.actionHigh()[0])};
        }
    }
}
