package io.ponder.worldmodels.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class HedgeTest {
    @Test
    void probabilitiesAreExponentialInTheLosses() {
        var hedge = new Hedge(3, 0.5);
        assertThat(hedge.probability(1)).isEqualTo(1 / 3.0, within(1e-12));

        hedge.observe(new double[] {1, 0, 3});
        hedge.observe(new double[] {1, 1, 3});

        double[] weights = {Math.exp(-1), Math.exp(-0.5), Math.exp(-3)};
        double sum = weights[0] + weights[1] + weights[2];
        for (int i = 0; i < 3; i++) assertThat(hedge.probability(i)).isEqualTo(weights[i] / sum, within(1e-12));
        assertThat(hedge.best()).isEqualTo(1);
        assertThat(hedge.draw(0)).isZero();
        assertThat(hedge.draw(0.999)).isEqualTo(2);
        assertThatThrownBy(() -> hedge.observe(new double[2])).hasMessageContaining("number of losses is 2");
    }

    @Test
    void regretStaysBelowItsBoundAgainstAnyLosses() {
        int rounds = 400;
        int candidates = 5;
        var hedge = new Hedge(candidates, Math.sqrt(8 * Math.log(candidates) / rounds));
        var random = new Random(1);
        double suffered = 0;
        double[] total = new double[candidates];
        for (int t = 0; t < rounds; t++) {
            double[] losses = new double[candidates];
            // Always punishes what is trusted most.
            for (int i = 0; i < candidates; i++) losses[i] = i == hedge.best() ? 1 : random.nextDouble();
            for (int i = 0; i < candidates; i++) {
                suffered += hedge.probability(i) * losses[i];
                total[i] += losses[i];
            }
            hedge.observe(losses);
        }
        assertThat(suffered - total[hedge.best()]).isLessThan(Math.sqrt(rounds * Math.log(candidates) / 2));
    }
}
