package io.ponder.engine.model;

import io.ponder.engine.Checks;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * States a whole model chain in a closed list of parts and numbers, from which another device builds its rollout kernel; or the reasons
 * why that cannot be done. Filled by the {@link Lowerable} parts of the chain from the inside out. Not thread-safe.
 *
 * <p>A plan is a snapshot: where {@link #version} of the model has changed, make another.
 */
public final class KernelPlan {
    private final ModelSpec spec;
    private final long version;
    private final List<String> reasons = new ArrayList<>();
    private @Nullable KernelTask task;
    private float[] taskConstants = {};
    private @Nullable KernelEnsemble ensemble;
    private KernelReward reward = KernelReward.NONE;
    private float[] rewardConstants = {};
    private KernelTermination termination = KernelTermination.NONE;
    private float[] terminationConstants = {};
    private float discount = 1;
    private @Nullable KernelNetwork terminalValue;

    private KernelPlan(ModelSpec spec, long version) {
        this.spec = spec;
        this.version = version;
    }

    /** Returns the plan of a model and of the value at the end of its rollouts; it says why where it is not {@link #complete}. */
    public static KernelPlan of(WorldModel model, @Nullable ValueFunction terminalValue) {
        Lowerable lowerable = model.as(Lowerable.class);
        var plan = new KernelPlan(model.spec(), version(model, terminalValue));
        if (lowerable == null) {
            plan.refuse(model, "does not say what it computes");
        } else {
            lowerable.lower(plan);
        }
        if (terminalValue instanceof Lowerable value) {
            value.lower(plan);
        } else if (terminalValue != null) {
            plan.refuse(terminalValue, "does not say what it computes");
        }
        if (plan.reasons.isEmpty() && (plan.task == null) == (plan.ensemble == null)) {
            plan.reasons.add("The chain of " + model.getClass().getSimpleName() + " states no dynamics, or two.");
        }
        return plan;
    }

    /** Returns the version that a plan made now would have. */
    public static long version(WorldModel model, @Nullable ValueFunction terminalValue) {
        Lowerable lowerable = model.as(Lowerable.class);
        long version = lowerable == null ? 0 : lowerable.version();
        return terminalValue instanceof Lowerable value ? 31 * version + value.version() : version;
    }

    /** Says that a part cannot be stated. */
    public void refuse(Object part, String why) {
        boolean nameless = part.getClass().isHidden() || part.getClass().isAnonymousClass();
        reasons.add((nameless ? "A function" : part.getClass().getSimpleName()) + " " + why + ".");
    }

    /** Says that the dynamics are those of an exact task, its reward and ends of episodes included. */
    public void task(KernelTask newTask, float... constants) {
        task = newTask;
        taskConstants = constants.clone();
    }

    /** Says that the dynamics are learned. */
    public void ensemble(KernelEnsemble newEnsemble) {
        ensemble = newEnsemble;
    }

    /** Replaces the reward. Exact tasks have their own, which stays. */
    public void reward(KernelReward newReward, float... constants) {
        if (task != null) {
            reasons.add("A known reward around the exact task " + task + " is not in the list.");
        }
        reward = newReward;
        rewardConstants = constants.clone();
    }

    /** Ends episodes. Exact tasks have their own ends, which stay. */
    public void termination(KernelTermination newTermination, float... constants) {
        if (task != null) {
            reasons.add("A known end of episodes around the exact task " + task + " is not in the list.");
        }
        if (termination != KernelTermination.NONE) reasons.add("Two known ends of episodes are not in the list.");
        termination = newTermination;
        terminationConstants = constants.clone();
    }

    /** Multiplies the discount of every step. */
    public void discount(double factor) {
        discount *= (float) Checks.inRange("factor", factor, 0, 1);
    }

    /** Adds the mean of the networks' only output at the last state to the return. */
    public void terminalValue(KernelNetwork network) {
        Checks.same("inputs of the terminal value", network.inputs(), "stateSize", spec.stateSize());
        Checks.same("outputs of the terminal value", network.outputs(), "one value", 1);
        terminalValue = network;
    }

    /** Tells whether everything could be stated. */
    public boolean complete() {
        return reasons.isEmpty();
    }

    /** Returns why something could not be stated, one sentence each; empty where the plan is complete. */
    public List<String> reasons() {
        return List.copyOf(reasons);
    }

    /** Returns the sizes of the model. */
    public ModelSpec spec() {
        return spec;
    }

    /** Returns the version of the model that was stated. */
    public long version() {
        return version;
    }

    /** Returns the exact task, or null where the dynamics are learned. */
    public @Nullable KernelTask task() {
        return task;
    }

    /** Returns the constants of the exact task. A copy. */
    public float[] taskConstants() {
        return taskConstants.clone();
    }

    /** Returns the learned dynamics, or null where they are those of an exact task. */
    public @Nullable KernelEnsemble ensemble() {
        return ensemble;
    }

    /** Returns the known reward. */
    public KernelReward reward() {
        return reward;
    }

    /** Returns the constants of the known reward. A copy. */
    public float[] rewardConstants() {
        return rewardConstants.clone();
    }

    /** Returns the known end of episodes. */
    public KernelTermination termination() {
        return termination;
    }

    /** Returns the constants of the known end of episodes. A copy. */
    public float[] terminationConstants() {
        return terminationConstants.clone();
    }

    /** Returns the factor of every step's discount. */
    public float discount() {
        return discount;
    }

    /** Returns the terminal value, or null. */
    public @Nullable KernelNetwork terminalValue() {
        return terminalValue;
    }
}
