package io.ponder.examples.papers;

import io.ponder.engine.data.TransitionStore;
import io.ponder.engine.model.Prediction;
import io.ponder.engine.tensor.Activation;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.engine.tensor.RandomStream;
import io.ponder.engine.train.FitLoop;
import io.ponder.engine.train.FitParameters;
import io.ponder.worldmodels.ensemble.DeltaTarget;
import io.ponder.worldmodels.ensemble.EnsembleParameters;
import io.ponder.worldmodels.ensemble.GaussianEnsemble;
import io.ponder.worldmodels.ensemble.Predictor;
import io.ponder.worldmodels.ensemble.PredictorLearner;
import io.ponder.worldmodels.ensemble.TargetNormaliser;
import io.ponder.worldmodels.linear.DiscountedRiccati;
import io.ponder.worldmodels.linear.QuadraticValue;
import io.ponder.worldmodels.objective.PredictionLoss;
import io.ponder.worldmodels.objective.ValueHistory;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An unstable two-dimensional task among distractors, ten mixtures of one hidden oscillator, and a linear model of it with a bottleneck that
 * is wide enough for the task or for the oscillator but not for both. Fit, solve the linear-quadratic regulator in the model, collect with it,
 * and again.
 */
final class DistractedControl {
    private static final int FIRST_DATA = 2000;
    private static final int MORE_DATA = 500;
    private static final int EPISODE = 50;
    private static final double DISCOUNT = 0.98;
    private static final double LARGEST_VALUE = 1e6;
    private static final double LARGEST_ACTION = 5;

    /** Says what a round's fit minimises. */
    interface Aim {
        /** Returns the loss of predictions given the value functions so far, the newest last; null for none. */
        @Nullable PredictionLoss loss(ValueHistory values);
    }

    private final int distractors;
    private final int rank;
    private final int steps;
    private final long seed;
    private final int size;
    private final double[][] mixing;
    private final double turn;

    DistractedControl(int distractors, int rank, int steps, long seed) {
        this.distractors = distractors;
        this.rank = rank;
        this.steps = steps;
        this.seed = seed;
        size = 2 + distractors;
        var random = new RandomStream(seed, 0);
        mixing = new double[distractors][2];
        for (double[] row : mixing) {
            row[0] = random.nextGaussian();
            row[1] = random.nextGaussian();
            double norm = Math.hypot(row[0], row[1]);
            row[0] /= norm;
            row[1] /= norm;
        }
        turn = 0.4 + 0.6 * random.nextDouble();
    }

    /** Returns the cost of the best controller that knows the system. */
    double optimum() {
        var solution = DiscountedRiccati.solve(new double[][] {{1, 0.1}, {0.15, 1}}, new double[] {0, 0.1}, new double[] {1, 0.1}, 0.01,
                DISCOUNT, 600, LARGEST_VALUE);
        double[] gain = new double[size];
        gain[0] = solution.gain(0);
        gain[1] = solution.gain(1);
        return cost(gain);
    }

    /**
     * Runs the loop. The best weights of a fit are those of the least loss over all rows: a few hundred held-out ones chose badly.
     *
     * <p>Returns the cost after the first fit, by plain error, and after each of {@code rounds} refits by an aim.
     *
     * @param normalised whether the networks' own error is that of standardised changes
     * @param ownShare   factor of the networks' own error beside the aim's loss
     */
    double[] costs(int rounds, boolean normalised, Aim aim, double ownShare) {
        EnsembleParameters shape = EnsembleParameters.deterministic(1, rank).withActivation(Activation.IDENTITY).withLearningRate(0.01)
                .withWeightDecay(0, 0, 0);
        Predictor networks = new GaussianEnsemble(shape, size, 1, size, CounterRandom.key(seed, 1));
        Predictor chain = new DeltaTarget(normalised ? new TargetNormaliser(networks) : networks);
        var store = new TransitionStore(size, 1);
        collect(new double[size], FIRST_DATA, new RandomStream(seed, 2), store);
        var fit = new FitLoop(FitParameters.defaults().withBatchSize(256).withMaximumEpochs(Integer.MAX_VALUE).withHoldOut(0, 0, false)
                .withStopRule(0, Integer.MAX_VALUE).withBootstrap(false).withSteps(steps, steps), CounterRandom.key(seed, 3));
        fit.fit(new PredictorLearner(chain), store);
        var values = new ValueHistory(100);
        double[] costs = new double[rounds + 1];
        for (int round = 0; round <= rounds; round++) {
            DiscountedRiccati solution = solve(chain);
            double[] gain = new double[size];
            for (int i = 0; i < size; i++) gain[i] = solution.gain(i);
            costs[round] = cost(gain);
            if (round == rounds) break;
            values.add(new QuadraticValue(scaled(solution)));
            collect(gain, MORE_DATA, new RandomStream(seed, 100 + round), store);
            PredictionLoss loss = aim.loss(values);
            fit.fit(loss == null ? new PredictorLearner(chain) : new PredictorLearner(chain, null, loss, ownShare), store);
        }
        return costs;
    }

