package io.ponder.examples.games;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConnectFourTest {
    /** Sequences of moves from the empty board (J. Tromp counts them so); 7^n until a column can be full. */
    @Test
    void sequencesOfMovesAreTheKnownOnes() {
        long[] known = {1, 7, 49, 343, 2401, 16_807, 117_649, 823_536, 5_673_234};
        for (int depth = 0; depth < known.length; depth++) {
            assertThat(Perft.sequences(new ConnectFour(), depth)).as("depth %d", depth).isEqualTo(known[depth]);
        }
    }
}
