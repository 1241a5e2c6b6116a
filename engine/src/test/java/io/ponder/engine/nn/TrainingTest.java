package io.ponder.engine.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.testing.Allocation;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

/** Training as a whole: it learns, it repeats, and it allocates nothing. */
class TrainingTest {

    @Test
    void sineIsLearnedByEveryMember() {
        SineFit fit = new SineFit(3, 1, null, 1);

        fit.train(1500, 3e-3);

        for (int e = 0; e < 3; e++) assertThat(fit.error(e)).as("member " + e).isLessThan(0.002);
    }

    @Test
    void nothingIsLearnedAtLearningRateZero() {
        SineFit fit = new SineFit(3, 1, null, 1);
        float[] before = fit.network.parameters().clone();

        fit.train(50, 0);

        assertThat(fit.network.parameters()).isEqualTo(before);
        for (int e = 0; e < 3; e++) assertThat(fit.error(e)).as("member " + e).isGreaterThan(0.2);
    }

    @Test
    void varianceIsLargeWhereTheNoiseIs() {
        SineFit fit = new SineFit(1, 4, null, 1);
        fit.train(1500, 3e-3);
        float[] logVariance = new float[2];

        new ForwardPass(fit.network, fit.logVariance).run(0, new float[] {-0.7f, 0.9f}, 0, 2, 2, logVariance, 0, 2);

        // The standard deviations are 0.01 and 0.19: 5.9 apart in log-variance.
        assertThat(logVariance[1] - logVariance[0]).isGreaterThan(3f);
    }

    @Test
    void sameSeedSameWeightsOnAnyNumberOfThreads() {
        ForkJoinPool pool = new ForkJoinPool(3);
        try {
            SineFit one = new SineFit(5, 7, null, 1);
            SineFit again = new SineFit(5, 7, null, 1);
            SineFit two = new SineFit(5, 7, pool, 2);
            SineFit eight = new SineFit(5, 7, pool, 8);
            SineFit other = new SineFit(5, 8, null, 1);
            for (SineFit fit : new SineFit[] {one, again, two, eight, other}) fit.train(20, 1e-3);

            assertThat(again.network.parameters()).isEqualTo(one.network.parameters());
            assertThat(two.network.parameters()).isEqualTo(one.network.parameters());
            assertThat(eight.network.parameters()).isEqualTo(one.network.parameters());
            assertThat(other.network.parameters()).isNotEqualTo(one.network.parameters());
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void trainingAndPredictionAllocateNothingOnceWarm() {
        SineFit fit = new SineFit(3, 1, null, 1);
        ForwardPass pass = new ForwardPass(fit.network, 64, fit.mean, fit.logVariance);
        Network average = fit.network.copy();
        float[] means = new float[SineFit.ROWS];
        float[] logVariances = new float[SineFit.ROWS];
        pass.read(fit.x, fit.inputs, 0, SineFit.ROWS);
        pass.write(fit.mean, means, 0, SineFit.ROWS);
        pass.write(fit.logVariance, logVariances, 0, SineFit.ROWS);

        long allocated = Allocation.onceWarm(() -> {
            for (int step = 0; step < 12; step++) {
                fit.step(step, step % 3 == 2 ? 17 : SineFit.BATCH, 1e-3);
                MovingAverage.follow(average, fit.network, 0.01);
                pass.run(step % 3, SineFit.ROWS - step);
            }
        });

        assertThat(allocated).isZero();
    }

    @Test
    void membersDoNotInfluenceEachOther() {
        SineFit all = new SineFit(3, 1, null, 1);
        all.train(5, 1e-3);
        double[] before = {all.error(0), all.error(1), all.error(2)};
        ParameterTensor weight = all.network.tensor("layer1.weight");
        all.network.parameters()[weight.offset(1)] += 5;

        assertThat(all.error(0)).isEqualTo(before[0]);
        assertThat(all.error(1)).isNotEqualTo(before[1]);
        assertThat(all.error(2)).isEqualTo(before[2]);
    }

    @Test
    void rowsOfWeightZeroDoNotCount() {
        SineFit fit = new SineFit(2, 1, null, 1);
        float[] weights = new float[2 * 8];
        for (int i = 0; i < 16; i++) weights[i] = i % 8 < 4 ? 2 : 0;
        fit.gradient.rowWeights(weights);
        fit.step(3, 8, 0);
        double weighted = fit.gradient.memberLoss()[1];

        double mean = 0;
        for (int k = 0; k < 4; k++) mean += fit.gradient.rowLoss()[8 + k] / 4;
        assertThat(weighted).isCloseTo(mean, org.assertj.core.api.Assertions.within(1e-6));
    }

    @Test
    void evaluationLeavesTheGradientAlone() {
        SineFit fit = new SineFit(2, 1, null, 1);
        double loss = fit.step(0, 16, 0);
        float[] before = fit.gradient.gradient().clone();

        assertThat(fit.gradient.evaluate(16)).isEqualTo(loss);
        assertThat(fit.gradient.gradient()).isEqualTo(before);
    }

    @Test
    void wholeGradientEqualsCentralDifferencesOfTheObjective() {
        SineFit fit = new SineFit(2, 3, null, 1);
        fit.step(0, 32, 0);
        float[] gradient = java.util.Arrays.copyOf(fit.gradient.gradient(), fit.network.parameterCount());
        float[] parameters = fit.network.parameters();
        for (ParameterTensor tensor : fit.network.tensors()) {
            for (int i = tensor.offset(); i < tensor.offset() + tensor.size(); i += 1 + tensor.size() / 5) {
                float held = parameters[i];
                // The loss is a float sum: a large step against rounding, so a loose bound; the operations are tested in double.
                parameters[i] = held + 0.02f;
                double above = fit.gradient.evaluate(32);
                parameters[i] = held - 0.02f;
                double below = fit.gradient.evaluate(32);
                parameters[i] = held;
                assertThat((double) gradient[i]).as(tensor + " " + i)
                        .isCloseTo((above - below) / 0.04, org.assertj.core.api.Assertions.within(2e-3));
            }
        }
    }
}
