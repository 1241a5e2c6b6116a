package io.ponder.worldmodels.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class DiscountedRiccatiTest {
    @Test
    void theScalarProblemHasTheGoldenRatioAsItsValue() {
        var solution = DiscountedRiccati.solve(new double[][] {{1}}, new double[] {1}, new double[] {1}, 1, 1, 100, 1e6);

        double golden = (1 + Math.sqrt(5)) / 2;
        assertThat(solution.value()[0][0]).isEqualTo(golden, within(1e-12));
        assertThat(solution.gain(0)).isEqualTo(golden - 1, within(1e-12));
        assertThat(solution.largestValue()).isEqualTo(golden, within(1e-12));
    }

    @Test
    void theValueIsTheDiscountedCostOfTheGain() {
        double[][] a = {{1, 0.1}, {0.15, 1}};
        double[] b = {0, 0.1};
        var solution = DiscountedRiccati.solve(a, b, new double[] {1, 0.1}, 0.01, 0.9, 400, 1e6);

        double[] x = {0.7, -0.4};
        double[][] p = solution.value();
        double promised = 0;
        for (int i = 0; i < 2; i++) for (int j = 0; j < 2; j++) promised += x[i] * p[i][j] * x[j];
        double cost = 0;
        double factor = 1;
        for (int t = 0; t < 500; t++) {
            double u = -solution.gain(0) * x[0] - solution.gain(1) * x[1];
            cost += factor * (x[0] * x[0] + 0.1 * x[1] * x[1] + 0.01 * u * u);
            x = new double[] {a[0][0] * x[0] + a[0][1] * x[1], a[1][0] * x[0] + a[1][1] * x[1] + b[1] * u};
            factor *= 0.9;
        }
        assertThat(cost).isEqualTo(promised, within(1e-9));
    }

    @Test
    void whatCannotBeControlledIsClipped() {
        var solution = DiscountedRiccati.solve(new double[][] {{2}}, new double[] {0}, new double[] {1}, 1, 1, 100, 1e3);
        assertThat(solution.value()[0][0]).isEqualTo(1e3);
        assertThat(solution.gain(0)).isZero();
    }
}
