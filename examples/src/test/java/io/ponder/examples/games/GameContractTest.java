package io.ponder.examples.games;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.env.EnvironmentChecker;
import io.ponder.engine.game.Bits;
import io.ponder.engine.game.Game;
import io.ponder.engine.game.GameEnvironment;
import io.ponder.engine.game.Symmetry;
import io.ponder.testing.Allocation;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every game must keep, tried on random games. */
class GameContractTest {
    private static final int GAMES = 30;

    /** A sum of probabilities or rewards in double precision. */
    private static final double ROUNDING = 1e-9;

    /** What is done with every position of a game. */
    @FunctionalInterface
    private interface Visit {
        void at(int[] position, long random);
    }

    static List<String> names() {
        return Games.names();
    }

    /** Visits every position of random games, the ends included, by the plain means of the contract. */
    private static void visit(Game game, int games, Visit visit) {
        int[] actions = new int[game.actionCount()];
        for (int g = 0; g < games; g++) {
            int[] position = Perft.start(game);
            for (int i = 0; ; i++) {
                long random = Bits.random(g, i);
                visit.at(position, ~random);
                int player = game.playerToMove(position);
                if (player == Game.TERMINAL) break;
                if (player == Game.CHANCE) game.play(position, game.randomOutcome(position, random));
                else game.play(position, actions[Bits.below(game.legalActions(position, actions), random)]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void theThreeWaysToAskWhatIsLegalAgree(String name) {
        Game game = Games.make(name);
        int[] actions = new int[game.actionCount()];
        visit(game, GAMES, (position, random) -> {
            int[] expected = java.util.stream.IntStream.range(0, actions.length).filter(a -> game.legal(position, a)).toArray();
            int player = game.playerToMove(position);

            int count = game.legalActions(position, actions);

            assertThat(Arrays.copyOf(actions, count)).isEqualTo(expected);
            assertThat(game.legalCount(position)).isEqualTo(count);
            if (player >= 0 || player == Game.SIMULTANEOUS) assertThat(count).isPositive();
            else assertThat(count).isZero();
            assertThat(player).isBetween(Game.SIMULTANEOUS, game.players() - 1);
            if (player == Game.SIMULTANEOUS) assertThat(game.simultaneous()).isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("names")
    void randomActionsAreLegalAndEquallyLikely(String name) {
        Game game = Games.make(name);
        int[] actions = new int[game.actionCount()];
        int[] seen = new int[game.actionCount()];
        visit(game, 2, (position, random) -> {
            int count = game.legalActions(position, actions);
            if (count == 0) return;
            int draws = 200 * count;
            Arrays.fill(seen, 0);
            for (int i = 0; i < draws; i++) seen[game.randomAction(position, Bits.random(random, i))]++;

            double statistic = 0;
            int legalDraws = 0;
            for (int i = 0; i < count; i++) {
                legalDraws += seen[actions[i]];
                statistic += (seen[actions[i]] - 200.0) * (seen[actions[i]] - 200.0) / 200.0;
            }
            assertThat(legalDraws).isEqualTo(draws);
            // Chi-squared with count - 1 degrees of freedom; six standard deviations and a little for few degrees.
            assertThat(statistic).isLessThan(count + 6 * Math.sqrt(2 * count) + 15);
        });
    }

    @ParameterizedTest
    @MethodSource("names")
    void chanceIsAProbabilityAndIsDrawnByIt(String name) {
        Game game = Games.make(name);
        int[] tried = {0};
        visit(game, GAMES, (position, random) -> {
            if (game.playerToMove(position) != Game.CHANCE) return;
            double sum = 0;
            for (int o = 0; o < game.chanceCount(); o++) sum += game.chanceProbability(position, o);
            assertThat(sum).isEqualTo(1, within(ROUNDING));
            if (tried[0]++ > 20) return;
            int draws = 20_000;
            int[] seen = new int[game.chanceCount()];
            for (int i = 0; i < draws; i++) seen[game.randomOutcome(position, Bits.random(random, i))]++;
            for (int o = 0; o < seen.length; o++) {
                double probability = game.chanceProbability(position, o);
                double deviation = Math.sqrt(draws * probability * (1 - probability));
                assertThat((double) seen[o]).isEqualTo(draws * probability, within(6 * deviation));
            }
        });
        assertThat(tried[0] > 0).isEqualTo(game.chanceCount() > 0);
    }

    @ParameterizedTest
    @MethodSource("names")
    void fastRolloutsPlayWhatTheContractSays(String name) {
        Game game = Games.make(name);
        Game plain = new PlainGame(game);
        float[] returns = new float[game.players()];
        float[] expected = new float[game.players()];
        visit(game, 3, (position, random) -> {
            for (int maxMoves : new int[] {0, 1, 2, 7, 1_000_000}) {
                int[] fast = position.clone();
                int[] slow = position.clone();
                Arrays.fill(returns, 0.5f);
                Arrays.fill(expected, 0.5f);

                int moves = game.rollout(fast, random, maxMoves, returns);

                assertThat(moves).isEqualTo(plain.rollout(slow, random, maxMoves, expected));
                assertThat(fast).isEqualTo(slow);
                assertThat(returns).isEqualTo(expected);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("names")
    void observationsShowThePosition(String name) {
        Game game = Games.make(name);
        float[] observation = new float[3 * game.observationSize() + 2];
        float[] again = new float[game.observationSize()];
        float[] dense = new float[game.observationSize()];
        int[] recognised = new int[game.positionSize()];
        visit(game, 5, (position, random) -> {
            Arrays.fill(observation, Float.NaN);
            game.observe(position, observation, 2, 3);
            game.observe(position, dense, 0, 1);
            Arrays.fill(recognised, -77);
            game.recognise(observation, 2, 3, recognised);
            game.observe(recognised, again, 0, 1);

            assertThat(again).isEqualTo(dense).doesNotContain(Float.NaN);
            for (int i = 0; i < observation.length; i++) {
                if (i % 3 == 2) assertThat(observation[i]).isEqualTo(dense[i / 3]);
                else assertThat(observation[i]).isNaN();
            }
            assertThat(game.playerToMove(recognised)).isEqualTo(game.playerToMove(position));
            if (game.playerToMove(position) != Game.TERMINAL) {
                assertThat(Arrays.copyOf(recognised, game.identitySize())).isEqualTo(Arrays.copyOf(position, game.identitySize()));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("names")
    void symmetriesLeaveTheGameAsItIs(String name) {
        Game game = Games.make(name);
        float[] seen = new float[game.observationSize()];
        float[] turnedSeen = new float[game.observationSize()];
        float[] turnedNext = new float[game.observationSize()];
        int[] turned = new int[game.positionSize()];
        List<Symmetry> symmetries = game.symmetries();
        assertThat(symmetries.get(0)).usingRecursiveComparison()
                .isEqualTo(Symmetry.identity(game.observationSize(), game.actionCount()));
        visit(game, 2, (position, random) -> {
            game.observe(position, seen, 0, 1);
            for (Symmetry symmetry : symmetries) {
                for (int i = 0; i < seen.length; i++) turnedSeen[i] = seen[symmetry.observation()[i]];
                game.recognise(turnedSeen, 0, 1, turned);
                assertThat(game.playerToMove(turned)).isEqualTo(game.playerToMove(position));
                for (int a = 0; a < game.actionCount(); a++) {
                    assertThat(game.legal(turned, symmetry.action()[a])).isEqualTo(game.legal(position, a));
                }
                if (game.legalCount(position) == 0) continue;
                int action = game.randomAction(position, random);
                int[] next = position.clone();
                game.play(next, action);
                game.play(turned, symmetry.action()[action]);
                float[] nextSeen = new float[seen.length];
                game.observe(next, nextSeen, 0, 1);
                game.observe(turned, turnedNext, 0, 1);
                for (int i = 0; i < seen.length; i++) assertThat(turnedNext[i]).isEqualTo(nextSeen[symmetry.observation()[i]]);
                for (int p = 0; p < game.players(); p++) assertThat(game.reward(turned, p)).isEqualTo(game.reward(next, p));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("names")
    void rewardsOfZeroSumGamesSumToZero(String name) {
        Game game = Games.make(name);
        visit(game, GAMES, (position, random) -> {
            double sum = 0;
            for (int p = 0; p < game.players(); p++) sum += game.reward(position, p);
            if (game.zeroSum()) assertThat(sum).isZero();
        });
        int[] start = Perft.start(game);
        for (int p = 0; p < game.players(); p++) assertThat(game.reward(start, p)).isZero();
    }

    @ParameterizedTest
    @MethodSource("names")
    void jointActionsAreMixedRadix(String name) {
        Game game = Games.make(name);
        int[] start = Perft.start(game);
        if (game.playerToMove(start) != Game.SIMULTANEOUS) return;
        for (int joint = 0; joint < game.actionCount(); joint++) {
            int[] own = new int[game.players()];
            boolean legal = true;
            for (int p = 0; p < own.length; p++) {
                own[p] = game.ownAction(joint, p);
                assertThat(own[p]).isBetween(0, game.ownActionCount(p) - 1);
                legal &= game.ownLegal(start, p, own[p]);
            }
            assertThat(game.joint(own)).isEqualTo(joint);
            assertThat(game.legal(start, joint)).isEqualTo(legal);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void theEnvironmentKeepsItsContract(String name) {
        assertThat(EnvironmentChecker.check(new GameEnvironment(Games.make(name)), 3, 10, 300)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("names")
    void playAllocatesNothing(String name) {
        Game game = Games.make(name);
        int[] position = new int[game.positionSize()];
        int[] actions = new int[game.actionCount()];
        float[] observation = new float[game.observationSize()];
        float[] returns = new float[game.players()];
        var environment = new GameEnvironment(game);
        environment.reset(1);
        float[] action = new float[1];

        assertThat(Allocation.onceWarm(() -> {
            game.start(position);
            game.observe(position, observation, 0, 1);
            game.rollout(position, 3, 5, returns);
            if (game.legalActions(position, actions) > 0) game.play(position, actions[0]);
            game.recognise(observation, 0, 1, position);
            environment.reset();
            action[0] = game.randomAction(environment.position(), 5);
            environment.step(action);
        })).isZero();
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> Games.make("chess")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("game is 'chess', but it must be one of tictactoe, connect4");
        assertThat(Games.make("Connect4").name()).isEqualTo("connect4");
        assertThat(Games.names()).allSatisfy(name -> assertThat(Games.make(name).name()).isEqualTo(name));
    }
}
