package io.ponder.examples.embedding;

import io.ponder.engine.model.LambdaModel;
import io.ponder.engine.plan.*;
import io.ponder.planners.*;

/** Brings a cart to rest at 0: the state is position and speed, the action a force, the reward punishes distance and effort. */
public final class QuickStart {
    public static void main(String[] arguments) {
        var cart = LambdaModel.of(2, 1, (x, force, next) -> {
            next[1] = x[1] + 0.1f * force[0];
            next[0] = x[0] + 0.1f * next[1];
            return -(next[0] * next[0] + 0.1 * next[1] * next[1] + 0.01 * force[0] * force[0]);
        });
        var problem = Problem.of(cart, new float[] {-1}, new float[] {1});
        try (var planner = ICem.planner(problem, ICemParameters.DEFAULT, Execution.rows(1))) {
            var request = new PlanRequest(cart, 1);
            float[] state = {1, 0};
            for (int step = 0; step < 60; step++) {
                request.observe(cart, state).keys(42, step);
                Plan plan = planner.plan(request, Budget.modelSteps(20_000));
                state[1] += 0.1f * plan.action(0, 0);
                state[0] += 0.1f * state[1];
            }
            System.out.printf("position %.3f, speed %.3f%n", state[0], state[1]);
        }
    }
}
