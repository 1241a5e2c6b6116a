package io.ponder.examples.knownanswers;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.Differentiable;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Constraint;

/**
 * Problem 99 of Hock and Schittkowski: a thrust of given size over seven stretches of time, whose angle is chosen, must lead to a height and
 * a speed of climb with the greatest distance. State: distance / 10^4, height / 10^5, speed of climb / 10^3, number of the stretch. The
 * reward is the square of the distance, at the end.
 */
final class ThrustProgram implements WorldModel, Differentiable {
    static final int STEPS = 7;

    private static final double[] TIMES = {0, 25, 50, 100, 150, 200, 290, 380};
    private static final double[] THRUST = {50, 50, 75, 75, 75, 100, 100};
    private static final double WEIGHT = 32;
    private static final double DISTANCE_UNIT = 1e4;
    private static final double HEIGHT_UNIT = 1e5;
    private static final double SPEED_UNIT = 1e3;

    /** Returns distance, height and speed of climb at the end of a plan, in double precision. */
    static double[] end(float[] plan) {
        double distance = 0;
        double height = 0;
        double speed = 0;
        for (int i = 0; i < STEPS; i++) {
            double span = TIMES[i + 1] - TIMES[i];
            double climb = THRUST[i] * Math.sin(plan[i]) - WEIGHT;
            distance += THRUST[i] * span * Math.cos(plan[i]);
            height += 0.5 * span * span * climb + span * speed;
            speed += span * climb;
        }
        return new double[] {distance, height, speed};
    }

    private static int stretch(float[] state, int columns, int k) {
        return Math.max(0, Math.min(STEPS - 1, Math.round(state[3 * columns + k])));
    }

    @Override
    public ModelSpec spec() {
        return ModelSpec.continuous(4, 1);
    }

    @Override
    public void init(float[] observations, int columns, ModelState out) {
        System.arraycopy(observations, 0, out.resize(columns).values(), 0, 4 * columns);
    }

    @Override
    public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
        int n = state.columns();
        float[] x = state.values();
        float[] next = out.next().resize(n).values();
        for (int k = 0; k < n; k++) {
            int i = stretch(x, n, k);
            double span = TIMES[i + 1] - TIMES[i];
            double climb = THRUST[i] * Math.sin(actions[k]) - WEIGHT;
            double distance = x[k] + THRUST[i] * span * Math.cos(actions[k]) / DISTANCE_UNIT;
            next[k] = (float) distance;
            next[n + k] = (float) (x[n + k] + (0.5 * span * span * climb + span * SPEED_UNIT * x[2 * n + k]) / HEIGHT_UNIT);
            next[2 * n + k] = (float) (x[2 * n + k] + span * climb / SPEED_UNIT);
            next[3 * n + k] = x[3 * n + k] + 1;
            out.reward()[k] = i == STEPS - 1 ? (float) (distance * distance) : 0;
            out.discount()[k] = 1;
        }
    }

    @Override
    public void backward(ModelState state, float[] actions, ColumnKeys keys, float[] nextCotangent, float[] rewardCotangent,
            float[] stateCotangent, float[] actionCotangent) {
        int n = state.columns();
        float[] x = state.values();
        for (int k = 0; k < n; k++) {
            int i = stretch(x, n, k);
            double span = TIMES[i + 1] - TIMES[i];
            double distance = x[k] + THRUST[i] * span * Math.cos(actions[k]) / DISTANCE_UNIT;
            double toDistance = nextCotangent[k] + (i == STEPS - 1 ? 2 * distance * rewardCotangent[k] : 0);
            double toHeight = nextCotangent[n + k];
            double toSpeed = nextCotangent[2 * n + k];
            stateCotangent[k] = (float) toDistance;
            stateCotangent[n + k] = (float) toHeight;
            stateCotangent[2 * n + k] = (float) (toSpeed + span * SPEED_UNIT / HEIGHT_UNIT * toHeight);
            stateCotangent[3 * n + k] = nextCotangent[3 * n + k];
            double climb = THRUST[i] * Math.cos(actions[k]);
            actionCotangent[k] = (float) (-THRUST[i] * span * Math.sin(actions[k]) / DISTANCE_UNIT * toDistance
                    + 0.5 * span * span * climb / HEIGHT_UNIT * toHeight + span * climb / SPEED_UNIT * toSpeed);
        }
    }

    @Override
    public WorldModel fork() {
        return this;
    }

    /** Says that height and speed of climb at the end must be 10^5 and 10^3. */
    static final class Arrival implements Constraint {
        @Override
        public int size() {
            return 2;
        }

        @Override
        public boolean equality() {
            return true;
        }

        @Override
        public boolean atEndOnly() {
            return true;
        }

        @Override
        public void evaluate(ModelState reached, float[] actions, float[] out) {
            int columns = reached.columns();
            for (int k = 0; k < 2 * columns; k++) out[k] = reached.values()[columns + k] - 1;
        }

        @Override
        public boolean differentiable() {
            return true;
        }

        @Override
        public void backward(ModelState reached, float[] actions, float[] cotangent, float[] stateCotangent, float[] actionCotangent) {
            int columns = reached.columns();
            for (int k = 0; k < 2 * columns; k++) stateCotangent[columns + k] += cotangent[k];
        }
    }
}
