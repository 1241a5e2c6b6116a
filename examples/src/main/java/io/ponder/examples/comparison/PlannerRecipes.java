package io.ponder.examples.comparison;

import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Backend;
import io.ponder.engine.plan.Planner;
import io.ponder.engine.plan.Problem;
import io.ponder.planners.ActionNoise;
import io.ponder.planners.CategoricalCem;
import io.ponder.planners.CategoricalCemParameters;
import io.ponder.planners.Cem;
import io.ponder.planners.CemParameters;
import io.ponder.planners.Execution;
import io.ponder.planners.GradientMethod;
import io.ponder.planners.GradientParameters;
import io.ponder.planners.GradientShooting;
import io.ponder.planners.ICem;
import io.ponder.planners.ICemParameters;
import io.ponder.planners.InterleavedGradient;
import io.ponder.planners.Mppi;
import io.ponder.planners.MppiParameters;
import io.ponder.planners.PathIntegral;
import io.ponder.planners.PathIntegralParameters;
import io.ponder.planners.RandomShooting;
import io.ponder.planners.RandomShootingParameters;
import io.ponder.planners.evolution.ArchiveSearch;
import io.ponder.planners.evolution.CmaEs;
import io.ponder.planners.evolution.ConsensusSearch;
import io.ponder.planners.evolution.EvolutionParameters;
import io.ponder.planners.evolution.EvolutionPlanning;
import io.ponder.planners.evolution.LmMaEs;
import io.ponder.planners.evolution.PlanDescriptor;
import io.ponder.planners.evolution.SepCmaEs;
import io.ponder.planners.evolution.Snes;
import io.ponder.planners.hybrid.RefinedPlanner;
import io.ponder.planners.hybrid.TubePlanner;
import io.ponder.planners.trajectory.IterativeLqr;
import io.ponder.planners.trajectory.IterativeLqrParameters;
import io.ponder.planners.tree.FirstPlay;
import io.ponder.planners.tree.Puct;
import io.ponder.planners.tree.RolloutLeaf;
import io.ponder.planners.tree.SearchExecution;
import io.ponder.planners.tree.SearchRecipe;
import io.ponder.planners.tree.SearchRecipes;
import io.ponder.planners.tree.SelectionRule;
import io.ponder.planners.tree.TreeMinMax;
import io.ponder.planners.tree.TreeSearch;
import io.ponder.planners.tree.Ucb1;
import io.ponder.worldmodels.ensemble.LearnedChain;
import io.ponder.worldmodels.ensemble.ParticlePropagation;
import io.ponder.worldmodels.wrappers.HeldActions;
import java.util.ArrayList;
import java.util.List;

/** Builds the planners that are compared, each in the calling thread and for one environment. */
public final class PlannerRecipes {
    private static final List<String> CONTINUOUS = List.of("cem", "icem", "mppi", "gradient");
    private static final List<String> EVOLUTION = List.of("cma-es", "sep-cma-es", "lm-ma-es", "snes", "cbo", "archive");
    private static final List<PathIntegralParameters> PATH_INTEGRALS = List.of(
            PathIntegralParameters.ADAPTIVE,
            PathIntegralParameters.SMPPI,
            PathIntegralParameters.KMPPI,
            PathIntegralParameters.SPLINE,
            PathIntegralParameters.LOG_MPPI,
            PathIntegralParameters.DIAL,
            PathIntegralParameters.PREDICTIVE_SAMPLING,
            PathIntegralParameters.TSALLIS,
            PathIntegralParameters.CVAR);
    private static final List<String> DISCRETE = List.of("categorical-cem", "uct", "puct");
    private static final List<String> TREES = List.of("uct", "puct");
    private static final List<String> DERIVATIVES = List.of("sgd", "lbfgs", "grad-cem", "cem-gradient");
    private static final List<String> TRAJECTORIES = List.of("ilqr", "ddp", "cem-ilqr", "tube-mppi");
    private static final String RANDOM_SHOOTING = "random-shooting";
    private static final String COLOURED_MPPI = "coloured-mppi";

