package io.ponder.examples.tuning;

import io.ponder.engine.plan.Planner;
import io.ponder.engine.plan.Problem;
import io.ponder.examples.comparison.Task;
import io.ponder.planners.ActionNoise;
import io.ponder.planners.Cem;
import io.ponder.planners.CemParameters;
import io.ponder.planners.Execution;
import io.ponder.planners.ICem;
import io.ponder.planners.ICemParameters;
import io.ponder.planners.Mppi;
import io.ponder.planners.MppiParameters;
import io.ponder.planners.PathIntegral;
import io.ponder.planners.PathIntegralParameters;
import io.ponder.planners.Weighting;
import io.ponder.planners.evolution.CmaEs;
import io.ponder.planners.evolution.EvolutionParameters;
import io.ponder.planners.evolution.EvolutionPlanning;
import io.ponder.planners.evolution.SepCmaEs;
import java.util.ArrayList;
import java.util.List;

/**
 * Names the numbers of a planner that are tuned and makes the planner from them. The model steps of a call are given: more iterations or a
 * longer horizon mean fewer candidates.
 */
public final class TunablePlanner {
    private static final List<PathIntegralParameters> PATH_INTEGRALS = List.of(
            PathIntegralParameters.ADAPTIVE, PathIntegralParameters.SMPPI, PathIntegralParameters.KMPPI, PathIntegralParameters.SPLINE,
            PathIntegralParameters.DIAL);
    private static final List<String> EVOLUTION = List.of("cma-es", "sep-cma-es");
    private static final String HORIZON = "horizon";
    private static final String ITERATIONS = "iterations";
    private static final String DEVIATION = "deviation";
    private static final String LEAST_DEVIATION = "leastDeviation";
    private static final int FEWEST_CANDIDATES = 8;

    private final String name;
    private final long modelSteps;
    private final List<TunedParameter> parameters = new ArrayList<>();

    private TunablePlanner(String name, long modelSteps) {
        this.name = name;
        this.modelSteps = modelSteps;
    }

    /** Returns the names of the planners that can be tuned. */
    public static List<String> names() {
        List<String> names = new ArrayList<>(List.of("cem", "icem", "mppi"));
        PATH_INTEGRALS.forEach(parameters -> names.add(parameters.name()));
        names.addAll(EVOLUTION);
        return List.copyOf(names);
    }

    /**
     * Returns a planner with the values that the comparison uses as the usual ones.
     *
     * @param modelSteps model steps of a call
     * @throws IllegalArgumentException if there is none of that name
     */
    public static TunablePlanner of(String name, Task task, long modelSteps) {
        if (!names().contains(name)) {
            throw new IllegalArgumentException("There is no planner " + name + " to tune; there are " + String.join(", ", names()) + ".");
        }
        var made = new TunablePlanner(name, modelSteps);
        int horizon = task.horizon();
        made.add(HORIZON, Math.max(2, horizon / 2), 2.0 * horizon, horizon, true);
        made.add(ITERATIONS, 1, 12, 3, true);
        if (name.equals("mppi")) {
            made.add("effectiveShare", 0.005, 0.5, 0.05, false);
            made.add("noise", 0.2, 1.5, 0.7, false);
            made.add("noiseExponent", 0, 4, 0, false);
            return made;
        }
        made.add(DEVIATION, 0.1, 1.5, name.equals("cem") ? 1 : name.equals("icem") || EVOLUTION.contains(name) ? 0.5 : 0.7, false);
        if (EVOLUTION.contains(name)) return made;
        made.add(LEAST_DEVIATION, 0.005, 0.3, name.equals("icem") ? 0.02 : 0.05, false);
        if (name.equals("cem") || name.equals("icem")) {
            made.add("eliteShare", 0.03, 0.5, 0.1, false);
            made.add("smoothing", 0, 0.8, 0.1, false);
        } else {
            made.add("effectiveShare", 0.005, 0.5, 0.02, false);
            made.add("adaptation", 0, 1, name.equals("smppi") || name.equals("dial") ? 0 : 0.5, false);
        }
        if (name.equals("icem")) {
            made.add("noiseExponent", 0, 4, 2, false);
            made.add("decay", 1, 2, 1.25, false);
            made.add("keptShare", 0, 0.8, 0.3, false);
        }
        return made;
    }

