package io.ponder.worldmodels.exact;

import io.ponder.engine.classic.AcrobotBatch;
import io.ponder.engine.classic.BatchedTask;
import io.ponder.engine.classic.CartPoleBatch;
import io.ponder.engine.classic.CostmapBatch;
import io.ponder.engine.classic.LinearQuadraticBatch;
import io.ponder.engine.classic.MountainCarBatch;
import io.ponder.engine.classic.PendulumBatch;
import io.ponder.engine.classic.SwingUpBatch;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.Differentiable;
import io.ponder.engine.model.KernelPlan;
import io.ponder.engine.model.KernelTask;
import io.ponder.engine.model.Lowerable;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.ObservationModel;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import org.jspecify.annotations.Nullable;

/**
 * Imagines with the equations of a task: the model is the environment, in float32, for a whole batch.
 *
 * <p>The model state is the task's state, so that {@link #init} inverts the observation (an angle comes back from its sine and cosine).
 * Deterministic. {@link Differentiable} where the task's derivatives are known. One thread at a time; allocates nothing once it has
 * seen its largest batch.
 */
public final class ExactModel implements WorldModel, ObservationModel, Differentiable, Lowerable {
    private final BatchedTask task;
    private final @Nullable TaskGradient gradient;
    private final ModelSpec spec;
    private float[][] scratch = {};
    private int capacity;

    /** Creates the model of a task without derivatives. */
    public ExactModel(BatchedTask task) {
        this(task, null);
    }

    /** Creates the model of a task with its derivatives. */
    ExactModel(BatchedTask task, @Nullable TaskGradient gradient) {
        this.task = task;
        this.gradient = gradient;
        spec = new ModelSpec(task.observationSize(), task.actionSize(), task.actionCount(), task.stateSize(), 0, 1);
    }

    @Override
    public ModelSpec spec() {
        return spec;
    }

    @Override
    public void init(float[] observations, int columns, ModelState out) {
        task.stateOf(observations, columns, out.resize(columns).values());
    }

    @Override
    public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
        int columns = state.columns();
        reserve(columns);
        float[] next = out.next().resize(columns).values();
        task.step(state.values(), actions, columns, next, out.reward(), out.discount(), scratch);
    }

    @Override
    public void observe(ModelState state, float[] observations) {
        task.observe(state.values(), state.columns(), observations);
    }

    @Override
    public boolean observationDifferentiable() {
        return gradient != null;
    }

    @Override
    public void observeBackward(ModelState state, float[] cotangent, float[] stateCotangent) {
        require().observeBackward(state.values(), state.columns(), cotangent, stateCotangent);
    }

    @Override
    public void backward(
            ModelState state,
            float[] actions,
            ColumnKeys keys,
            float[] nextCotangent,
            float[] rewardCotangent,
            float[] stateCotangent,
            float[] actionCotangent) {
        reserve(state.columns());
        require().backward(state.values(), actions, state.columns(), nextCotangent, rewardCotangent, stateCotangent, actionCotangent,
                scratch);
    }

    private void reserve(int columns) {
        if (capacity >= columns) return;
        capacity = columns;
        scratch = new float[Math.max(task.scratchRows(), gradient == null ? 0 : gradient.scratchRows())][columns];
    }

    private TaskGradient require() {
        if (gradient != null) return gradient;
        throw new UnsupportedOperationException("The task " + task.name() + " has no derivatives.");
    }

    @Override
    public void lower(KernelPlan plan) {
        if (task instanceof PendulumBatch) plan.task(KernelTask.PENDULUM);
        else if (task instanceof CartPoleBatch) plan.task(spec.actionCount() > 0 ? KernelTask.CART_POLE : KernelTask.CART_POLE_CONTINUOUS);
        else if (task instanceof SwingUpBatch) plan.task(KernelTask.SWING_UP);
        else if (task instanceof AcrobotBatch) plan.task(KernelTask.ACROBOT);
        else if (task instanceof MountainCarBatch) {
            plan.task(spec.actionCount() > 0 ? KernelTask.MOUNTAIN_CAR : KernelTask.MOUNTAIN_CAR_CONTINUOUS);
        } else if (task instanceof LinearQuadraticBatch linear) plan.task(KernelTask.LINEAR_QUADRATIC, linear.constants());
        else if (task instanceof CostmapBatch costmap) plan.task(KernelTask.COSTMAP, costmap.constants());
        else plan.refuse(task, "is an exact task of your own, which has no kernel");
    }

    @Override
    public WorldModel fork() {
        return new ExactModel(task, gradient);
    }

    @Override
    public int blockColumns() {
        return 512;
    }

    @Override
    public <T> @Nullable T as(Class<T> capability) {
        if (capability == Differentiable.class && gradient == null) return null;
        return capability.isInstance(this) ? capability.cast(this) : null;
    }
}
