package io.ponder.examples.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PendulumGridTest {
    /** Two digits after the point were published; the interpolation of others may differ in the third. */
    private static final double TOLERANCE = 0.05;

    @Test
    void reproducesThePublishedMeansOverStarts() {
        PendulumGrid coarse = PendulumGrid.solve(61, 200);
        PendulumGrid fine = PendulumGrid.solve(121, 200);

        assertThat(fine.meanOverStarts()).isEqualTo(-139.97, within(TOLERANCE));
        // The finest grids extrapolate to -137.0; two coarse ones come within 1 %.
        assertThat(PendulumGrid.extrapolated(coarse, fine).meanOverStarts()).isEqualTo(-137.0, within(1.4));
    }

    @Test
    void standingUprightCostsNothing() {
        assertThat(PendulumGrid.solve(41, 50).value(0, 0)).isEqualTo(0, within(1e-6));
    }

    @Test
    void aSingleStepIsTheRewardWithoutTorque() {
        PendulumGrid grid = PendulumGrid.solve(41, 1);

        assertThat(grid.value(Math.PI, 0)).isEqualTo(-Math.PI * Math.PI, within(1e-5));
        assertThat(grid.value(0, 8)).isEqualTo(-6.4, within(1e-5));
    }

    @Test
    void isPeriodicInTheAngleAndSymmetric() {
        PendulumGrid grid = PendulumGrid.solve(41, 60);

        assertThat(grid.value(1 + 2 * Math.PI, 0.5)).isEqualTo(grid.value(1, 0.5), within(1e-6));
        assertThat(grid.value(-1, -0.5)).isEqualTo(grid.value(1, 0.5), within(1e-3));
    }
}
