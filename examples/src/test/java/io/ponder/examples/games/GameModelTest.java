package io.ponder.examples.games;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.env.StepResult;
import io.ponder.engine.game.Bits;
import io.ponder.engine.game.Game;
import io.ponder.engine.game.GameEnvironment;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.JointActions;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.NodeKind;
import io.ponder.engine.model.StepBuffer;
import io.ponder.testing.Allocation;
import io.ponder.worldmodels.game.GameModel;
import io.ponder.worldmodels.game.GameRollouts;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GameModelTest {
    private static final int COLUMNS = 5;
    private static final int MAX_STEPS = 400;

    /** float32 against double logarithms. */
    private static final double FLOAT_ROUNDING = 1e-6;

    static List<String> names() {
        return Games.names();
    }

    /** A model and its buffers. */
    private static final class Bench {
        final GameModel model;
        final ModelState state;
        final StepBuffer step;
        final NodeBuffer nodes;
        final ColumnKeys keys;
        final float[] actions;

        Bench(GameModel model, int columns) {
            this.model = model;
            state = new ModelState(model.spec(), columns).resize(columns);
            step = new StepBuffer(model.spec(), columns);
            nodes = new NodeBuffer(model.spec(), model, columns);
            keys = new ColumnKeys(columns).resize(columns);
            keys.set(0, columns, 77, 0);
            actions = new float[columns];
        }
    }

    /** Steps the environment and the model side by side: the model's column must be one that the environment can reach. */
    @ParameterizedTest
    @MethodSource("names")
    void stepsLikeTheEnvironment(String name) {
        Game game = Games.make(name);
        var environment = new GameEnvironment(game);
        for (GameModel model : List.of(GameModel.of(game), GameModel.perPlayer(game))) {
            var bench = new Bench(model, 1);
            float[] seen = new float[game.observationSize()];
            double[] position = new double[game.positionSize()];
            int[] reached = new int[game.positionSize()];
            for (int episode = 0; episode < 5; episode++) {
                StepResult result = environment.reset(episode);
                model.init(result.observation(), 1, bench.state);
                for (int i = 0; i < MAX_STEPS && !result.done(); i++) {
                    int mover = environment.playerToMove();
                    int action = game.randomAction(environment.position(), Bits.random(episode, i));
                    bench.actions[0] = action;
                    model.step(bench.state, bench.actions, bench.keys.step(i), bench.step);
                    model.get(bench.step.next(), 0, reached);

                    if (environment.stochastic()) {
                        int[] from = environment.position().clone();
                        game.play(from, action);
                        assertThat(reaches(game, from, reached)).isTrue();
                        // Chance is not the same in both: the environment is put where the model went.
                        environment.step(bench.actions);
                        for (int d = 0; d < reached.length; d++) position[d] = reached[d];
                        result = environment.writeState(position);
                    } else {
                        result = environment.step(bench.actions);
                        for (int p = 0; p < model.spec().players(); p++) {
                            double expected = model.spec().players() == 1 ? result.reward(Math.max(0, mover)) : result.reward(p);
                            assertThat((double) bench.step.reward()[p]).isEqualTo(expected);
                        }
                    }
                    model.observe(bench.step.next(), seen);
                    assertThat(seen).isEqualTo(result.observation());
                    boolean flips = model.spec().players() == 1 && environment.playerToMove() != mover;
                    assertThat(bench.step.discount()[0]).isEqualTo(result.terminated() ? 0 : flips ? -1 : 1);
                    bench.state.copyFrom(bench.step.next());
                }
            }
        }
    }

    /** Tells whether chance can lead from one position to another. */
    private static boolean reaches(Game game, int[] from, int[] to) {
        if (game.playerToMove(from) != Game.CHANCE) return Arrays.equals(from, to);
        for (int outcome = 0; outcome < game.chanceCount(); outcome++) {
            if (game.chanceProbability(from, outcome) == 0) continue;
            int[] next = from.clone();
            game.play(next, outcome);
            if (reaches(game, next, to)) return true;
        }
        return false;
    }

    /** Plays with expand, transition by transition, and compares with the rules; several columns go different ways. */
    @ParameterizedTest
    @MethodSource("names")
    void expandsByTheRules(String name) {
        Game game = Games.make(name);
        for (GameModel model : List.of(GameModel.of(game), GameModel.perPlayer(game))) {
            boolean oneRow = model.spec().players() == 1;
            var bench = new Bench(model, COLUMNS);
            int[][] positions = new int[COLUMNS][];
            int[] seenBy = new int[COLUMNS];
            for (int k = 0; k < COLUMNS; k++) {
                positions[k] = Perft.start(game);
                model.set(bench.state, k, positions[k]);
                seenBy[k] = Math.max(0, game.playerToMove(positions[k]));
            }
            model.evaluate(bench.state, bench.keys, bench.nodes);
            byte[] kinds = new byte[COLUMNS];
            int[] reached = new int[game.positionSize()];
            for (int i = 0; i < MAX_STEPS; i++) {
                for (int k = 0; k < COLUMNS; k++) {
                    check(game, positions[k], bench.nodes, k, oneRow);
                    if (!oneRow) assertThat(bench.nodes.playerToMove()[k]).isEqualTo(seenBy[k]);
                    if (game.playerToMove(positions[k]) == Game.TERMINAL) {
                        positions[k] = Perft.start(game);
                        seenBy[k] = Math.max(0, game.playerToMove(positions[k]));
                        model.set(bench.state, k, positions[k]);
                    }
                    boolean chance = game.playerToMove(positions[k]) == Game.CHANCE;
                    kinds[k] = chance ? NodeKind.CHANCE : NodeKind.DECISION;
                    long random = Bits.random(k, i);
                    bench.actions[k] = chance ? game.randomOutcome(positions[k], random) : game.randomAction(positions[k], random);
                }
                model.expand(bench.state, kinds, bench.actions, bench.keys.step(i), bench.step, bench.nodes);
                for (int k = 0; k < COLUMNS; k++) {
                    int before = seenBy[k];
                    game.play(positions[k], (int) bench.actions[k]);
                    model.get(bench.step.next(), k, reached);
                    assertThat(reached).isEqualTo(positions[k]);
                    int player = game.playerToMove(positions[k]);
                    if (player >= 0) seenBy[k] = player;
                    float discount = player == Game.TERMINAL ? 0 : oneRow && seenBy[k] != before ? -1 : 1;
                    assertThat(bench.step.discount()[k]).isEqualTo(discount);
                    for (int p = 0; p < model.spec().players(); p++) {
                        assertThat(bench.step.reward()[p * COLUMNS + k]).isEqualTo(game.reward(positions[k], oneRow ? before : p));
                    }
                }
                bench.state.copyFrom(bench.step.next());
            }
        }
    }

    private static void check(Game game, int[] position, NodeBuffer nodes, int k, boolean oneRow) {
        int player = game.playerToMove(position);
        byte kind = nodes.kind()[k];
        if (oneRow) assertThat(nodes.playerToMove()[k]).isZero();
        if (player == Game.TERMINAL) {
            assertThat(kind).isEqualTo(NodeKind.TERMINAL);
        } else if (player == Game.CHANCE) {
            assertThat(kind).isEqualTo(NodeKind.CHANCE);
            for (int o = 0; o < game.chanceCount(); o++) {
                assertThat(Math.exp(nodes.logits()[o * COLUMNS + k]))
                        .isEqualTo(game.chanceProbability(position, o), within(FLOAT_ROUNDING));
            }
        } else {
            assertThat(kind).isEqualTo(player == Game.SIMULTANEOUS ? NodeKind.SIMULTANEOUS : NodeKind.DECISION);
            for (int a = 0; a < game.actionCount(); a++) {
                assertThat(nodes.logits()[a * COLUMNS + k]).isEqualTo(game.legal(position, a) ? 0 : Float.NEGATIVE_INFINITY);
            }
        }
    }

    @Test
    void anIllegalActionEarnsNotANumberAndEndsTheEpisode() {
        Game game = new TicTacToe();
        var bench = new Bench(GameModel.of(game), 4);
        int[] position = Perft.start(game);
        game.play(position, 4);
        for (int k = 0; k < 4; k++) bench.model.set(bench.state, k, position);
        System.arraycopy(new float[] {4, 9, 0.5f, 3}, 0, bench.actions, 0, 4);

        bench.model.step(bench.state, bench.actions, bench.keys, bench.step);

        assertThat(bench.step.reward()).containsExactly(Float.NaN, Float.NaN, Float.NaN, 0);
        assertThat(bench.step.discount()).containsExactly(0, 0, 0, -1);
    }

    @Test
    void nothingIsEarnedAfterTheEnd() {
        Game game = new TicTacToe();
        var bench = new Bench(GameModel.of(game), 1);
        int[] position = Perft.start(game);
        for (int square : new int[] {0, 3, 1, 4, 2}) game.play(position, square);
        assertThat(game.reward(position, 0)).isEqualTo(1);
        bench.model.set(bench.state, 0, position);
        bench.actions[0] = 8;

        bench.model.step(bench.state, bench.actions, bench.keys, bench.step);

        assertThat(bench.step.reward()[0]).isZero();
        assertThat(bench.step.discount()[0]).isZero();
        assertThat(bench.step.next().tags()).isEqualTo(bench.state.tags());
    }

    /** Random play from the empty board: the first player wins 0.585 and loses 0.288 (exact: 737/1260 and 121/420). */
    @Test
    void rolloutsValueAPositionByRandomPlay() {
        Game game = new TicTacToe();
        for (GameModel model : List.of(GameModel.of(game), GameModel.perPlayer(game))) {
            var bench = new Bench(model, 2);
            int[] position = Perft.start(game);
            bench.model.set(bench.state, 0, position);
            game.play(position, 4);
            bench.model.set(bench.state, 1, position);
            bench.model.evaluate(bench.state, bench.keys, bench.nodes);

            new GameRollouts(model, 40_000, 9).evaluate(bench.state, bench.keys, bench.nodes);

            // The deviation of one game is below 1, so 0.025 is five of the mean.
            double value = 737 / 1260.0 - 121 / 420.0;
            assertThat((double) bench.nodes.value()[0]).isEqualTo(value, within(0.025));
            int rows = model.spec().players();
            float ofFirst = rows == 1 ? -bench.nodes.value()[1] : bench.nodes.value()[1];
            assertThat(ofFirst).as("the centre is a better start than any").isGreaterThan((float) value + 0.05f);
            if (rows == 2) assertThat(bench.nodes.value()[2]).isEqualTo(-bench.nodes.value()[0]);
        }
    }

    @Test
    void aColumnHasItsOwnRollouts() {
        Game game = new ConnectFour();
        GameModel model = GameModel.of(game);
        var all = new Bench(model, 64);
        for (int k = 0; k < 64; k++) model.set(all.state, k, Perft.start(game));
        model.evaluate(all.state, all.keys, all.nodes);
        new GameRollouts(model).evaluate(all.state, all.keys, all.nodes);
        var one = new Bench(model, 1);
        model.set(one.state, 0, Perft.start(game));
        model.evaluate(one.state, one.keys, one.nodes);
        var fork = new GameRollouts(model).fork();
        int wins = 0;
        for (int k = 0; k < 64; k++) {
            one.keys.set(0, 1, 77, k);
            fork.evaluate(one.state, one.keys, one.nodes);
            assertThat(one.nodes.value()[0]).isEqualTo(all.nodes.value()[k]);
            if (one.nodes.value()[0] == 1) wins++;
        }
        assertThat(wins).isBetween(15, 55);
    }

    @Test
    void onlySimultaneousGamesHaveJointActions() {
        assertThat(GameModel.of(new TicTacToe()).as(JointActions.class)).isNull();
        assertThat(GameModel.of(MatrixGame.rockPaperScissors()).as(JointActions.class)).isNotNull()
                .satisfies(joint -> assertThat(joint.ownActionCount(1)).isEqualTo(3));
        assertThat(GameModel.of(MatrixGame.rockPaperScissors()).spec().players()).isEqualTo(2);
        assertThat(GameModel.of(new Pig(3, 20, 30)).spec().players()).isEqualTo(3);
        assertThat(GameModel.of(new Pig()).spec().players()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("names")
    void nothingIsAllocated(String name) {
        Game game = Games.make(name);
        GameModel model = GameModel.of(game);
        var bench = new Bench(model, 3);
        var rollouts = new GameRollouts(model, 1, 4);
        byte[] kinds = new byte[3];
        int[] start = Perft.start(game);
        for (int k = 0; k < 3; k++) model.set(bench.state, k, start);
        int move = game.playerToMove(start) == Game.CHANCE ? 0 : game.randomAction(start, 1);
        Arrays.fill(bench.actions, move);

        assertThat(Allocation.onceWarm(() -> {
            model.evaluate(bench.state, bench.keys, bench.nodes);
            model.expand(bench.state, kinds, bench.actions, bench.keys, bench.step, bench.nodes);
            rollouts.evaluate(bench.step.next(), bench.keys, bench.nodes);
            model.step(bench.state, bench.actions, bench.keys, bench.step);
        })).isZero();
    }
}
