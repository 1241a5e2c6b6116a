package io.ponder.examples.evidence;

import io.ponder.engine.game.Game;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.engine.train.selfplay.CurvePoint;
import io.ponder.engine.train.selfplay.SelfPlayTask;
import io.ponder.examples.arena.GameEvaluation;
import io.ponder.examples.comparison.Cancellation;
import io.ponder.examples.training.TrainingMethod;
import io.ponder.examples.training.TrainingOption;
import io.ponder.examples.training.TrainingSettings;
import io.ponder.examples.training.TrainingTask;
import io.ponder.worldmodels.archive.LatentArchive;
import io.ponder.worldmodels.latent.DenseLayers;
import io.ponder.worldmodels.latent.LatentLearner;
import io.ponder.worldmodels.latent.LatentLearning;
import io.ponder.worldmodels.latent.LatentNetwork;
import io.ponder.worldmodels.latent.LatentScaling;
import io.ponder.worldmodels.latent.LatentShape;
import io.ponder.worldmodels.latent.ScalarSupport;
import io.ponder.worldmodels.latent.UnrollGraph;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Promises how well agents play that taught themselves a game. Opponents are perfect play, or tree search of known size. */
final class GameRows {
    private static final String TICTACTOE = "tictactoe";
    private static final int GAMES = 1000;
    private static final int LOST_WITHOUT_SEARCH = 20;
    private static final int LOST_WITHOUT_MASKS = 20;
    private static final int LOST_WITH_WRONG_SIGN = 500;
    private static final String LADDER_GAME = "connect4";
    private static final int LADDER_GAMES = 20;

    /** Below solver:1000, and above solver:100, which has -200 or less in the same tournaments. */
    private static final double LADDER_ELO = -150;

    /** What fails shows it early. */
    private static final String TRAINED_LESS = "steps=7000 evaluateEvery=7000 evaluationEpisodes=100";
    private static final String TRAINED = "steps=20000 evaluateEvery=2000 evaluationEpisodes=100";
    private static final int THREADS = Math.min(2, Runtime.getRuntime().availableProcessors());

    private final ResultRows rows;

    private GameRows(ResultRows rows) {
        this.rows = rows;
    }

    /** Adds the rows. */
    static void addTo(ResultRows rows) {
        var adder = new GameRows(rows);
        adder.addPerfectPlay(TrainingMethod.ALPHAZERO);
        adder.addPerfectPlay(TrainingMethod.MUZERO);
        adder.addWithoutSearch();
        adder.addWrongSign();
        adder.addWithoutMasks();
        adder.addLadder();
    }

    private void addPerfectPlay(TrainingMethod method) {
        TrainingSettings settings = CurveRows.preset(method, TICTACTOE, TRAINED);
        rows.add("tictactoe-" + method.label(),
                "0 of 1 000 lost after 20 000 moves (median)",
                "games",
                "games lost of " + GAMES + " against perfect play, beginning half of them; " + method.label() + ", " + settings,
                (seed, cancel) -> lost(CurveRows.task(method, TICTACTOE, settings, seed), cancel),
                found -> CurveRows.median(found, Measurement::value) == 0);
    }

    /** A policy that is not improved by search must be worse, by the same games. */
    private void addWithoutSearch() {
        TrainingSettings settings = CurveRows.preset(TrainingMethod.ALPHAZERO, TICTACTOE, TRAINED)
                .with(TrainingOption.SIMULATIONS, "1").with(TrainingOption.PLAY_SIMULATIONS, "1");
        rows.add("tictactoe-without-search",
                "without search >= 20 of 1 000 lost (mean)",
                "games",
                "games lost of " + GAMES + " against perfect play where the move is that of the policy; alphazero, " + settings,
                (seed, cancel) -> lost(CurveRows.task(TrainingMethod.ALPHAZERO, TICTACTOE, settings, seed), cancel),
                found -> ResultRows.mean(found) >= LOST_WITHOUT_SEARCH);
    }

    /** A search that takes what is good for the other player for good must be worse, by the same games. */
    private void addWrongSign() {
        TrainingSettings settings = CurveRows.preset(TrainingMethod.MUZERO, TICTACTOE, TRAINED_LESS);
        rows.add("tictactoe-wrong-sign",
                "wrong sign >= 500 of 1 000 lost (mean)",
                "games",
                "games lost of " + GAMES + " against perfect play where the model's discount is 1 instead of -1; muzero, " + settings,
                (seed, cancel) -> lost(withDiscount(1, CurveRows.task(TrainingMethod.MUZERO, TICTACTOE, settings, seed)), cancel),
                found -> ResultRows.mean(found) >= LOST_WITH_WRONG_SIGN);
    }

