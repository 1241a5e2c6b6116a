package io.ponder.worldmodels.tabular;

import io.ponder.engine.Checks;
import io.ponder.engine.tabular.ProcessSolver;
import io.ponder.engine.tabular.TabularMdp;
import java.util.ArrayList;
import java.util.List;

/**
 * Plans with a wrong model and few questions to the world (MoCoVI): V_0 is the plan in the model; then, round by round, the world is asked
 * for the expectations of V_k, the model is corrected by the last d value functions, and V_{k+1} is the plan in the corrected model.
 *
 * <p>Not thread-safe.
 *
 * <p>Source: A. Rakhsha and others, "Maximum Entropy Model Correction in Reinforcement Learning", 2024, algorithm 1.
 */
public final class MocoIteration {
    private final TabularMdp model;
    private final ExpectationQuery world;
    private final ProcessSolver planner;
    private final MaxEntropyCorrection correction;
    private final int features;
    private final List<double[]> phi = new ArrayList<>();
    private final List<double[]> psi = new ArrayList<>();

    /**
     * Creates an iteration.
     *
     * @param features number of value functions that correct the model, at least 1
     */
    public MocoIteration(
            TabularMdp model, ExpectationQuery world, ProcessSolver planner, MaxEntropyCorrection correction, int features) {
        this.model = model;
        this.world = world;
        this.planner = planner;
        this.correction = correction;
        this.features = Checks.positive("features", features);
    }

    /** Does one round: plans in the model, corrected by what is known, asks the world about the plan's values, and returns them. */
    public double[] next() {
        double[] values = planner.values(phi.isEmpty() ? model : correction.correct(model, phi, psi));
        // The newest comes first, because what is left of the others after it matters less and less.
        phi.add(0, values.clone());
        psi.add(0, world.all(values, model.actionCount()));
        if (phi.size() > features) {
            phi.remove(features);
            psi.remove(features);
        }
        return values;
    }
}