    /** Random rollouts of a leaf, which the model steps together. */
    private static final int LEAF_ROLLOUTS = 4;

    /** Constants for values that the tree scales to 0 .. 1: with half of UCB1's the cart-pole falls. */
    private static final double UCB_EXPLORATION = 1;
    private static final double PUCT_EXPLORATION = 4;

    /** An average over more sequences mixes swings to both sides of the pendulum. */
    private static final double MPPI_EFFECTIVE_SEQUENCES = 4;

    /** Steps that a candidate of Grad-CEM takes, and their length in half ranges. */
    private static final int GRADIENT_STEPS = 2;
    private static final double GRADIENT_RATE = 0.1;

    /** Cells along each of the two numbers that describe a plan. */
    private static final int ARCHIVE_CELLS = 10;

    /** A call has few generations. */
    private static final double CBO_TIME_STEP = 0.5;

    /** A strategy learns from generations: four times as many as the others have iterations, each a quarter as large. */
    private static final int GENERATIONS_AN_ITERATION = 4;

    private PlannerRecipes() {}

    /** Returns the names of all planners. */
    public static List<String> names() {
        List<String> names = new ArrayList<>(List.of(RANDOM_SHOOTING));
        names.addAll(CONTINUOUS);
        names.add(COLOURED_MPPI);
        PATH_INTEGRALS.forEach(parameters -> names.add(parameters.name()));
        names.addAll(EVOLUTION);
        names.addAll(DERIVATIVES);
        names.addAll(TRAJECTORIES);
        names.addAll(DISCRETE);
        return List.copyOf(names);
    }

    /** Returns the planners that are compared on some environments where nothing else is asked for. */
    public static List<String> defaults(List<String> environments) {
        List<String> names = new ArrayList<>(fitting(environments));
        names.removeIf(name -> !CONTINUOUS.contains(name) && !DISCRETE.contains(name));
        return List.copyOf(names);
    }

    /** Returns all planners that plan the kind of actions of at least one of some environments. */
    public static List<String> fitting(List<String> environments) {
        return names().stream().filter(name -> environments.stream().anyMatch(environment -> fits(name, environment))).toList();
    }

    /** Tells whether a planner plans the kind of actions, discrete or continuous, that an environment has. */
    public static boolean fits(String name, String environment) {
        return name.equals(RANDOM_SHOOTING) || DISCRETE.contains(name) == Tasks.find(environment).discrete();
    }

    /**
     * Returns a planner.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Planner create(String name, Problem problem, PlannerSizes sizes) {
        return create(name, problem, sizes, Backend.CPU);
    }

    /**
     * Returns a planner on a backend.
     *
     * @throws IllegalArgumentException if there is none of that name
     * @throws IllegalStateException    if the backend cannot be had
     */
    public static Planner create(String name, Problem problem, PlannerSizes sizes, Backend backend) {
        return create(name, problem, sizes, Execution.rows(1).withParticles(sizes.particles()).on(backend));
    }

