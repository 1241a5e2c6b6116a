package io.ponder.worldmodels.latent;

import io.ponder.engine.Checks;
import io.ponder.engine.nn.Adam;
import io.ponder.engine.nn.GradientClipping;
import io.ponder.engine.nn.LossGradient;
import io.ponder.engine.nn.Network;
import io.ponder.engine.nn.Node;
import io.ponder.engine.nn.Objective;
import io.ponder.engine.nn.Optimiser;
import io.ponder.engine.nn.ParameterGroups;
import io.ponder.engine.nn.ScalarCodec;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.engine.train.selfplay.LearnedStep;
import io.ponder.engine.train.selfplay.LearnerState;
import io.ponder.engine.train.selfplay.TrainingFailedException;
import io.ponder.engine.train.selfplay.UnrollBatch;
import io.ponder.engine.train.selfplay.UnrollLearner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Teaches a {@link LatentNetwork} (MuZero, Schrittwieser and others 2020, equation 1): from a sampled position it imagines U steps with the
 * actions really taken, and compares policy, value and reward at each with what search and environment said.
 *
 * <p>The terms of the imagined positions are scaled by 1/U, and the derivative is scaled where it enters the dynamics. Memory is taken once,
 * but for the answers.
 */
public final class LatentLearner implements UnrollLearner {
    private static final long CODE_NOISE = 0x434F4445L;
    /** How many times as bad as a guess at random a loss may be before it counts as exploded. */
    private static final double EXPLODED = 1_000;

    private final LatentNetwork graph;
    private final LatentShape shape;
    private final LatentLearning parameters;
    private final int unroll;
    private final List<String> names;
    private final SharedWeights target;
    private final ObservationValues targetValues;
    private final List<NetworkFollower> followers = new ArrayList<>();
    private final LossGradient loss;
    private final double largestLoss;
    private final Optimiser optimiser;
    private final @Nullable ObservationScale standardisation;
    private final ScalarCodec rewards;
    private final ScalarCodec values;
    private final float[] actions;
    private final float[] valueTargets;
    private final float[] rewardTargets;
    private final float[] rewardSums;
    private final float[] sampledActions;
    private final float[] listedPolicies;
    private final float[] codeInput;
    private final float[] firstLogits;
    private final float[] firstValues;
    private @Nullable ChanceReader chance;
    private long steps;

    /**
     * Creates a learner.
     *
     * @param batch largest number of columns of a batch
     */
    public LatentLearner(LatentNetwork graph, LatentLearning parameters, int batch) {
        this.graph = graph;
        this.parameters = parameters;
        shape = graph.shape;
        unroll = graph.unrolled.unroll();
        names = graph.terms.stream().map(LossTerm::name).toList();
        target = new SharedWeights(graph.network);
        targetValues = new ObservationValues(graph, target);
        var objective = new Objective();
        largestLoss = EXPLODED * state(objective);
        loss = new LossGradient(graph.network, objective, batch);
        standardisation = ObservationScale.of(graph.network);
        ParameterGroups groups = ParameterGroups.weightDecay(parameters.weightDecay());
        optimiser = new Adam(graph.network.parameterCount(), Adam.Parameters.adamW(),
                standardisation == null ? groups : standardisation.leftAlone(groups));
        rewards = shape.reward().codec();
        values = shape.value().codec();
        actions = new float[Math.max(1, unroll * shape.actionRows()) * batch];
        valueTargets = new float[(unroll + 1) * values.bins() * batch];
        rewardTargets = new float[Math.max(1, unroll * rewards.bins()) * batch];
        rewardSums = new float[graph.memoryRows == 0 ? 0 : unroll * batch];
        sampledActions = new float[(unroll + 1) * graph.unrolled.samples() * shape.actionRows() * batch];
        listedPolicies = new float[(unroll + 1) * shape.policyRows() * batch];
        codeInput = new float[graph.codeInput.rows() * batch];
        firstLogits = new float[values.bins() * batch];
        firstValues = new float[batch];
    }

    /** States the objective, and returns what it is for a guess at random. */
    private double state(Objective objective) {
        double ignorant = 0;
        double share = 1.0 / Math.max(1, unroll);
        for (LossTerm term : graph.terms) {
            for (int k = 0; k < term.losses().length; k++) {
                double weight = parameters.weight(term.name()) * (k == 0 && term.firstSeen() ? 1 : share);
                objective.add(weight, term.losses()[k]);
                ignorant += weight * term.ignorant();
            }
        }
        return ignorant;
    }

