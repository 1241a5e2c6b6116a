package io.ponder.worldmodels.ensemble;

import io.ponder.engine.Checks;
import io.ponder.engine.model.KernelEnsemble;
import io.ponder.engine.model.Prediction;
import io.ponder.engine.nn.Adam;
import io.ponder.engine.nn.Differentiate;
import io.ponder.engine.nn.ForwardPass;
import io.ponder.engine.nn.LossGradient;
import io.ponder.engine.nn.ParameterTensor;
import io.ponder.engine.nn.Tape;
import io.ponder.engine.tensor.CounterRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Predicts with E networks, each the mean and the bounded log-variance of a Gaussian (Chua et al. 2018), or the mean alone.
 *
 * <p>All members have one graph, and their parameters lie in one array; a training step runs all members. Columns that want different
 * members are gathered into one group for each member, which is one product a layer, and scattered back: a column's prediction does
 * not depend on the others, to the bit.
 *
 * <p>Holds scratch memory: one thread at a time, {@link #fork} for another. Allocates nothing once it has seen its largest batch.
 */
public final class GaussianEnsemble implements Predictor {
    /**
     * Entries of one layer's activations that run through all layers together: 128 KiB, so that two of them and the weights stay in the
     * second-level cache. With 200 units, 160 columns ran at 74-84 GFLOP/s where 512 ran at 50.
     */
    private static final int PASS_ENTRIES = 32 * 1024;

    private static final int FEWEST_PASS_COLUMNS = 64;
    private static final int MOST_PASS_COLUMNS = 320;

    private final EnsembleParameters parameters;
    private final int observationSize;
    private final int actionSize;
    private final int targetSize;
    private final long seed;
    private final EnsembleNetwork net;
    private final ForwardPass pass;
    private final @Nullable Adam optimiser;
    private final float[] best;
    private final int[] groupStart;
    private @Nullable LossGradient lossGradient;
    private int lossCapacity;
    private @Nullable PredictionLossStep lossStep;
    private @Nullable Tape tape;
    private int fits;
    private int capacity;
    private int[] order = {};
    private float[] inputs = {};
    private float[] means = {};
    private float[] logVariances = {};
    private float[] trainingInputs = {};
    private float[] evaluated = {};

    /**
     * Creates an ensemble with random weights.
     *
     * @param observationSize rows of observations or features it reads
     * @param actionSize      rows of actions it reads
     * @param targetSize      entries it predicts
     * @param seed            of the weights
     */
    public GaussianEnsemble(EnsembleParameters parameters, int observationSize, int actionSize, int targetSize, long seed) {
        this.parameters = parameters;
        this.observationSize = Checks.positive("observationSize", observationSize);
        this.actionSize = Checks.positive("actionSize", actionSize);
        this.targetSize = Checks.positive("targetSize", targetSize);
        this.seed = seed;
        net = new EnsembleNetwork(parameters, observationSize + actionSize, targetSize, seed);
        pass = newPass();
        optimiser = new Adam(net.network.parameterCount(), Adam.Parameters.defaults(), net.groups);
        best = net.network.parameters().clone();
        groupStart = new int[parameters.members() + 1];
    }

    private GaussianEnsemble(GaussianEnsemble other) {
        parameters = other.parameters;
        observationSize = other.observationSize;
        actionSize = other.actionSize;
        targetSize = other.targetSize;
        seed = other.seed;
        net = other.net;
        pass = newPass();
        optimiser = null;
        best = other.best;
        groupStart = new int[parameters.members() + 1];
    }

    private ForwardPass newPass() {
        return parameters.probabilistic()
                ? new ForwardPass(net.network, passColumns(), net.mean, net.logVariance)
                : new ForwardPass(net.network, passColumns(), net.mean);
    }

    private int passColumns() {
        int columns = PASS_ENTRIES / parameters.width() & -32;
        return Math.max(FEWEST_PASS_COLUMNS, Math.min(MOST_PASS_COLUMNS, columns));
    }

    /** Leaves a fifth of a pass free, for members that chance gives more columns than the others. */
    @Override
    public int columnsPerMember() {
        return passColumns() * 4 / 5;
    }

    /** Returns the size and the training of this ensemble. */
    public EnsembleParameters parameters() {
        return parameters;
    }

    @Override
    public int members() {
        return parameters.members();
    }

    @Override
    public int targetSize() {
        return targetSize;
    }

    @Override
    public int observationSize() {
        return observationSize;
    }

    @Override
    public int actionSize() {
        return actionSize;
    }

    @Override
    public Stage stage() {
        return Stage.NETWORK;
    }

    @Override
    public boolean differentiable() {
        return true;
    }

    @Override
    public void predict(int[] member, float[] observations, float[] actions, int columns, Prediction out) {
        reserve(columns);
        groupByMember(member, columns);
        gather(observations, observationSize, 0, columns, inputs);
        gather(actions, actionSize, observationSize, columns, inputs);
        for (int e = 0; e < members(); e++) {
            int first = groupStart[e];
            int count = groupStart[e + 1] - first;
            if (count == 0) continue;
            run(e, inputs, first * inputSize(), count, means, logVariances, first * targetSize, count);
        }
        scatter(means, targetSize, columns, out.mean());
        if (parameters.probabilistic()) scatter(logVariances, targetSize, columns, out.logVariance());
        else Arrays.fill(out.logVariance(), 0, targetSize * columns, Float.NEGATIVE_INFINITY);
    }

    @Override
    public void predictAll(float[] observations, float[] actions, int columns, Prediction out) {
        reserve(columns);
        concatenate(observations, 0, actions, 0, columns, inputs, 0);
        int length = targetSize * columns;
        for (int e = 0; e < members(); e++) {
            run(e, inputs, 0, columns, out.mean(), out.logVariance(), e * length, columns);
        }
        if (!parameters.probabilistic()) Arrays.fill(out.logVariance(), 0, members() * length, Float.NEGATIVE_INFINITY);
    }

    private void run(int member, float[] from, int offset, int count, float[] toMean, float[] toLogVariance, int toOffset, int stride) {
        pass.read(net.input, from, offset, count);
        pass.write(net.mean, toMean, toOffset, stride);
        if (parameters.probabilistic()) pass.write(net.logVariance, toLogVariance, toOffset, stride);
        pass.run(member, count);
    }

    private int inputSize() {
        return observationSize + actionSize;
    }

    private void reserve(int columns) {
        if (capacity >= columns) return;
        capacity = columns;
        order = new int[columns];
        inputs = new float[inputSize() * columns];
        means = new float[targetSize * columns];
        logVariances = new float[targetSize * columns];
    }

    /** Sorts the columns by member: group e is {@code order[groupStart[e] .. groupStart[e + 1] - 1]}, ascending. */
    private void groupByMember(int[] member, int columns) {
        int members = members();
        Arrays.fill(groupStart, 0);
        for (int k = 0; k < columns; k++) groupStart[Checks.inRange("member", member[k], 0, members - 1)]++;
        int end = 0;
        for (int e = 0; e < members; e++) {
            end += groupStart[e];
            groupStart[e] = end;
        }
        groupStart[members] = end;
        for (int k = columns - 1; k >= 0; k--) order[--groupStart[member[k]]] = k;
    }

    /** Copies the rows of {@code from} into rows {@code firstRow ...} of every group's block {@code [inputSize x group]}. */
    private void gather(float[] from, int rows, int firstRow, int columns, float[] to) {
        for (int e = 0; e < members(); e++) {
            int first = groupStart[e];
            int count = groupStart[e + 1] - first;
            for (int d = 0; d < rows; d++) {
                int source = d * columns;
                int target = first * inputSize() + (firstRow + d) * count - first;
                for (int j = first; j < first + count; j++) to[target + j] = from[source + order[j]];
            }
        }
    }

    /** Copies every group's block {@code [rows x group]} to the columns it came from. */
    private void scatter(float[] from, int rows, int columns, float[] to) {
        for (int e = 0; e < members(); e++) {
            int first = groupStart[e];
            int count = groupStart[e + 1] - first;
            for (int d = 0; d < rows; d++) {
                int source = first * rows + d * count - first;
                int target = d * columns;
                for (int j = first; j < first + count; j++) to[target + order[j]] = from[source + j];
            }
        }
    }

    private void concatenate(float[] observations, int fromObservation, float[] actions, int fromAction, int columns, float[] to, int at) {
        System.arraycopy(observations, fromObservation, to, at, observationSize * columns);
        System.arraycopy(actions, fromAction, to, at + observationSize * columns, actionSize * columns);
    }

    @Override
    public void backward(
            int[] member,
            float[] observations,
            float[] actions,
            int columns,
            float[] meanCotangent,
            float[] logVarianceCotangent,
            float[] toObservations,
            float[] toActions) {
        reserve(columns);
        Tape reverse = reserveTape(columns);
        groupByMember(member, columns);
        gather(observations, observationSize, 0, columns, inputs);
        gather(actions, actionSize, observationSize, columns, inputs);
        for (int e = 0; e < members(); e++) {
            int first = groupStart[e];
            int count = groupStart[e + 1] - first;
            if (count == 0) continue;
            reverse.bind(net.input, inputs, first * inputSize());
            reverse.forward(e, count);
            seed(meanCotangent, first, count, columns, reverse.seed(net.mean));
            if (parameters.probabilistic()) seed(logVarianceCotangent, first, count, columns, reverse.seed(net.logVariance));
            reverse.backward(null, false);
            float[] toInput = reverse.gradient(net.input);
            spread(toInput, 0, observationSize, first, count, columns, toObservations);
            spread(toInput, observationSize, actionSize, first, count, columns, toActions);
        }
    }

    private Tape reserveTape(int columns) {
        Tape made = tape;
        if (made == null || made.capacity() < columns) {
            made = parameters.probabilistic()
                    ? new Tape(net.network, columns, Differentiate.INPUTS, net.mean, net.logVariance)
                    : new Tape(net.network, columns, Differentiate.INPUTS, net.mean);
            tape = made;
        }
        return made;
    }

    private void seed(float[] cotangent, int first, int count, int columns, float[] to) {
        for (int d = 0; d < targetSize; d++) {
            for (int j = 0; j < count; j++) to[d * count + j] = cotangent[d * columns + order[first + j]];
        }
    }

    private void spread(float[] from, int firstRow, int rows, int first, int count, int columns, float[] to) {
        for (int d = 0; d < rows; d++) {
            for (int j = 0; j < count; j++) to[d * columns + order[first + j]] = from[(firstRow + d) * count + j];
        }
    }

    @Override
    public void prepare(Samples samples) {
        net.version.incrementAndGet();
        if (parameters.afresh() && fits > 0) {
            net.network.initialise(CounterRandom.key(seed, fits));
            optimiser().reset();
        }
        fits++;
    }

    @Override
    public void train(Samples samples) {
        int columns = samples.columns();
        Checks.same("blocks of the samples", samples.blocks(), "members", members());
        int needed = members() * inputSize() * columns;
        if (trainingInputs.length < needed) trainingInputs = new float[needed];
        for (int e = 0; e < members(); e++) {
            concatenate(samples.observations(), e * observationSize * columns, samples.actions(), e * actionSize * columns, columns,
                    trainingInputs, e * inputSize() * columns);
        }
        TrainingTerms terms = samples.terms();
        float[] derivative;
        if (terms != null && terms.loss() != null) {
            derivative = reserveStep(columns).compute(trainingInputs, samples.targets(), columns, terms);
        } else {
            LossGradient gradient = reserveLoss(columns);
            gradient.bind(net.input, trainingInputs);
            gradient.bind(net.target, samples.targets());
            gradient.rowWeights(terms == null ? null : terms.weights());
            gradient.compute(columns);
            derivative = gradient.gradient();
        }
        net.version.incrementAndGet();
        optimiser().step(net.network.parameters(), derivative, parameters.learningRate());
    }

    private PredictionLossStep reserveStep(int columns) {
        PredictionLossStep made = lossStep;
        if (made == null || made.capacity() < columns) {
            if (parameters.probabilistic()) {
                throw new IllegalStateException("A loss of predictions needs networks that predict the mean alone.\nMaybe set"
                        + " EnsembleParameters.withProbabilistic(false).");
            }
            made = new PredictionLossStep(net, columns);
            lossStep = made;
        }
        return made;
    }

    private LossGradient reserveLoss(int columns) {
        LossGradient made = lossGradient;
        if (made == null || lossCapacity < columns) {
            made = new LossGradient(net.network, net.objective, columns);
            lossGradient = made;
            lossCapacity = columns;
        }
        return made;
    }

    private Adam optimiser() {
        if (optimiser != null) return optimiser;
        throw new IllegalStateException("This is a fork of an ensemble, which only predicts; train the original.");
    }

    @Override
    public void addErrors(Samples samples, double[] sum) {
        int columns = samples.columns();
        Checks.same("blocks of the samples", samples.blocks(), "blocks needed", 1);
        reserve(columns);
        int length = targetSize * columns;
        if (evaluated.length < length) evaluated = new float[length];
        concatenate(samples.observations(), 0, samples.actions(), 0, columns, inputs, 0);
        for (int e = 0; e < members(); e++) {
            run(e, inputs, 0, columns, evaluated, logVariances, 0, columns);
            double total = 0;
            for (int i = 0; i < length; i++) {
                double error = evaluated[i] - samples.targets()[i];
                total += error * error;
            }
            sum[e] += total / targetSize;
            TrainingTerms terms = samples.terms();
            if (terms != null && terms.loss() != null) {
                sum[e] += (terms.ownShare() - 1) * total / targetSize
                        + reserveStep(columns).score(evaluated, samples.targets(), columns, terms);
            }
        }
    }

    @Override
    public void keepBest(int member) {
        net.network.copyMember(net.network.parameters(), member, best, member);
    }

    @Override
    public void restoreBest() {
        net.version.incrementAndGet();
        for (int e = 0; e < members(); e++) net.network.copyMember(best, e, net.network.parameters(), e);
    }

    @Override
    public void visitTensors(TensorVisitor visitor) {
        // The visitor may replace what it sees.
        net.version.incrementAndGet();
        for (ParameterTensor tensor : net.network.tensors()) {
            visitor.visit("ensemble." + tensor.name(), tensor.shape(), net.network.parameters(), tensor.offset());
        }
    }

    @Override
    public KernelEnsemble lower() {
        return net.lower(observationSize);
    }

    @Override
    public long version() {
        return net.version.get();
    }

    @Override
    public Predictor fork() {
        return new GaussianEnsemble(this);
    }
}