    /**
     * Returns a planner with an execution, whose rows tree searches take over and nothing else.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Planner create(String name, Problem problem, PlannerSizes sizes, Execution execution) {
        int horizon = sizes.horizon();
        int iterations = sizes.iterations();
        int candidates = sizes.candidates();
        return switch (name) {
            case RANDOM_SHOOTING -> RandomShooting.planner(
                    problem, new RandomShootingParameters(horizon, candidates * iterations, 1), execution);
            case "cem" -> Cem.planner(
                    problem,
                    CemParameters.DEFAULT.withHorizon(horizon).withIterations(iterations).withCandidates(candidates, sizes.elites())
                            .withDeviation(1, 0.05),
                    execution);
            case "icem" -> ICem.planner(
                    problem,
                    ICemParameters.DEFAULT.withHorizon(horizon).withIterations(iterations).withCandidates(candidates, sizes.elites()),
                    execution);
            case "mppi" -> Mppi.planner(problem, mppi(sizes), execution);
            case COLOURED_MPPI -> Mppi.planner(problem, mppi(sizes).withNoiseExponent(1), execution);
            case "categorical-cem" -> CategoricalCem.planner(
                    problem,
                    CategoricalCemParameters.DEFAULT.withHorizon(horizon).withIterations(iterations)
                            .withCandidates(candidates, sizes.elites()).withRepeat(sizes.repeat()),
                    execution);
            case "uct" -> tree(name, problem, sizes, execution, new Ucb1(UCB_EXPLORATION, TreeMinMax.DEFAULT, FirstPlay.INFINITE));
            case "puct" -> tree(name, problem, sizes, execution, Puct.DEFAULT.withExploration(PUCT_EXPLORATION, Puct.DEFAULT.base()).withTransform(TreeMinMax.DEFAULT));
            case "cma-es" -> evolution(problem, sizes, CmaEs::new, execution);
            case "sep-cma-es" -> evolution(problem, sizes, SepCmaEs::new, execution);
            case "lm-ma-es" -> evolution(problem, sizes, LmMaEs::new, execution);
            case "snes" -> evolution(problem, sizes, Snes::new, execution);
            case "cbo" -> EvolutionPlanning.planner(
                    problem,
                    EvolutionParameters.DEFAULT.withHorizon(horizon).withIterations(2 * iterations).withCandidates(Math.max(4, candidates / 2))
                            .withDeviation(1),
                    (n, population) -> new ConsensusSearch(n, population, CBO_TIME_STEP),
                    execution);
            case "archive" -> evolution(
                    problem, sizes, (n, population) -> new ArchiveSearch(new SepCmaEs(n, population), PlanDescriptor.halves(), ARCHIVE_CELLS),
                    execution);
            case "gradient" -> GradientShooting.planner(problem, gradient(sizes), execution);
            case "sgd" -> GradientShooting.planner(problem, gradient(sizes).withMethod(GradientMethod.SGD), execution);
            case "lbfgs" -> GradientShooting.planner(problem, gradient(sizes).withMethod(GradientMethod.LBFGS), execution);
            case "grad-cem" -> InterleavedGradient.gradCem(
                    problem, halfOfCem(sizes).withCandidates(Math.max(10, candidates / 9), Math.max(4, candidates / 40)).withIterations(iterations),
                    GRADIENT_STEPS, GRADIENT_RATE, execution);
            case "cem-gradient" -> RefinedPlanner.gradient(
                    problem, Cem.planner(problem, halfOfCem(sizes), execution),
                    gradient(sizes).withMethod(GradientMethod.LBFGS).withStarts(Math.max(2, candidates / 20)), execution);
            case "ilqr", "ddp" -> new IterativeLqr(
                    problem, trajectory(problem, sizes, candidates * iterations).withDynamicsCurvature(name.equals("ddp")), single(execution));
            case "cem-ilqr" -> RefinedPlanner.polished(
                    problem, Cem.planner(problem, halfOfCem(sizes), execution), trajectory(problem, sizes, candidates * iterations / 2),
                    single(execution));
            case "tube-mppi" -> new TubePlanner(
                    problem, Mppi.planner(problem, mppi(sizes), execution), IterativeLqrParameters.DEFAULT.withHorizon(horizon),
                    execution.rows(), execution.clock());
            default -> pathIntegral(name, problem, sizes, execution);
        };
    }

    /**
     * Returns the model that a planner imagines with. A node of a tree stands for one state, so that the steps of a tree's model must not
     * be random, and no more may those that a trajectory is optimised on: they get the mean of the members, without noise, all others the
     * chain as it is.
     */
    static WorldModel model(String name, LearnedChain chain) {
        boolean fixed = TREES.contains(name) || TRAJECTORIES.contains(name);
        return fixed ? chain.model(ParticlePropagation.MEAN, false) : chain.model();
    }

    /** Returns the environment steps for which an action of a planner is held before it plans again. */
    static int actionRepeat(String name, PlannerSizes sizes) {
        return TREES.contains(name) ? sizes.trees().actionRepeat() : 1;
    }