    /**
     * Tells what chance did, for a graph with {@link UnrollGraph#chanceTold}.
     *
     * @param reader as many codes as the network has
     * @return this
     */
    public LatentLearner readingChance(ChanceReader reader) {
        Checks.same("codes of the reader", reader.codes(), "codes of the network", graph.codes());
        if (!graph.unrolled.chanceTold()) {
            throw new IllegalArgumentException("chanceTold of the graph is false, so that an encoder finds the codes.\nMaybe use withChanceTold.");
        }
        chance = reader;
        return this;
    }

    /** Returns a new latent model that plays with what is published. */
    public LatentModel model() {
        return follow(new LatentModel(graph));
    }

    /** Lets a model of the same graph follow what is published; returns it. */
    public <F extends NetworkFollower> F follow(F model) {
        followers.add(model);
        return model;
    }

    @Override
    public boolean wantsFutures() {
        return graph.unrolled.consistent() || graph.chance != null;
    }

    @Override
    public LearnedStep learn(UnrollBatch batch) {
        Checks.same("unroll of the batch", batch.unroll(), "unroll of the network", unroll);
        if (graph.unrolled.chanceTold() && chance == null) {
            throw new IllegalStateException("The graph learns codes that are told, but nothing tells them.\nMaybe call readingChance first.");
        }
        int columns = batch.columns();
        encode(batch, columns);
        loss.bind(graph.observations, batch.observations());
        loss.bind(graph.policyTargets, policyTargets(batch, columns));
        loss.bind(graph.valueTargets, valueTargets);
        if (unroll > 0) {
            loss.bind(graph.actions, actions);
            loss.bind(graph.rewardTargets, rewardTargets);
        }
        if (graph.unrolled.samples() > 0) loss.bind(graph.sampledActions, sampledActions);
        if (unroll > 0 && wantsFutures()) loss.bind(graph.inside, batch.inside());
        if (unroll > 0 && graph.chance != null) loss.bind(graph.codeInput, chance == null ? codeNoise(columns) : codes(batch, chance));
        loss.rowWeights(batch.weights());
        double objective = loss.compute(columns);
        float[] gradient = loss.gradient();
        double norm = GradientClipping.clipNorm(gradient, graph.network.parameterCount(), parameters.maximumNorm());
        if (!(objective <= largestLoss) || !Double.isFinite(norm)) throw failed(objective, norm, batch);
        report(batch);
        double[] means = new double[names.size()];
        for (int i = 0; i < means.length; i++) means[i] = mean(graph.terms.get(i).losses(), columns);
        optimiser.step(graph.network.parameters(), gradient, parameters.learningRate());
        if (standardisation != null) standardisation.see(batch.observations(), columns, steps);
        steps++;
        if (steps % parameters.targetEvery() == 0) target.load(graph.network);
        return new LearnedStep(objective, names, means, norm);
    }

    /** Writes actions and scalars as the network reads them; a target that is not known is left at 0, which loses nothing. */
    private void encode(UnrollBatch batch, int columns) {
        float[] promised = graph.memoryRows == 0 ? batch.rewards() : sums(batch.rewards(), columns);
        for (int k = 0; k <= unroll; k++) {
            values.encode(columns, batch.values(), k * columns, valueTargets, k * values.bins() * columns);
            blank(batch, k, valueTargets, values.bins());
            if (k == unroll) break;
            rewards.encode(columns, promised, k * columns, rewardTargets, k * rewards.bins() * columns);
            blank(batch, k, rewardTargets, rewards.bins());
            int rows = shape.actionRows();
            shape.encode(columns, batch.actions(), k * batch.shape().actionSize() * columns, actions, k * rows * columns);
        }
        if (shape.actionCount() > 0) return;
        // A sampled action after the other, position after position.
        int size = shape.actionRows() * columns;
        for (int i = 0; i < (unroll + 1) * graph.unrolled.samples(); i++) {
            shape.encode(columns, batch.sampledActions(), i * size, sampledActions, i * size);
        }
    }

    /** Returns the sums of the rewards since the memory was emptied last. */
    private float[] sums(float[] each, int columns) {
        for (int k = 0; k < unroll; k++) {
            for (int j = 0; j < columns; j++) {
                float before = k % graph.memorySteps == 0 ? 0 : rewardSums[(k - 1) * columns + j];
                rewardSums[k * columns + j] = before + each[k * columns + j];
            }
        }
        return rewardSums;
    }

