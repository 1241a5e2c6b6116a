package io.ponder.worldmodels.exact;

import io.ponder.engine.model.KernelPlan;
import io.ponder.engine.model.KernelTermination;
import io.ponder.engine.model.Lowerable;
import io.ponder.engine.model.TerminationFunction;

/**
 * Ends the episodes of a classic task.
 *
 * @param kind the task
 * @param goal place of the goal of a mountain car, else 0
 */
record TaskTermination(KernelTermination kind, float goal) implements TerminationFunction, Lowerable {
    @Override
    public void terminate(float[] observations, float[] actions, float[] nextObservations, int columns, float[] discount) {
        switch (kind) {
            case CART_POLE -> TaskTerminations.cartPole(nextObservations, columns, discount);
            case ACROBOT -> TaskTerminations.acrobot(nextObservations, columns, discount);
            case MOUNTAIN_CAR -> TaskTerminations.mountainCar(nextObservations, columns, goal, discount);
            case NONE -> {}
        }
    }

    @Override
    public void lower(KernelPlan plan) {
        plan.termination(kind, goal);
    }
}