    /** An agent that is not told which moves are legal must be worse, by the same games, in which it is told. */
    private void addWithoutMasks() {
        TrainingSettings settings = CurveRows.preset(TrainingMethod.MUZERO, TICTACTOE, TRAINED_LESS);
        rows.add("tictactoe-without-masks",
                "without masks >= 20 of 1 000 lost (mean)",
                "games",
                "games lost of " + GAMES + " against perfect play where an illegal move loses while training, and none is masked; muzero, "
                        + settings,
                (seed, cancel) -> lost(withoutMasks(CurveRows.task(TrainingMethod.MUZERO, TICTACTOE, settings, seed)), cancel),
                found -> ResultRows.mean(found) >= LOST_WITHOUT_MASKS);
    }

    /** Returns a task with a latent model of dense layers and another discount; -1 is right where two players take turns. */
    static TrainingTask withDiscount(double discount, TrainingTask task) {
        TrainingSettings settings = task.settings();
        var shape = LatentShape.of(
                task.environment().make(), settings.integer(TrainingOption.LATENT), ScalarSupport.outcomes(), ScalarSupport.outcomes(),
                discount);
        var layers = new DenseLayers(
                shape, LatentScaling.MIN_MAX, settings.integer(TrainingOption.HIDDEN), settings.integer(TrainingOption.DEPTH));
        var graph = new LatentNetwork(shape, layers, UnrollGraph.steps(settings.integer(TrainingOption.UNROLL)), task.seed());
        var learning = LatentLearning.defaults().withLearningRate(settings.number(TrainingOption.LEARNING_RATE));
        var learner = new LatentLearner(graph, learning, settings.integer(TrainingOption.BATCH));
        SelfPlayTask right = task.selfPlay();
        var wrong = new SelfPlayTask(right.environment(), learner.model(), right.search(), learner, right.symmetries());
        return new TrainingTask(
                task.method(), task.environment(), settings, task.seed(), wrong, task.recipe(),
                fields -> LatentArchive.describe(shape, layers, fields));
    }

    /** Returns a task that is trained where legal moves are not known, and an illegal one loses. */
    static TrainingTask withoutMasks(TrainingTask task) {
        Game game = Objects.requireNonNull(task.environment().game(), "game");
        SelfPlayTask masked = task.selfPlay();
        var unmasked = new SelfPlayTask(
                () -> new IllegalMovesLose(game), masked.model(), masked.search(), masked.learner(), masked.symmetries());
        return new TrainingTask(
                task.method(), task.environment(), task.settings(), task.seed(), unmasked, task.recipe(), task.network());
    }

    private static ResultRow.@Nullable Measured lost(TrainingTask task, Cancellation cancel) {
        List<CurvePoint> curve = CurveRows.learn(task, Double.POSITIVE_INFINITY, new GameEvaluation(task), cancel);
        if (curve == null) return null;
        double[] returns = new GameEvaluation(task, "perfect", GAMES).evaluate(CounterRandom.key(task.seed(), GAMES));
        return new ResultRow.Measured(Arrays.stream(returns).filter(r -> r < 0).count(), CurveRows.details(curve));
    }

    private void addLadder() {
        TrainingSettings settings = CurveRows.preset(TrainingMethod.ALPHAZERO, LADDER_GAME, "steps=60000");
        rows.add("connect4-ladder",
                "Elo > -150, solver:1000 has 0 (median)",
                "Elo",
                "Elo of the last agent less that of solver:1000, from a tournament with solver:100, solver:1000 and solver:10000, "
                        + LADDER_GAMES + " games a pair after 2 random moves, repeated at every evaluation; playing and learning on two"
                        + " threads; alphazero, " + settings,
                (seed, cancel) -> {
                    TrainingTask task = CurveRows.task(TrainingMethod.ALPHAZERO, LADDER_GAME, settings, seed);
                    var ladder = new EloLadder(task, LADDER_GAMES, seed, THREADS, cancel);
                    List<CurvePoint> curve = CurveRows.learn(task, Double.POSITIVE_INFINITY, ladder, cancel);
                    if (curve == null) return null;
                    Map<String, double[]> details = CurveRows.details(curve);
                    details.putAll(ladder.curve());
                    return new ResultRow.Measured(ladder.newest(), details);
                },
                found -> CurveRows.median(found, Measurement::value) > LADDER_ELO);
    }
}
