package io.ponder.examples.training;

import static io.ponder.examples.training.TrainingOption.*;

import io.ponder.engine.env.Discrete;
import io.ponder.engine.env.Environment;
import io.ponder.engine.game.Game;
import io.ponder.engine.game.Symmetry;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.storage.CheckpointManifest;
import io.ponder.engine.storage.ManifestFields;
import io.ponder.engine.train.selfplay.LoopParameters;
import io.ponder.engine.train.selfplay.ReplayParameters;
import io.ponder.engine.train.selfplay.SelfPlayParameters;
import io.ponder.engine.train.selfplay.SelfPlayTask;
import io.ponder.engine.train.selfplay.TargetParameters;
import io.ponder.planners.tree.CompletedQ;
import io.ponder.planners.tree.FirstPlay;
import io.ponder.planners.tree.GumbelHalving;
import io.ponder.planners.tree.Puct;
import io.ponder.planners.tree.SearchExecution;
import io.ponder.planners.tree.SearchRecipe;
import io.ponder.planners.tree.SearchRecipes;
import io.ponder.planners.tree.TreeMinMax;
import io.ponder.planners.tree.TreeSearch;
import io.ponder.worldmodels.archive.LatentArchive;
import io.ponder.worldmodels.latent.BoardLayers;
import io.ponder.worldmodels.latent.DenseLayers;
import io.ponder.worldmodels.latent.DenseStochasticLayers;
import io.ponder.worldmodels.latent.GameChance;
import io.ponder.worldmodels.latent.LatentLayers;
import io.ponder.worldmodels.latent.LatentLearner;
import io.ponder.worldmodels.latent.LatentLearning;
import io.ponder.worldmodels.latent.LatentNetwork;
import io.ponder.worldmodels.latent.LatentShape;
import io.ponder.worldmodels.latent.PolicyValueModel;
import io.ponder.worldmodels.latent.PrefixLayers;
import io.ponder.worldmodels.latent.ScalarSupport;
import io.ponder.worldmodels.latent.StochasticLatentModel;
import io.ponder.worldmodels.latent.UnrollGraph;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what is trained: environment, network, learner and search of a method with given settings. The one place where methods
 * differ.
 *
 * @param method      the method
 * @param environment where it is trained
 * @param settings    all numbers
 * @param seed        of networks and self-play
 * @param selfPlay    what plays and learns
 * @param recipe      how decisions are searched
 * @param network     writes the sizes of the network into the settings of a manifest
 */
