package io.ponder.worldmodels.tabular;

import io.ponder.engine.Checks;
import io.ponder.engine.tabular.MdpTable;
import io.ponder.engine.tabular.ProcessSolver;
import io.ponder.engine.tabular.TabularMdp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Plans in a learned model that stays wrong, corrected by sampled expectations (MoCoDyna): every transition updates the expectations of all
 * kept value functions; a plan is made in the model corrected by the oldest of them, and becomes the newest itself, while the youngest
 * still collect samples.
 *
 * <p>Not thread-safe. {@code observe} allocates nothing.
 *
 * <p>Source: A. Rakhsha and others, "Maximum Entropy Model Correction in Reinforcement Learning", 2024, algorithm 2.
 */
public final class MocoDyna {
    /** How many transitions the corrected model's own expectation stands for when a value function is new. */
    private static final double PSEUDO_COUNT = 3;

    private final int actions;
    private final int used;
    private final int collecting;
    private final ProcessSolver planner;
    private final MaxEntropyCorrection correction;
    private final List<double[]> features = new ArrayList<>();
    private final List<double[]> expectations = new ArrayList<>();
    private final List<double[]> counts = new ArrayList<>();

    /**
     * Creates an empty memory.
     *
     * @param used       number of value functions that correct the model, at least 1
     * @param collecting number of younger ones that only collect samples, at least 0
     */
    public MocoDyna(int actions, int used, int collecting, ProcessSolver planner, MaxEntropyCorrection correction) {
        this.actions = Checks.positive("actions", actions);
        this.used = Checks.positive("used", used);
        this.collecting = Checks.nonNegative("collecting", collecting);
        this.planner = planner;
        this.correction = correction;
    }

    /** Learns from one transition. */
    public void observe(int state, int action, int next, boolean terminated) {
        int pair = state * actions + action;
        for (int f = 0; f < features.size(); f++) {
            double count = ++counts.get(f)[pair];
            double value = terminated ? 0 : features.get(f)[next];
            expectations.get(f)[pair] += (value - expectations.get(f)[pair]) / count;
        }
    }

    /** Plans in {@code model}, corrected where value functions are old enough, keeps the plan's values and returns them. */
    public double[] plan(TabularMdp model) {
        int ready = Math.min(used, Math.max(0, features.size() - collecting));
        TabularMdp corrected = model;
        if (ready > 0) {
            // The newest of those that are ready comes first, see MocoIteration.
            List<double[]> phi = new ArrayList<>();
            List<double[]> psi = new ArrayList<>();
            for (int f = ready - 1; f >= 0; f--) {
                phi.add(features.get(f));
                psi.add(expectations.get(f));
            }
            MdpTable table = correction.correct(model, phi, psi);
            corrected = table;
        }
        double[] values = planner.values(corrected);
        features.add(values.clone());
        TabularMdp expected = corrected;
        ExpectationQuery own = expected::expectation;
        expectations.add(own.all(values, actions));
        double[] count = new double[values.length * actions];
        Arrays.fill(count, PSEUDO_COUNT);
        counts.add(count);
        if (features.size() > used + collecting) {
            features.remove(0);
            expectations.remove(0);
            counts.remove(0);
        }
        return values;
    }
}