    /** Returns the policies as the network gives them: where discrete actions were sampled, those that were not have no probability. */
    private float[] policyTargets(UnrollBatch batch, int columns) {
        if (!batch.shape().sampled() || shape.actionCount() == 0) return batch.policies();
        int edges = batch.shape().edges();
        int rows = shape.policyRows();
        Arrays.fill(listedPolicies, 0, (unroll + 1) * rows * columns, 0f);
        for (int k = 0; k <= unroll; k++) {
            for (int i = 0; i < edges * columns; i++) {
                int column = i % columns;
                int listed = (int) batch.sampledActions()[k * edges * columns + i];
                listedPolicies[(k * rows + listed) * columns + column] += batch.policies()[k * edges * columns + i];
            }
        }
        return listedPolicies;
    }

    /** Returns standard Gumbel numbers {@code [U x C x K]}, others for every step. */
    private float[] codeNoise(int columns) {
        long key = CounterRandom.key(CODE_NOISE, steps);
        int count = graph.codeInput.rows() * columns;
        for (int i = 0; i < count; i++) codeInput[i] = CounterRandom.gumbel((int) key, (int) (key >>> 32), i, 0);
        return codeInput;
    }

    /** Returns the codes {@code [U x C x K]} that are told; all 0 where nothing explains what followed, such as behind an end. */
    private float[] codes(UnrollBatch batch, ChanceReader reader) {
        int columns = batch.columns();
        int size = shape.observationSize() * columns;
        int codes = reader.codes();
        Arrays.fill(codeInput, 0, graph.codeInput.rows() * columns, 0f);
        for (int k = 0; k < unroll; k++) {
            for (int j = 0; j < columns; j++) {
                if (batch.inside()[k * columns + j] == 0) continue;
                int action = (int) batch.actions()[k * columns + j];
                int code = reader.read(batch.observations(), k * size + j, (k + 1) * size + j, columns, action);
                if (code >= 0) codeInput[(k * codes + code) * columns + j] = 1;
            }
        }
        return codeInput;
    }

    private static void blank(UnrollBatch batch, int k, float[] targets, int bins) {
        int columns = batch.columns();
        for (int j = 0; j < columns; j++) {
            if (batch.known()[k * columns + j] != 0) continue;
            for (int i = 0; i < bins; i++) targets[(k * bins + i) * columns + j] = 0;
        }
    }

    private void report(UnrollBatch batch) {
        int columns = batch.columns();
        System.arraycopy(loss.values(graph.firstValue), 0, firstLogits, 0, values.bins() * columns);
        values.decode(columns, firstLogits, 0, firstLogits, 0, firstValues, 0);
        for (int j = 0; j < columns; j++) batch.valueErrors()[j] = Math.abs(firstValues[j] - batch.values()[j]);
    }

    private double mean(Node[] losses, int columns) {
        double sum = 0;
        for (Node node : losses) {
            float[] column = loss.values(node);
            for (int j = 0; j < columns; j++) sum += column[j];
        }
        return losses.length == 0 ? 0 : sum / columns / losses.length;
    }

    private TrainingFailedException failed(double objective, double norm, UnrollBatch batch) {
        int columns = batch.columns();
        return new TrainingFailedException("The loss of optimiser step " + (steps + 1) + " is " + objective + " with a gradient of norm " + norm
                + "; the batch has values from " + range(batch.values(), (unroll + 1) * columns) + ", rewards from "
                + range(batch.rewards(), unroll * columns) + " and observations from "
                + range(batch.observations(), shape.observationSize() * columns) + ".\nMaybe the learning rate "
                + parameters.learningRate() + " is too high, or the environment gave a number that is not finite.");
    }

    private static String range(float[] numbers, int count) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            low = Math.min(low, numbers[i]);
            high = Math.max(high, numbers[i]);
        }
        return low + " to " + high;
    }

    @Override
    public void values(float[] observations, int columns, float[] out) {
        targetValues.values(observations, columns, out);
    }

    @Override
    public void publish() {
        for (NetworkFollower follower : followers) follower.load(graph.network);
    }

    @Override
    public long steps() {
        return steps;
    }

    @Override
    public LearnerState state() {
        return new LearnerState()
                .network("model", graph.network)
                .network("target", target.network)
                .optimiser("optimiser", graph.network, optimiser)
                .counter("learnerSteps", this::steps, this::steps)
                .afterReading(() -> {
                    target.changed();
                    publish();
                });
    }

    /** Returns the network that is taught. */
    public LatentNetwork graph() {
        return graph;
    }

    /** Returns the parameters that are taught. */
    public Network network() {
        return graph.network;
    }

    /** Returns the parameters of the target network. */
    public Network targetNetwork() {
        return target.network;
    }

    /** Returns the optimiser. */
    public Optimiser optimiser() {
        return optimiser;
    }

    /** Goes on after so many optimiser steps. */
    public void steps(long newSteps) {
        steps = Checks.nonNegative("steps", newSteps);
    }

}