    private void add(String parameter, double low, double high, double usual, boolean whole) {
        parameters.add(new TunedParameter(parameter, low, high, usual, whole));
    }

    /** Returns the name of the planner. */
    public String name() {
        return name;
    }

    /** Returns the model steps of a call. */
    public long modelSteps() {
        return modelSteps;
    }

    /** Returns what is tuned. */
    public List<TunedParameter> parameters() {
        return List.copyOf(parameters);
    }

    /** Returns the usual values. */
    public double[] usual() {
        return parameters.stream().mapToDouble(TunedParameter::usual).toArray();
    }

    private double get(double[] values, String parameter) {
        for (int i = 0; i < values.length; i++) if (parameters.get(i).name().equals(parameter)) return values[i];
        throw new IllegalArgumentException("There is no parameter " + parameter + " of " + name + ".");
    }

    /** Returns the candidates of an iteration with these values. */
    int candidates(double[] values) {
        double sequences = modelSteps / (get(values, HORIZON) * get(values, ITERATIONS));
        return (int) Math.max(FEWEST_CANDIDATES, Math.min(1_000_000, sequences));
    }

    /** Returns the planner with these values, in the order of {@link #parameters}. */
    public Planner create(Problem problem, double[] values) {
        Execution execution = Execution.rows(1);
        int horizon = (int) get(values, HORIZON);
        int iterations = (int) get(values, ITERATIONS);
        int candidates = candidates(values);
        switch (name) {
            case "cem" -> {
                return Cem.planner(
                        problem,
                        new CemParameters(horizon, iterations, candidates, elites(values), get(values, "smoothing"), get(values, DEVIATION),
                                get(values, LEAST_DEVIATION)),
                        execution);
            }
            case "icem" -> {
                return ICem.planner(
                        problem,
                        ICemParameters.DEFAULT.withHorizon(horizon).withIterations(iterations).withCandidates(candidates, elites(values))
                                .withSmoothing(get(values, "smoothing")).withDeviation(get(values, DEVIATION), get(values, LEAST_DEVIATION))
                                .withNoiseExponent(get(values, "noiseExponent")).withDecay(get(values, "decay"))
                                .withElites(get(values, "keptShare"), true, true),
                        execution);
            }
            case "mppi" -> {
                return Mppi.planner(
                        problem,
                        MppiParameters.DEFAULT.withHorizon(horizon).withIterations(iterations).withCandidates(candidates)
                                .withEffectiveShare(get(values, "effectiveShare")).withNoise(ActionNoise.ofHalfRange(get(values, "noise")))
                                .withNoiseExponent(get(values, "noiseExponent")),
                        execution);
            }
            case "cma-es", "sep-cma-es" -> {
                var evolution = new EvolutionParameters(horizon, iterations, candidates, get(values, DEVIATION));
                return EvolutionPlanning.planner(problem, evolution, name.equals("cma-es") ? CmaEs::new : SepCmaEs::new, execution);
            }
            default -> {
                PathIntegralParameters usual = PATH_INTEGRALS.stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
                return PathIntegral.planner(
                        problem,
                        usual.withHorizon(horizon).withIterations(iterations).withCandidates(candidates)
                                .withDeviation(get(values, DEVIATION))
                                .withAdaptation(get(values, "adaptation"), get(values, LEAST_DEVIATION))
                                .withWeighting(Weighting.softmax(get(values, "effectiveShare"))),
                        execution);
            }
        }
    }

    private int elites(double[] values) {
        int candidates = candidates(values);
        return Math.max(2, Math.min(candidates, (int) Math.round(get(values, "eliteShare") * candidates)));
    }
}