    /**
     * A search with uniform priors whose leaves are worth what random rollouts earn; about as many model steps an environment step as the
     * others. A step of the mean of an ensemble runs every member, as the particles of the others do, so that particles do not count.
     */
    private static Planner tree(String name, Problem problem, PlannerSizes sizes, Execution execution, SelectionRule rule) {
        TreeSizes trees = sizes.trees();
        WorldModel model = trees.hold() == 1 ? problem.model() : new HeldActions(problem.model(), trees.hold());
        var leaf = new RolloutLeaf(model, trees.rollout() / trees.hold(), LEAF_ROLLOUTS, null);
        long steps = (long) sizes.horizon() * sizes.iterations() * sizes.candidates() * trees.actionRepeat();
        int simulations = (int) Math.max(2, steps / (model.stepCost() + leaf.modelStepsPerColumn()));
        SearchRecipe recipe = SearchRecipes.muzero().named(name).withSimulations(simulations).withRoot(rule).withInterior(rule).withLeaf(leaf);
        return new TreeSearch(model, recipe, SearchExecution.rows(execution.rows()).withClock(execution.clock()));
    }

    private static MppiParameters mppi(PlannerSizes sizes) {
        return MppiParameters.DEFAULT.withHorizon(sizes.horizon()).withIterations(sizes.iterations()).withCandidates(sizes.candidates())
                .withNoise(ActionNoise.ofHalfRange(0.7))
                .withEffectiveShare(Math.min(0.05, MPPI_EFFECTIVE_SEQUENCES / sizes.candidates()));
    }

    private static Planner pathIntegral(String name, Problem problem, PlannerSizes sizes, Execution execution) {
        for (PathIntegralParameters parameters : PATH_INTEGRALS) {
            if (!parameters.name().equals(name)) continue;
            return PathIntegral.planner(
                    problem,
                    parameters.withHorizon(sizes.horizon()).withIterations(sizes.iterations()).withCandidates(sizes.candidates()),
                    execution);
        }
        throw new IllegalArgumentException("There is no planner " + name + "; there are " + String.join(", ", names()) + ".");
    }

    private static Planner evolution(Problem problem, PlannerSizes sizes, EvolutionPlanning.Maker maker, Execution execution) {
        int population = Math.max(4, sizes.candidates() / GENERATIONS_AN_ITERATION);
        int generations = Math.max(1, sizes.candidates() * sizes.iterations() / population);
        return EvolutionPlanning.planner(
                problem,
                EvolutionParameters.DEFAULT.withHorizon(sizes.horizon()).withIterations(generations).withCandidates(population),
                maker, execution);
    }

    /** CEM that leaves half of the model steps to something else. */
    private static CemParameters halfOfCem(PlannerSizes sizes) {
        int iterations = Math.max(1, sizes.iterations() / 2);
        int candidates = Math.max(10, sizes.candidates() * sizes.iterations() / (2 * iterations));
        return CemParameters.DEFAULT.withHorizon(sizes.horizon()).withIterations(iterations).withCandidates(candidates, sizes.elites())
                .withDeviation(1, 0.05);
    }

    /** As many iterations as cost about some rollouts where the model has derivatives. */
    private static IterativeLqrParameters trajectory(Problem problem, PlannerSizes sizes, int rollouts) {
        int entries = problem.model().spec().stateSize() + problem.actionSize();
        int cost = 3 * (problem.model().spec().stateSize() + 1 + 2 * entries) + IterativeLqrParameters.DEFAULT.trials();
        return IterativeLqrParameters.DEFAULT.withHorizon(sizes.horizon()).withIterations(Math.max(2, rollouts / cost));
    }

    /** Trajectories are optimised on one rollout of a model that draws nothing. */
    private static Execution single(Execution execution) {
        return Execution.rows(execution.rows()).withClock(execution.clock());
    }

    /** A gradient step of a start costs three rollouts, one after the other, so that few starts are improved in few, long steps. */
    private static GradientParameters gradient(PlannerSizes sizes) {
        int starts = Math.max(2, sizes.candidates() / 10);
        int steps = Math.max(4, sizes.iterations());
        return GradientParameters.DEFAULT.withHorizon(sizes.horizon()).withStarts(starts).withIterations(steps).withLearningRate(0.3);
    }
}
