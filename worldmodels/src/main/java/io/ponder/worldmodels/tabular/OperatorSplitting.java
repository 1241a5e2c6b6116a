package io.ponder.worldmodels.tabular;

import io.ponder.engine.Checks;
import io.ponder.engine.tabular.MdpTable;
import io.ponder.engine.tabular.ProcessSolver;
import io.ponder.engine.tabular.TabularMdp;

/**
 * Plans with a wrong model and few questions to the world by correcting rewards (OS-VI): V_{k+1} is the plan in the model with reward
 * r + discount (P - P^) V_k. It diverges where the model is too wrong.
 *
 * <p>Not thread-safe.
 *
 * <p>Source: A. Rakhsha, A. Wang, M. Ghavamzadeh and A. Farahmand, "Operator Splitting Value Iteration", 2022, equations 3 and 5.
 */
public final class OperatorSplitting {
    private final TabularMdp model;
    private final ExpectationQuery world;
    private final ProcessSolver planner;
    private final double discount;
    private double[] values;

    /** Creates an iteration that begins with the plan in the model; the planner has the same discount. */
    public OperatorSplitting(TabularMdp model, ExpectationQuery world, ProcessSolver planner, double discount) {
        this.model = model;
        this.world = world;
        this.planner = planner;
        this.discount = Checks.inRange("discount", discount, 0, 1);
        values = new double[0];
    }

    /** Does one round and returns the values. */
    public double[] next() {
        if (values.length == 0) {
            values = planner.values(model);
            return values.clone();
        }
        int states = model.stateCount();
        int actions = model.actionCount();
        var table = new MdpTable.Builder(states, actions);
        for (int s = 0; s < states; s++) table.start(s, model.startProbability(s));
        for (int s = 0; s < states; s++) {
            for (int a = 0; a < actions; a++) {
                double more = discount * (world.expectation(s, a, values) - model.expectation(s, a, values));
                for (int i = 0; i < model.outcomeCount(s, a); i++) {
                    table.outcome(model.probability(s, a, i), model.nextState(s, a, i), model.reward(s, a, i) + more, model.terminated(s, a, i));
                }
                table.endRow();
            }
        }
        values = planner.values(table.build());
        return values.clone();
    }
}
