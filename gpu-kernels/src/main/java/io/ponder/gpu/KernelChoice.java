package io.ponder.gpu;

import io.ponder.engine.model.KernelEnsemble;
import io.ponder.engine.model.KernelNetwork;
import io.ponder.engine.model.KernelPlan;
import io.ponder.engine.model.KernelPropagation;
import io.ponder.engine.model.KernelTask;
import java.util.ArrayList;
import java.util.List;

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
     * @param tiles tiles of its largest launch
     */
    static RolloutKernel create(KernelPlan plan, RolloutKernel.Arrays arrays, int tiles) {
        KernelEnsemble ensemble = plan.ensemble();
        if (ensemble != null) return ensembleKernel(plan, ensemble, arrays, tiles);
        KernelTask task = plan.task();
        if (task == null) throw new IllegalStateException("The plan states no dynamics.");
        return switch (task) {
            case PENDULUM -> new PendulumKernel(arrays);
            case CART_POLE, CART_POLE_CONTINUOUS -> new CartPoleKernel(arrays);
            case SWING_UP -> new SwingUpKernel(arrays);
            case ACROBOT -> new AcrobotKernel(arrays);
            case MOUNTAIN_CAR, MOUNTAIN_CAR_CONTINUOUS -> new MountainCarKernel(arrays);
            case LINEAR_QUADRATIC -> new LinearQuadraticKernel(arrays, plan.spec().stateSize(), plan.spec().actionSize());
            case COSTMAP -> new CostmapKernel(arrays);
        };
    }

    private static RolloutKernel ensembleKernel(
            KernelPlan plan, KernelEnsemble ensemble, RolloutKernel.Arrays arrays, int tiles) {
        int width = ensemble.network().width();
        KernelNetwork value = plan.terminalValue();
        if (value != null) width = Math.max(width, value.width());
        int perTile = Math.multiplyExact(2 * RolloutKernel.GROUP, width);
        var kernel = new EnsembleKernel(
                arrays, new float[Math.multiplyExact(perTile, tiles)], plan.spec().stateSize(), plan.spec().actionSize());
        kernel.width = width;
        return kernel;
    }

    /** Returns the distance between the samples of a tile: the members, where one steps a whole rollout. */
    static int stride(KernelPlan plan) {
        KernelEnsemble ensemble = plan.ensemble();
        if (ensemble == null || ensemble.propagation() != KernelPropagation.MEMBER_PER_ROLLOUT) return 1;
        return ensemble.network().members();
    }

    /** Returns the tiles of a row, or of a row and a member where one steps a whole rollout. */
    static int tilesPerPart(KernelPlan plan, int perRow) {
        int stride = stride(plan);
        int perPart = (perRow + stride - 1) / stride;
        return (perPart + RolloutKernel.GROUP - 1) / RolloutKernel.GROUP;
    }

    /** Returns the tiles of a launch. */
    static int tiles(KernelPlan plan, int rows, int perRow) {
        return Math.multiplyExact(Math.multiplyExact(rows, stride(plan)), tilesPerPart(plan, perRow));
    }
}
