package io.ponder.planners.tree;

import io.ponder.engine.Checks;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.LeafEvaluator;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.NodeKind;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Planner;
import java.util.function.Supplier;

/**
 * Values new nodes by the return that a short plan of another planner promises, such as a few iterations of CEM or MPPI. One
 * player.
 *
 * <p>The planner is made for one row and asked node after node. It plans with the model it was built for, whose states must
 * be those of the search. Not thread-safe; {@link #fork} makes another planner, and {@link #close} closes this one.
 */
public final class ShortPlanLeaf implements LeafEvaluator {
    private final Supplier<? extends Planner> maker;
    private final WorldModel model;
    private final Budget budget;
    private final int steps;
    private final Planner planner;
    private final PlanRequest request;

    /**
     * Creates an evaluation.
     *
     * @param maker  makes planners of one row
     * @param model  the model they plan with
     * @param budget of one plan; its model steps are what a node is charged for
     * @throws IllegalArgumentException if the model has several players
     */
    public ShortPlanLeaf(Supplier<? extends Planner> maker, WorldModel model, Budget budget) {
        this.maker = maker;
        this.model = model;
        this.budget = budget;
        Checks.same("players of the model", model.spec().players(), "one player", 1);
        steps = (int) Math.min(Integer.MAX_VALUE, budget.modelSteps() == Long.MAX_VALUE ? 0 : budget.modelSteps());
        planner = maker.get();
        request = new PlanRequest(model, 1);
    }

    @Override
    public void evaluate(ModelState states, ColumnKeys keys, NodeBuffer nodes) {
        int columns = states.columns();
        for (int k = 0; k < columns; k++) {
            if (nodes.kind()[k] == NodeKind.TERMINAL) continue;
            ModelState root = request.roots().resize(1);
            for (int d = 0; d < root.stateSize(); d++) root.values()[d] = states.values()[d * columns + k];
            for (int d = 0; d < root.tagSize(); d++) root.tags()[d] = states.tags()[d * columns + k];
            long key = (long) keys.key1()[k] << 32 | keys.key0()[k] & 0xFFFFFFFFL;
            request.keys(key, keys.sample()[k]);
            // A plan of another node is no start for this one.
            planner.resetAll();
            Plan plan = planner.plan(request, budget);
            nodes.value()[k] = plan.predictedReturn()[0];
        }
    }

    @Override
    public int modelStepsPerColumn() {
        return steps;
    }

    @Override
    public void close() {
        planner.close();
    }

    @Override
    public LeafEvaluator fork() {
        return new ShortPlanLeaf(maker, model, budget);
    }
}