    private static double[][] scaled(DiscountedRiccati solution) {
        double[][] value = solution.value();
        for (double[] row : value) for (int j = 0; j < row.length; j++) row[j] /= solution.largestValue();
        return value;
    }

    /** Reads the linear map off the predictor and solves the regulator of the task in it. */
    private DiscountedRiccati solve(Predictor chain) {
        int columns = size + 2;
        var observations = new float[size * columns];
        var actions = new float[columns];
        for (int i = 0; i < size; i++) observations[i * columns + i] = 1;
        actions[size] = 1;
        var out = new Prediction(1, size, columns);
        chain.predictAll(observations, actions, columns, out);
        double[][] a = new double[size][size];
        double[] b = new double[size];
        for (int d = 0; d < size; d++) {
            float constant = out.mean()[d * columns + size + 1];
            for (int i = 0; i < size; i++) a[d][i] = out.mean()[d * columns + i] - constant;
            b[d] = out.mean()[d * columns + size] - constant;
        }
        double[] q = new double[size];
        q[0] = 1;
        q[1] = 0.1;
        return DiscountedRiccati.solve(a, b, q, 0.01, DISCOUNT, 600, LARGEST_VALUE);
    }

    private void collect(double[] gain, int count, RandomStream random, TransitionStore store) {
        double[] task = new double[2];
        double[] hidden = new double[2];
        int left = 0;
        float[] next = new float[size];
        for (int i = 0; i < count; i++) {
            if (left == 0) {
                begin(task, hidden, random);
                left = EPISODE;
                observe(task, hidden, next);
            }
            float[] before = next.clone();
            double action = action(gain, before) + 0.5 * random.nextGaussian();
            advance(task, hidden, action, random);
            observe(task, hidden, next);
            left = Math.abs(task[0]) > 3 ? 0 : left - 1;
            store.add(before, new float[] {(float) action}, 0, next, false, left == 0);
        }
        store.beginEpisode();
    }

    private static void begin(double[] task, double[] hidden, RandomStream random) {
        for (int i = 0; i < 2; i++) task[i] = 0.5 * random.nextGaussian();
        for (int i = 0; i < 2; i++) hidden[i] = random.nextGaussian();
    }

    private static double action(double[] gain, float[] observation) {
        double action = 0;
        for (int i = 0; i < gain.length; i++) action -= gain[i] * observation[i];
        return Math.max(-LARGEST_ACTION, Math.min(LARGEST_ACTION, action));
    }

    private void advance(double[] task, double[] hidden, double action, RandomStream random) {
        double position = task[0] + 0.1 * task[1] + 0.01 * random.nextGaussian();
        task[1] = 0.15 * task[0] + task[1] + 0.1 * action + 0.01 * random.nextGaussian();
        task[0] = position;
        double first = 0.99 * (Math.cos(turn) * hidden[0] - Math.sin(turn) * hidden[1]) + 0.14 * random.nextGaussian();
        hidden[1] = 0.99 * (Math.sin(turn) * hidden[0] + Math.cos(turn) * hidden[1]) + 0.14 * random.nextGaussian();
        hidden[0] = first;
    }

    private void observe(double[] task, double[] hidden, float[] observation) {
        observation[0] = (float) task[0];
        observation[1] = (float) task[1];
        for (int i = 0; i < distractors; i++) observation[2 + i] = (float) (mixing[i][0] * hidden[0] + mixing[i][1] * hidden[1]);
    }

    /** Returns the mean cost of 10 episodes of 200 steps, a step costing at most 100. */
    private double cost(double[] gain) {
        var random = new RandomStream(seed, 4);
        double[] task = new double[2];
        double[] hidden = new double[2];
        float[] observation = new float[size];
        double sum = 0;
        for (int episode = 0; episode < 10; episode++) {
            begin(task, hidden, random);
            for (int t = 0; t < 200; t++) {
                observe(task, hidden, observation);
                double action = action(gain, observation);
                sum += Math.min(100, task[0] * task[0] + 0.1 * task[1] * task[1] + 0.01 * action * action) / 10;
                advance(task, hidden, action, random);
                for (int i = 0; i < 2; i++) task[i] = Math.max(-10, Math.min(10, task[i]));
            }
        }
        return sum;
    }

    /** Returns 0, 1, 2 and so on, one for each of the costs. */
    static double[] rounds(double[] costs) {
        double[] rounds = new double[costs.length];
        Arrays.setAll(rounds, i -> i);
        return rounds;
    }
}
