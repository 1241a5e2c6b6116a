package io.ponder.examples.evidence;

import io.ponder.engine.game.Game;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.engine.train.selfplay.SelfPlayLoop;
import io.ponder.examples.arena.AgentSpec;
import io.ponder.examples.arena.EloRatings;
import io.ponder.examples.arena.Encounter;
import io.ponder.examples.arena.Tournament;
import io.ponder.examples.arena.TrainedAgent;
import io.ponder.examples.comparison.Cancellation;
import io.ponder.examples.comparison.PlanBudget;
import io.ponder.examples.training.TrainingTask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Rates an agent that is being trained on a ladder of tree searches with proofs, whose ratings among themselves come from games that
 * are played once. Every evaluation is rated by its own games and those of the ladder, relative to the rung in the middle.
 */
final class EloLadder implements SelfPlayLoop.Evaluator {
    /** The rungs, by their simulations a move. */
    static final List<String> RUNGS = List.of("solver:100", "solver:1000", "solver:10000");

    private static final int ANCHOR = 2;
    private static final int OPENING_MOVES = 2;
    private static final int MOST_MOVES = 10_000;
    private static final long RUNG_GAMES = 3;

    private final Game game;
    private final Tournament.AgentMaker trained;
    private final List<Tournament.AgentMaker> rungs;
    private final int games;
    private final long seed;
    private final int threads;
    private final Cancellation cancel;
    private final List<Encounter> among = new ArrayList<>();
    private final Map<String, List<Double>> points = new LinkedHashMap<>();

    /**
     * Creates a ladder.
     *
     * @param games of each pair at an evaluation, each random opening twice
     */
    EloLadder(TrainingTask task, int games, long seed, int threads, Cancellation cancel) {
        game = Objects.requireNonNull(task.environment().game(), "game");
        trained = TrainedAgent.of("trained", game, task, PlanBudget.DEFAULT);
        rungs = RUNGS.stream()
                .map(name -> AgentSpec.parse("opponent", name, PlanBudget.DEFAULT).maker(game, 2 * threads)).toList();
        this.games = games;
        this.seed = seed;
        this.threads = threads;
        this.cancel = cancel;
    }

    @Override
    public double[] evaluate(long newSeed) {
        if (among.isEmpty()) {
            for (Tournament.Played played : play(rungs, CounterRandom.key(seed, RUNG_GAMES))) {
                Encounter found = played.encounter();
                among.add(new Encounter(1 + found.first(), 1 + found.second(), found.score()));
            }
        }
        List<Encounter> all = new ArrayList<>(among);
        List<Double> returns = new ArrayList<>();
        for (int rung = 0; rung < rungs.size(); rung++) {
            double sum = 0;
            List<Tournament.Played> played = play(List.of(trained, rungs.get(rung)), newSeed);
            for (Tournament.Played one : played) {
                boolean first = one.first() == 0;
                double score = one.encounter().score();
                all.add(new Encounter(first ? 0 : 1 + rung, first ? 1 + rung : 0, score));
                double own = first ? score : 1 - score;
                returns.add(2 * own - 1);
                sum += own;
            }
            add("scoreAgainst " + RUNGS.get(rung), sum / played.size());
        }
        EloRatings ratings = EloRatings.of(1 + rungs.size(), all);
        double anchor = ratings.rating(ANCHOR);
        add("elo", ratings.rating(0) - anchor);
        for (int rung = 0; rung < rungs.size(); rung++) add("elo " + RUNGS.get(rung), ratings.rating(1 + rung) - anchor);
        return returns.stream().mapToDouble(r -> r).toArray();
    }

    private List<Tournament.Played> play(List<Tournament.AgentMaker> agents, long key) {
        var settings = new Tournament.Settings(games, OPENING_MOVES, MOST_MOVES, key, threads);
        return new Tournament(game, agents, settings).run(cancel, played -> {});
    }

    private void add(String name, double number) {
        points.computeIfAbsent(name, missing -> new ArrayList<>()).add(number);
    }

    /** Returns the rating at the newest evaluation, less that of the rung in the middle; NaN before the first. */
    double newest() {
        List<Double> elo = points.getOrDefault("elo", List.of());
        return elo.isEmpty() ? Double.NaN : elo.get(elo.size() - 1);
    }

    /** Returns the numbers of all evaluations: shares of points against each rung, ratings of the agent and the rungs. */
    Map<String, double[]> curve() {
        Map<String, double[]> curve = new LinkedHashMap<>();
        points.forEach((name, numbers) -> curve.put(name, numbers.stream().mapToDouble(n -> n).toArray()));
        return curve;
    }
}
