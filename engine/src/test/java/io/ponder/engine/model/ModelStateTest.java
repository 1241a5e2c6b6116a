package io.ponder.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ModelStateTest {
    private static final ModelSpec SPEC = ModelSpec.continuous(2, 1).withState(2, 1);

    /** Three columns whose entries tell row and column: 10 * row + column, tags 100 + column. */
    private static ModelState numbered(int columns) {
        var state = new ModelState(SPEC, columns).resize(columns);
        for (int d = 0; d < 2; d++) for (int k = 0; k < columns; k++) state.values()[d * columns + k] = 10 * d + k;
        for (int k = 0; k < columns; k++) state.tags()[k] = 100 + k;
        return state;
    }

    @Test
    void gatherTakesTheNamedColumns() {
        var picked = new ModelState(SPEC, 8);

        picked.gather(numbered(3), new int[] {2, 2, 0}, 3);

        assertThat(picked.values()).startsWith(2, 2, 0, 12, 12, 10);
        assertThat(picked.tags()).startsWith(102, 102, 100);
    }

    @Test
    void repeatEqualsGatherForEveryBlockOfTheRepeatedBatch() {
        int times = 5;
        var source = numbered(3);
        for (int first = 0; first < 15; first++) {
            for (int count = 1; first + count <= 15; count++) {
                int[] index = new int[count];
                for (int j = 0; j < count; j++) index[j] = (first + j) / times;
                var expected = new ModelState(SPEC, 15);
                expected.gather(source, index, count);
                var actual = new ModelState(SPEC, 15);

                actual.repeat(source, times, first, count);

                assertThat(actual.columns()).isEqualTo(count);
                assertThat(actual.values()).isEqualTo(expected.values());
                assertThat(actual.tags()).isEqualTo(expected.tags());
            }
        }
    }

    @Test
    void copyIsDenseInTheColumnsOfTheSource() {
        var copy = new ModelState(SPEC, 9);

        copy.copyFrom(numbered(2));

        assertThat(copy.values()).startsWith(0, 1, 10, 11);
    }

    @Test
    void aBatchBeyondTheCapacityIsRefused() {
        assertThatThrownBy(() -> new ModelState(SPEC, 2).resize(3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("columns", "3", "2");
    }

    @Test
    void aStateOfAnotherShapeIsRefused() {
        var other = new ModelState(ModelSpec.continuous(3, 1), 1);

        assertThatThrownBy(() -> other.copyFrom(numbered(1))).hasMessageContainingAll("stateSize", "2", "3");
    }
}
