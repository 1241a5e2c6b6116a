package io.ponder.gpu;

import io.ponder.engine.model.KernelEnsemble;
import io.ponder.engine.model.KernelNetwork;
import io.ponder.engine.model.KernelPlan;
import io.ponder.engine.model.KernelPropagation;
import io.ponder.engine.model.KernelTask;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses the kernel of a plan and lays its numbers out. */
final class KernelChoice {
    private static final int[] NOTHING = {0};

    private KernelChoice() {}

    /** Returns why a plan has no kernel, one sentence each; empty where it has one. */
    static List<String> reasonsAgainst(KernelPlan plan) {
        List<String> reasons = new ArrayList<>(plan.reasons());
        limit(reasons, "state", plan.spec().stateSize(), RolloutKernel.MOST_STATE);
        limit(reasons, "action", plan.spec().actionSize(), RolloutKernel.MOST_ACTION);
        if (plan.spec().players() > 1) reasons.add("The model has several players.");
        if (plan.task() != null && plan.terminalValue() != null) {
            reasons.add("A terminal value after an exact task is not in the list.");
        }
        return List.copyOf(reasons);
    }

    private static void limit(List<String> reasons, String what, int size, int most) {
        if (size > most) reasons.add("The " + what + " has " + size + " entries, the kernels hold " + most + ".");
    }

    /** Returns the numbers of a plan. */
    static EnsembleLayout.Numbers numbers(KernelPlan plan) {
        KernelEnsemble ensemble = plan.ensemble();
        if (ensemble != null) return EnsembleLayout.of(plan, ensemble);
        KernelTask task = plan.task();
        float[] constants = plan.taskConstants();
        int[] shape = NOTHING.clone();
        if (task == KernelTask.CART_POLE_CONTINUOUS || task == KernelTask.MOUNTAIN_CAR_CONTINUOUS) shape[0] = 1;
        if (task == KernelTask.COSTMAP) shape[0] = (int) Math.round(Math.sqrt(constants.length - 4));
        return new EnsembleLayout.Numbers(shape, constants.length == 0 ? new float[1] : constants);
    }

    /**
     * Returns a new kernel.
     *
     * @param items work items of its largest launch
     */
    static RolloutKernel create(KernelPlan plan, RolloutKernel.Arrays arrays, int items) {
        KernelEnsemble ensemble = plan.ensemble();
        if (ensemble != null) return ensembleKernel(ensemble, plan.terminalValue(), arrays, items);
        KernelTask task = plan.task();
        if (task == null) throw new IllegalStateException("The plan states no dynamics.");
        return switch (task) {
            case PENDULUM -> new PendulumKernel(arrays);
            case CART_POLE, CART_POLE_CONTINUOUS -> new CartPoleKernel(arrays);
            case SWING_UP -> new SwingUpKernel(arrays);
            case ACROBOT -> new AcrobotKernel(arrays);
            case MOUNTAIN_CAR, MOUNTAIN_CAR_CONTINUOUS -> new MountainCarKernel(arrays);
            case LINEAR_QUADRATIC -> new LinearQuadraticKernel(arrays);
            case COSTMAP -> new CostmapKernel(arrays);
        };
    }

    private static RolloutKernel ensembleKernel(
            KernelEnsemble ensemble, @Nullable KernelNetwork value, RolloutKernel.Arrays arrays, int items) {
        int width = ensemble.network().width();
        if (value != null) width = Math.max(width, value.width());
        if (width <= PrivateEnsembleKernel.WIDTH) return new PrivateEnsembleKernel(arrays);
        float[] units = new float[Math.multiplyExact(Math.multiplyExact(2, width), items)];
        var wide = new WideEnsembleKernel(arrays, units);
        wide.width = width;
        wide.items = items;
        return wide;
    }

    /** Returns the work items of a launch: whole groups, for one member each where a member steps a whole rollout. */
    static int items(KernelPlan plan, int rows, int perRow) {
        KernelEnsemble ensemble = plan.ensemble();
        if (ensemble == null || ensemble.propagation() != KernelPropagation.MEMBER_PER_ROLLOUT) {
            return wholeGroups(Math.multiplyExact(rows, perRow));
        }
        int members = ensemble.network().members();
        return Math.multiplyExact(Math.multiplyExact(rows, members), wholeGroups((perRow + members - 1) / members));
    }

    private static int wholeGroups(int items) {
        return Math.multiplyExact((items + RolloutKernel.GROUP - 1) / RolloutKernel.GROUP, RolloutKernel.GROUP);
    }
}
