package io.ponder.planners.trajectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.plan.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpansionTest {
    private static final double PULL = 3;
    private static final float POSITION = 0.8f;
    private static final float SPEED = -1.5f;
    private static final float ACTION = 0.7f;

    /** Half the range of the action, the unit of its derivatives. */
    private static final double UNIT = 2;

    private static LocalModel expand(boolean derivatives, boolean dynamicsCurvature, float action) {
        var model = new Models.Mass(PULL, derivatives);
        var problem = Problem.of(model, new float[] {-2}, new float[] {2}).withTerminalValue(new Models.Terminal(derivatives));
        var parameters = IterativeLqrParameters.DEFAULT.withHorizon(1).withDynamicsCurvature(dynamicsCurvature);
        var nominal = new Trajectories(model.spec(), 1, 1);
        nominal.begin(1);
        nominal.states(0)[0] = POSITION;
        nominal.states(0)[1] = SPEED;
        nominal.actions(0)[0] = action;
        nominal.advance(model, 0);
        var local = new LocalModel(2, 1, 1);
        Expansion.of(problem, parameters, 1).expand(nominal, new int[1], 1, new LocalModel[] {local});
        return local;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void slopesAndCurvaturesAreThoseOfTheEquations(boolean derivatives) {
        // Analytic derivatives are rounded once; differences of float rewards lose half the digits.
        double tight = derivatives ? 1e-5 : 2e-3;
        double loose = derivatives ? 1e-3 : 0.02;
        for (float action : new float[] {ACTION, 2}) {
            LocalModel local = expand(derivatives, false, action);

            double[] transition = {1, 0.1, -0.1 * PULL * Math.cos(POSITION), 1};
            for (int i = 0; i < 4; i++) assertThat(local.transition[i]).isCloseTo(transition[i], within(tight));
            assertThat(local.input[0]).isCloseTo(UNIT * 0.005, within(tight));
            assertThat(local.input[1]).isCloseTo(UNIT * 0.1, within(tight));
            assertThat(local.stateSlope[0]).isCloseTo(2 * POSITION, within(tight));
            assertThat(local.stateSlope[1]).isCloseTo(0.2 * SPEED, within(tight));
            assertThat(local.actionSlope[0]).isCloseTo(UNIT * 0.02 * action, within(tight));
            double[] curvature = {2, 0, 0, 0.2};
            for (int i = 0; i < 4; i++) assertThat(local.stateCurvature[i]).isCloseTo(curvature[i], within(loose));
            for (int i = 0; i < 4; i++) assertThat(local.stateCurvature[4 + i]).isCloseTo(curvature[i], within(loose));
            assertThat(local.actionCurvature[0]).isCloseTo(UNIT * UNIT * 0.02, within(loose));
            for (int i = 0; i < 2; i++) assertThat(local.mixedCurvature[i]).isCloseTo(0, within(loose));
        }
    }

    @Test
    void curvatureOfTheDynamicsIsWeightedWithTheCostate() {
        LocalModel local = expand(true, true, ACTION);

        double nextSpeed = SPEED + 0.1 * (ACTION - PULL * Math.sin(POSITION));
        double costate = 0.2 * nextSpeed;
        assertThat(local.stateCurvature[0]).isCloseTo(2 + costate * 0.1 * PULL * Math.sin(POSITION), within(1e-3));
        assertThat(costate * 0.1 * PULL * Math.sin(POSITION)).isLessThan(-0.05);
    }
}
