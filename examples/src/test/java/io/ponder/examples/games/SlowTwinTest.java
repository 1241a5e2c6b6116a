package io.ponder.examples.games;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.engine.game.Bits;
import io.ponder.engine.game.Game;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays every game side by side with its slow twin. */
class SlowTwinTest {
    private static Stream<Arguments> pairs() {
        return Stream.of(
                pair(new TicTacToe(), 500, () -> new SlowLines(3, 3, 3, false), SlowTwinTest::stones),
                pair(new ConnectFour(), 200, () -> new SlowLines(6, 7, 4, true), SlowTwinTest::stones),
                pair(new Breakthrough(6, 6), 200, () -> new SlowBreakthrough(6, 6), SlowTwinTest::stones),
                pair(new Breakthrough(8, 8), 50, () -> new SlowBreakthrough(8, 8), SlowTwinTest::stones),
                pair(new Breakthrough(6, 5), 100, () -> new SlowBreakthrough(6, 5), SlowTwinTest::stones),
                pair(new Breakthrough(5, 2), 100, () -> new SlowBreakthrough(5, 2), SlowTwinTest::stones),
                pair(new Othello(4), 300, () -> new SlowOthello(4), SlowTwinTest::stones),
                pair(new Othello(6), 100, () -> new SlowOthello(6), SlowTwinTest::stones),
                pair(new Othello(8), 50, () -> new SlowOthello(8), SlowTwinTest::stones),
                pair(new Gomoku(15, 5), 5, () -> new SlowLines(15, 15, 5, false), SlowTwinTest::stones),
                pair(new Gomoku(9, 5), 20, () -> new SlowLines(9, 9, 5, false), SlowTwinTest::stones),
                pair(new Gomoku(6, 4), 100, () -> new SlowLines(6, 6, 4, false), SlowTwinTest::stones),
                pair(new Gomoku(3, 3), 200, () -> new SlowLines(3, 3, 3, false), SlowTwinTest::stones),
                pair(new SlidingTiles(4), 10, () -> new SlowTiles(4), SlowTwinTest::tiles),
                pair(new SlidingTiles(3), 20, () -> new SlowTiles(3), SlowTwinTest::tiles),
                pair(new SlidingTiles(2), 50, () -> new SlowTiles(2), SlowTwinTest::tiles),
                pair(new Pig(2, 30, 1000), 20, () -> new SlowPig(2, 30, 1000), SlowTwinTest::scores),
                pair(new Pig(3, 20, 30), 20, () -> new SlowPig(3, 20, 30), SlowTwinTest::scores));
    }

    private static Arguments pair(
            Game game, int games, Supplier<SlowTwin> twin, BiFunction<Game, int[], List<Integer>> look) {
        return Arguments.of(game.name(), game, games, twin, look);
    }

    /** Reads who owns each cell off the observation. */
    private static List<Integer> stones(Game game, int[] position) {
        float[] seen = new float[game.observationSize()];
        game.observe(position, seen, 0, 1);
        int cells = seen.length / 3;
        int turn = (int) seen[2 * cells];
        List<Integer> owners = new ArrayList<>();
        for (int cell = 0; cell < cells; cell++) owners.add(seen[cell] == 1 ? turn : seen[cells + cell] == 1 ? 1 - turn : -1);
        return owners;
    }

    private static List<Integer> tiles(Game game, int[] position) {
        var tiles = (SlidingTiles) game;
        List<Integer> values = new ArrayList<>();
        for (int cell = 0; cell < tiles.side() * tiles.side(); cell++) values.add(1 << tiles.tile(position, cell) & ~1);
        return values;
    }

    private static List<Integer> scores(Game game, int[] position) {
        var pig = (Pig) game;
        List<Integer> scores = new ArrayList<>();
        for (int p = 0; p < pig.players(); p++) scores.add(pig.score(position, p));
        scores.add(pig.turnTotal(position));
        scores.add(pig.turn(position));
        return scores;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void randomGamesAgreeMoveByMove(
            String name, Game game, int games, Supplier<SlowTwin> twins, BiFunction<Game, int[], List<Integer>> look) {
        int[] actions = new int[game.actionCount()];
        for (int g = 0; g < games; g++) {
            int[] position = Perft.start(game);
            SlowTwin twin = twins.get();
            for (int i = 0; ; i++) {
                assertThat(game.playerToMove(position)).isEqualTo(twin.playerToMove());
                assertThat(look.apply(game, position)).isEqualTo(twin.board());
                for (int p = 0; p < game.players(); p++) assertThat((double) game.reward(position, p)).isEqualTo(twin.reward(p));
                if (game.playerToMove(position) == Game.TERMINAL) break;
                List<Integer> moves = new ArrayList<>();
                if (game.playerToMove(position) == Game.CHANCE) {
                    for (int o = 0; o < game.chanceCount(); o++) if (game.chanceProbability(position, o) > 0) moves.add(o);
                } else {
                    int count = game.legalActions(position, actions);
                    for (int k = 0; k < count; k++) moves.add(actions[k]);
                }
                assertThat(moves).isEqualTo(twin.moves());
                int move = moves.get(Bits.below(moves.size(), Bits.random(100 + g, i)));
                game.play(position, move);
                twin.play(move);
            }
        }
    }

    @Test
    void sequencesOfMovesAgree() {
        assertThat(Perft.sequences(new Breakthrough(6, 6), 4)).isEqualTo(new SlowBreakthrough(6, 6).sequences(4));
        assertThat(Perft.sequences(new Breakthrough(5, 2), 9)).isEqualTo(new SlowBreakthrough(5, 2).sequences(9));
        assertThat(Perft.sequences(new Othello(6), 6)).isEqualTo(new SlowOthello(6).sequences(6));
        assertThat(Perft.sequences(new Gomoku(3, 3), 8)).isEqualTo(200_448);
    }

    /** Every line of up to four tiles: the table against lists. */
    @Test
    void everyRowOfTilesSlidesAsAList() {
        for (int side = 2; side <= 4; side++) {
            int[] table = RowSlides.of(side);
            int largest = side * side + 1;
            int rows = (int) Math.pow(largest + 1, side);
            for (int n = 0; n < rows; n++) {
                int row = 0;
                List<Integer> line = new ArrayList<>();
                for (int i = 0, rest = n; i < side; i++, rest /= largest + 1) {
                    row |= rest % (largest + 1) << 5 * i;
                    line.add(1 << rest % (largest + 1) & ~1);
                }
                List<Integer> expected = SlowTiles.slide(line);
                int entry = table[row];
                List<Integer> slid = new ArrayList<>();
                for (int i = 0; i < side; i++) slid.add(1 << (entry >>> 5 * i & 31) & ~1);
                slid.add(RowSlides.gain(entry));
                assertThat(slid).isEqualTo(expected);
                assertThat(entry >>> RowSlides.LEFT_MOVES & 1).isEqualTo(expected.subList(0, side).equals(line) ? 0 : 1);
            }
        }
    }
}
