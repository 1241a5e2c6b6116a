package io.ponder.examples.bench;

import io.ponder.engine.game.Game;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.examples.games.Games;
import java.util.List;
import java.util.Map;

/** Random games from the start position to the end, one after the other. */
final class PlayoutsCase implements BenchCase {
    private static final List<String> GAMES = List.of("tictactoe", "connect4", "breakthrough6", "othello6", "othello8", "gomoku15",
            "gomoku9", "2048", "2048-3x3", "catch", "pig");
    private static final int GAMES_PER_CALL = 64;

    @Override
    public String name() {
        return "playouts";
    }

    @Override
    public List<Map<String, Object>> parameterSets() {
        return GAMES.stream().map(game -> Parameters.of("game", game)).toList();
    }

    @Override
    public Measurement measure(Map<String, Object> parameters, int threads, Stopwatch stopwatch) {
        Game game = Games.make(Parameters.text(parameters, "game"));
        double[] nanos = stopwatch.nanosPerCall(new Playouts(game));
        return Measurement.of("playoutsPerSecond", "1/s", nanos, t -> 1e9 * GAMES_PER_CALL / t);
    }

    private static final class Playouts implements Runnable {
        private final Game game;
        private final int[] position;
        private final float[] returns;
        private int stream;

        Playouts(Game game) {
            this.game = game;
            position = new int[game.positionSize()];
            returns = new float[game.players()];
        }

        @Override
        public void run() {
            for (int i = 0; i < GAMES_PER_CALL; i++) {
                game.start(position);
                game.rollout(position, CounterRandom.key(1, stream++), Integer.MAX_VALUE, returns);
            }
        }
    }
}
