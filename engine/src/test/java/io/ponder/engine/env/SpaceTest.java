package io.ponder.engine.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SpaceTest {
    private static final float INFINITY = Float.POSITIVE_INFINITY;

    static List<Space> spaces() {
        return List.of(
                Box.of(3, -1, 2),
                new Box(new float[] {-INFINITY, 0, -INFINITY}, new float[] {INFINITY, INFINITY, 5}),
                new Discrete(7),
                new MultiDiscrete(2, 5),
                new Tuple(new Discrete(3), Box.symmetric(1, 2), new MultiDiscrete(4)));
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void samplesAreElements(Space space) {
        EpisodeRandom random = new EpisodeRandom();

        for (int i = 0; i < 1000; i++) assertThat(space.contains(space.sample(random))).isTrue();
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void aNanIsNeverAnElement(Space space) {
        float[] values = space.sample(new EpisodeRandom());
        values[values.length - 1] = Float.NaN;

        assertThat(space.contains(values)).isFalse();
    }

    @Test
    void aTupleIsTheConcatenationOfItsParts() {
        Space space = new Tuple(new Discrete(3), Box.symmetric(1, 2));

        assertThat(space.size()).isEqualTo(3);
        assertThat(space.contains(new float[] {2, -1, 2})).isTrue();
        assertThat(space.contains(new float[] {3, -1, 2})).isFalse();
        assertThat(space.contains(new float[] {2, -1, 2.5f})).isFalse();
        assertThat(space.contains(new float[] {2, -1})).isFalse();
    }

    @Test
    void everyIndexOfADiscreteSpaceIsDrawnAboutEquallyOften() {
        Space space = new Discrete(4);
        EpisodeRandom random = new EpisodeRandom();
        int[] counts = new int[4];

        for (int i = 0; i < 4000; i++) counts[(int) space.sample(random)[0]]++;

        // 1000 +- 5 standard deviations of a binomial (27.4).
        for (int count : counts) assertThat(count).isBetween(863, 1137);
    }

    @Test
    void aDiscreteActionIsAWholeNumberInRange() {
        Discrete space = new Discrete(3);

        assertThat(space.index(new float[] {2})).isEqualTo(2);
        for (float wrong : new float[] {-1, 3, 0.5f, Float.NaN, Float.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> space.index(new float[] {wrong}))
                    .withMessage("action is " + wrong + ", but it must be a whole number from 0 to 2.");
        }
    }

    @Test
    void spacesOfEqualContentAreEqual() {
        assertThat(Box.of(2, 0, 1)).isEqualTo(new Box(new float[2], new float[] {1, 1})).isNotEqualTo(Box.of(2, 0, 2));
        assertThat(new MultiDiscrete(2, 3)).isEqualTo(new MultiDiscrete(2, 3)).isNotEqualTo(new MultiDiscrete(3, 2));
        assertThat(Box.of(2, 0, 1)).hasSameHashCodeAs(Box.of(2, 0, 1)).hasToString("Box([0.0, 0.0], [1.0, 1.0])");
        assertThat(new MultiDiscrete(2, 3)).hasSameHashCodeAs(new MultiDiscrete(2, 3)).hasToString("MultiDiscrete(2, 3)");
    }

    @Test
    void aBoxDoesNotShareItsArrays() {
        float[] low = {0};
        Box box = new Box(low, new float[] {1});
        low[0] = -5;
        box.high()[0] = 9;

        assertThat(box.low(0)).isZero();
        assertThat(box.high(0)).isEqualTo(1);
    }

    @Test
    void bordersTheWrongWayRoundAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Box(new float[] {1}, new float[] {0}))
                .withMessageContaining("low[0] is 1.0");
    }
}
