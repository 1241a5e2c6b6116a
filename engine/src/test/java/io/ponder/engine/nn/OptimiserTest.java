package io.ponder.engine.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class OptimiserTest {
    @Test
    void tensorsHaveTheirOwnDecayAndRate() {
        NetworkBuilder builder = new NetworkBuilder();
        ParameterTensor a = builder.parameter("a", Initialiser.constant(1), 2);
        ParameterTensor b = builder.parameter("b", Initialiser.constant(1), 2);
        ParameterTensor c = builder.parameter("c", Initialiser.constant(1), 2);
        Network network = builder.build(0);
        ParameterGroups groups = ParameterGroups.weightDecay(0.5).with(c, 0, 0).with(a, 0, 2);
        Sgd sgd = new Sgd(6, Sgd.Parameters.plain(), groups);

        sgd.step(network.parameters(), new float[] {1, 1, 1, 1, 1, 1}, 0.1);

        assertThat(network.parameters()[a.offset()]).isCloseTo(0.8f, within(1e-6f));
        assertThat(network.parameters()[b.offset()]).isCloseTo(0.85f, within(1e-6f));
        assertThat(network.parameters()[c.offset()]).isEqualTo(1);
    }

    @Test
    void stateCanBeSavedAndRestored() {
        Adam.Parameters options = new Adam.Parameters(0.8, 0.9, 1e-6, true, true);
        Adam one = new Adam(3, options, ParameterGroups.weightDecay(0.1));
        Adam other = new Adam(3, options, ParameterGroups.weightDecay(0.1));
        float[] p = {1, -2, 3};
        for (int i = 1; i < 5; i++) one.step(p, new float[] {i, -i, 0.5f * i}, 0.01);
        float[] q = p.clone();

        one.state().forEach((name, values) -> System.arraycopy(values, 0, other.state().get(name), 0, 3));
        other.steps(one.steps());
        one.step(p, new float[] {1, 2, 3}, 0.01);
        other.step(q, new float[] {1, 2, 3}, 0.01);

        assertThat(q).isEqualTo(p);
        one.reset();
        assertThat(one.steps()).isZero();
        one.state().values().forEach(values -> assertThat(values).containsOnly(0f));
    }

    @Test
    void gradientsBelowTheBoundAreLeftAlone() {
        float[] gradient = new float[5000];
        java.util.Arrays.fill(gradient, 0.01f);
        double norm = Math.sqrt(5000) * 0.01;

        assertThat(GradientClipping.clipNorm(gradient, 5000, 1)).isCloseTo(norm, within(1e-6));
        assertThat(gradient).containsOnly(0.01f);
        GradientClipping.clipNorm(gradient, 5000, 0.1);
        assertThat(GradientClipping.norm(gradient, 5000)).isCloseTo(0.1, within(1e-6));
    }

    @Test
    void schedulesGoWhereTheySay() {
        assertThat(LearningRate.constant(0.1).at(99)).isEqualTo(0.1);
        LearningRate linear = LearningRate.linear(1, 0.5, 10);
        assertThat(linear.at(0)).isEqualTo(1);
        assertThat(linear.at(5)).isCloseTo(0.75, within(1e-12));
        assertThat(linear.at(1000)).isEqualTo(0.5);
        LearningRate cosine = LearningRate.cosine(1, 0, 10);
        assertThat(cosine.at(0)).isEqualTo(1);
        assertThat(cosine.at(5)).isCloseTo(0.5, within(1e-12));
        assertThat(cosine.at(10)).isZero();
        assertThat(LearningRate.exponential(1, 0.5, 10).at(5)).isCloseTo(Math.sqrt(0.5), within(1e-12));
        assertThat(LearningRate.staircase(1, 0.5, 10).at(19)).isEqualTo(0.5);
        LearningRate warm = LearningRate.constant(1).warmedUp(4);
        assertThat(new double[] {warm.at(0), warm.at(1), warm.at(3), warm.at(4)}).containsExactly(0.25, 0.5, 1, 1);
    }

    @Test
    void badOptionsAreRefused() {
        assertThatThrownBy(() -> new Adam.Parameters(1, 0.9, 1e-8, false, false)).hasMessageContaining("beta1 is 1.0");
        assertThatThrownBy(() -> new Sgd.Parameters(0, 0, true)).hasMessageContaining("nesterov is true");
        assertThatThrownBy(() -> LearningRate.linear(1, 0, 0)).hasMessageContaining("steps is 0");
        assertThatThrownBy(() -> GradientClipping.clipNorm(new float[1], 1, 0)).hasMessageContaining("maxNorm is 0");
    }
}
