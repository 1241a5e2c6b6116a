package io.ponder.examples.arena;

import io.ponder.engine.Checks;
import io.ponder.engine.game.Bits;
import io.ponder.engine.game.Game;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.examples.comparison.Cancellation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets every agent play every other one. Each random opening is played twice, so that both agents begin once, and no pair of agents
 * that always choose the same move plays one game over and over. Thread-safe: games are played side by side, each with agents of its own.
 */
public final class Tournament {
    private static final long OPENING_STREAM = 7;

    /** Makes an agent; called once for every game it plays. */
    @FunctionalInterface
    public interface AgentMaker {
        /** Returns a new agent. */
        Agent make();
    }

    /**
     * Says how a tournament is played.
     *
     * @param gamesPerPair games that each pair of agents plays, at least 2; an odd number is rounded up
     * @param openingMoves random moves before the agents take over, at least 0
     * @param maxMoves     transitions after which a game that is not over counts as a draw where nobody has won more
     * @param seed         decides openings, chance and what agents draw
     * @param threads      games side by side
     */
    public record Settings(int gamesPerPair, int openingMoves, int maxMoves, long seed, int threads) {
        public Settings {
            Checks.inRange("gamesPerPair", gamesPerPair, 2, 1_000_000);
            Checks.nonNegative("openingMoves", openingMoves);
            Checks.positive("maxMoves", maxMoves);
            Checks.positive("threads", threads);
        }
    }

    /**
     * Is one game of a tournament.
     *
     * @param first  number of the agent that was player 0
     * @param second number of the agent that was player 1
     * @param record the game
     */
    public record Played(int first, int second, GameRecord record) {
        /** Returns the result of the game. */
        public Encounter encounter() {
            return new Encounter(first, second, record.score());
        }
    }

    private final Game game;
    private final List<AgentMaker> agents;
    private final Settings settings;

    /** Creates a tournament of a game of two players that take turns. */
    public Tournament(Game game, List<? extends AgentMaker> agents, Settings settings) {
        if (game.players() != 2) {
            throw new IllegalArgumentException(
                    "game is " + game.name() + " for " + game.players() + " players, but a tournament needs a game for 2.");
        }
        this.game = game;
        this.agents = List.copyOf(agents);
        this.settings = settings;
    }

    /** Returns the number of games. */
    public int size() {
        return agents.size() * (agents.size() - 1) / 2 * openingsPerPair() * 2;
    }

    private int openingsPerPair() {
        return (settings.gamesPerPair + 1) / 2;
    }

    /**
     * Plays all games, or those that are done until the run is cancelled.
     *
     * @param listener told of every game, by one thread at a time
     * @return the games that were played, in the order of the schedule
     */
    public List<Played> run(Cancellation cancel, Consumer<Played> listener) {
        ExecutorService pool = Executors.newFixedThreadPool(settings.threads);
        try {
            List<Future<@Nullable Played>> futures = new ArrayList<>();
            for (int opening = 0; opening < openingsPerPair(); opening++) {
                for (int a = 0; a < agents.size(); a++) {
                    for (int b = a + 1; b < agents.size(); b++) {
                        long seed = CounterRandom.key(settings.seed, opening);
                        int first = a;
                        int second = b;
                        futures.add(pool.submit(() -> play(first, second, seed, cancel, listener)));
                        futures.add(pool.submit(() -> play(second, first, seed, cancel, listener)));
                    }
                }
            }
            List<Played> played = new ArrayList<>();
            for (Future<@Nullable Played> future : futures) {
                Played game = future.get();
                if (game != null) played.add(game);
            }
            return Collections.unmodifiableList(played);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) throw cause;
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The tournament was interrupted.", stopped);
        } finally {
            stop(pool);
        }
    }

    /** Waits for the games that are still running, so that the listener is not called after the run. */
    private static void stop(ExecutorService pool) {
        pool.shutdownNow();
        try {
            pool.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable Played play(int first, int second, long seed, Cancellation cancel, Consumer<Played> listener) {
        if (cancel.requested()) return null;
        try (Agent one = agents.get(first).make();
                Agent two = agents.get(second).make()) {
            GameRecord record = Match.goOn(opening(seed), List.of(one, two), settings.maxMoves, cancel::requested);
            if (cancel.requested() && !record.over()) return null;
            var played = new Played(first, second, record);
            synchronized (this) {
                listener.accept(played);
            }
            return played;
        }
    }

    /** Returns a game after its random moves; shorter where the game would be over. */
    private GameLog opening(long seed) {
        var log = new GameLog(game, seed);
        long key = CounterRandom.key(seed, OPENING_STREAM);
        for (int i = 0; i < settings.openingMoves; i++) {
            log.play(game.randomAction(log.position(), Bits.random(key, i)));
            if (!log.over()) continue;
            log.undo(1);
            break;
        }
        return log;
    }
}