public record TrainingTask(
        TrainingMethod method,
        TrainingEnvironment environment,
        TrainingSettings settings,
        long seed,
        SelfPlayTask selfPlay,
        SearchRecipe recipe,
        Consumer<ManifestFields> network) {
    private static final float LEAST_RANGE_OF_PUCT = 0.01f;

    /**
     * Builds a task, with networks as they are before the first step.
     *
     * @throws IllegalArgumentException if the method cannot be trained on the environment, or settings contradict each other
     */
    public static TrainingTask of(TrainingMethod method, TrainingEnvironment environment, TrainingSettings settings, long seed) {
        Environment example = environment.make();
        Game game = environment.game();
        requireFits(method, environment, settings, example, game);
        // Where two players take turns, what is good for the next one is bad for this one.
        int sign = game != null && game.players() == 2 ? -1 : 1;
        int promised = settings.integer(VALUE_PREFIX) == 0 ? 1 : memorySteps(settings);
        var states = LatentShape.of(
                example, latentSize(settings),
                ScalarSupport.returns(
                        promised * settings.number(REWARD_LOW), promised * settings.number(REWARD_HIGH), settings.integer(REWARD_BINS)),
                ScalarSupport.returns(settings.number(VALUE_LOW), settings.number(VALUE_HIGH), settings.integer(VALUE_BINS)),
                sign * settings.number(DISCOUNT));
        LatentShape shape = states.withLatentSize(states.latentSize() + 2 * settings.integer(VALUE_PREFIX));
        LatentLayers layers = layers(method, game, states, shape, settings);
        int samples = shape.actionCount() == 0 ? settings.integer(SAMPLES) : 0;
        var unrolled = new UnrollGraph(
                unroll(method, settings), samples, settings.number(CONSISTENCY_WEIGHT) > 0, settings.truth(CHANCE_TOLD),
                settings.number(LATENT_GRADIENT));
        var graph = new LatentNetwork(shape, layers, unrolled, seed);
        var learner = new LatentLearner(graph, learning(settings), settings.integer(BATCH));
        if (settings.truth(CHANCE_TOLD)) learner.readingChance(new GameChance(Objects.requireNonNull(game)));
        List<Symmetry> symmetries = game == null ? List.of() : game.symmetries();
        WorldModel model = switch (method) {
            case ALPHAZERO -> learner.follow(new PolicyValueModel(Objects.requireNonNull(game), graph));
            case STOCHASTIC -> learner.follow(new StochasticLatentModel(graph));
            default -> learner.model();
        };
        SearchRecipe recipe = recipe(method, settings).withSimulations(settings.integer(SIMULATIONS));
        var selfPlay = new SelfPlayTask(
                environment::make, model, (own, rows) -> new TreeSearch(own, recipe, SearchExecution.rows(rows).profiling()), learner,
                symmetries);
        return new TrainingTask(
                method, environment, settings, seed, selfPlay, recipe, fields -> LatentArchive.describe(shape, layers, fields));
    }

    private static void requireFits(
            TrainingMethod method, TrainingEnvironment environment, TrainingSettings settings, Environment example, @Nullable Game game) {
        String wrong = null;
        if (method == TrainingMethod.ALPHAZERO && game == null) {
            wrong = "it needs the rules of a game, and " + environment.name() + " is none.\nMaybe train it on tictactoe.";
        } else if (!(example.actionSpace() instanceof Discrete) && method != TrainingMethod.SAMPLED) {
            wrong = "it needs discrete actions, and those of " + environment.name() + " are continuous.\nMaybe train sampled there.";
        } else if (game != null && (game.simultaneous() || game.players() > 2 || game.players() == 2 && !game.zeroSum())) {
            wrong = "it needs one player, or two who take turns for a sum of 0, which is not so in " + environment.name()
                    + ".\nMaybe train it on tictactoe.";
        }
        if (wrong != null) throw new IllegalArgumentException("method is '" + method.label() + "', but " + wrong);
        if (settings.truth(CHANCE_TOLD) && (method != TrainingMethod.STOCHASTIC || game == null || game.chanceCount() == 0 || game.players() > 1)) {
            throw new IllegalArgumentException("chanceTold is true, but only stochastic learns chance codes, and only the rules of a game for one with"
                    + " chance can tell them.\nMaybe set it to false.");
        }
        int prefix = settings.integer(VALUE_PREFIX);
        boolean sums = method != TrainingMethod.STOCHASTIC && method != TrainingMethod.ALPHAZERO && (game == null || game.players() == 1);
        if (prefix > 0 && !sums) {
            throw new IllegalArgumentException("valuePrefix is " + prefix + ", but sums of rewards are learned by muzero, gumbel and sampled only,"
                    + " and where one player acts.\nMaybe set it to 0.");
        }
    }

    private static int latentSize(TrainingSettings settings) {
        int cells = settings.integer(BOARD_HEIGHT) * settings.integer(BOARD_WIDTH);
        return cells == 0 ? settings.integer(LATENT) : cells * settings.integer(CHANNELS);
    }

    /** Returns the layers; {@code states} is the shape without what remembers rewards. */
    private static LatentLayers layers(
            TrainingMethod method, @Nullable Game game, LatentShape states, LatentShape shape, TrainingSettings settings) {
        LatentLayers layers = layers(method, game, states, settings);
        int units = settings.integer(VALUE_PREFIX);
        return units == 0 ? layers : new PrefixLayers(layers, shape, units, memorySteps(settings));
    }

    /** Sums of rewards begin anew in the middle of what is unrolled, so that this is learned too. */
    private static int memorySteps(TrainingSettings settings) {
        return (settings.integer(UNROLL) + 1) / 2;
    }

    private static LatentLayers layers(TrainingMethod method, @Nullable Game game, LatentShape shape, TrainingSettings settings) {
        int height = settings.integer(BOARD_HEIGHT);
        int width = settings.integer(BOARD_WIDTH);
        var dense = new DenseLayers(shape, settings.scaling(), settings.integer(HIDDEN), settings.integer(DEPTH));
        if (method == TrainingMethod.STOCHASTIC) {
            if (height * width > 0) {
                throw new IllegalArgumentException("boardHeight is " + height + ", but stochastic has dense layers only.\nMaybe set it to 0.");
            }
            return new DenseStochasticLayers(shape, dense, game != null && settings.truth(CHANCE_TOLD) ? game.chanceCount() : settings.integer(CODES));
        }
        if (height * width == 0) return dense;
        return new BoardLayers(
                shape, settings.scaling(), height, width, settings.integer(CHANNELS), settings.integer(BLOCKS), settings.integer(HIDDEN));
    }

    private static int unroll(TrainingMethod method, TrainingSettings settings) {
        return method == TrainingMethod.ALPHAZERO ? 0 : settings.integer(UNROLL);
    }

    private static LatentLearning learning(TrainingSettings settings) {
        return new LatentLearning(
                settings.number(LEARNING_RATE), settings.number(WEIGHT_DECAY), settings.number(MAXIMUM_NORM),
                settings.number(POLICY_WEIGHT), settings.number(VALUE_WEIGHT), settings.number(REWARD_WEIGHT),
                settings.number(CONSISTENCY_WEIGHT), settings.integer(TARGET_EVERY));
    }

    private static SearchRecipe recipe(TrainingMethod method, TrainingSettings settings) {
        double range = settings.number(LEAST_RANGE);
        if (method == TrainingMethod.GUMBEL) {
            CompletedQ values = range == 0 ? CompletedQ.DEFAULT : CompletedQ.DEFAULT.withLeastRange(range);
            return SearchRecipes.gumbel(new GumbelHalving(GumbelHalving.DEFAULT.maxConsidered(), 1, values), values);
        }
        boolean outcomes = settings.number(VALUE_LOW) >= -1 && settings.number(VALUE_HIGH) <= 1;
        if (method == TrainingMethod.ALPHAZERO && outcomes) return SearchRecipes.alphaZero();
        // Values are scaled over the tree: among two siblings, noise would look as large as a difference.
        var scale = new TreeMinMax(range == 0 ? LEAST_RANGE_OF_PUCT : (float) range);
        Puct puct = Puct.DEFAULT.withTransform(scale).withFirstPlay(FirstPlay.NODE_VALUE);
        if (method == TrainingMethod.SAMPLED) {
            return SearchRecipes.sampledMuzero(settings.integer(SAMPLES)).withRoot(puct.withFirstPlay(FirstPlay.INFINITE)).withInterior(puct);
        }
        return SearchRecipes.muzero().withRoot(puct).withInterior(puct);
    }

    /** Returns the numbers of the loop; {@code seconds} may be infinite. */
    public SelfPlayParameters parameters(double seconds) {
        long steps = settings.whole(STEPS);
        long every = settings.whole(EVALUATE_EVERY) == 0 ? Math.max(1, steps / 10) : settings.whole(EVALUATE_EVERY);
        boolean drawn = method != TrainingMethod.GUMBEL;
        var loop = LoopParameters.steps(steps)
                .withSeconds(seconds)
                .withEnvironments(settings.integer(ENVIRONMENTS))
                .withBatch(settings.integer(BATCH))
                .withPositionsBefore(settings.integer(POSITIONS_BEFORE))
                .withLearnsPerStep(settings.number(LEARNS_PER_STEP))
                .withReanalysedPerStep(settings.number(REANALYSED_PER_STEP))
                .withEvaluation(every, settings.integer(EVALUATION_EPISODES))
                .withTemperature(
                        drawn ? settings.number(FIRST_TEMPERATURE) : Double.NaN, drawn ? settings.number(LAST_TEMPERATURE) : Double.NaN);
        int valueSteps = settings.integer(VALUE_STEPS);
        var targets = new TargetParameters(
                unroll(method, settings), valueSteps == 0 ? TargetParameters.TO_THE_END : valueSteps, settings.number(LAMBDA),
                settings.number(DISCOUNT), settings.truth(FRESH_VALUES));
        var replay = new ReplayParameters(
                settings.integer(CAPACITY), settings.number(PRIORITY_POWER), settings.number(WEIGHT_POWER));
        return new SelfPlayParameters(loop, targets, replay);
    }

    /** Returns a manifest that says what is trained. */
    CheckpointManifest manifest() {
        CheckpointManifest manifest = CheckpointManifest.of(method.label(), selfPlay.model().spec(), seed);
        manifest.settings().put("environment", environment.name()).put("options", settings.fields());
        network.accept(manifest.settings());
        return manifest;
    }
}
