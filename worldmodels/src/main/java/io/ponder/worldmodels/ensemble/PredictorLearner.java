package io.ponder.worldmodels.ensemble;

import io.ponder.engine.Checks;
import io.ponder.engine.data.TransitionStore;
import io.ponder.engine.train.EnsembleLearner;
import io.ponder.worldmodels.objective.PredictionLoss;
import io.ponder.worldmodels.objective.SampleWeighting;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lets a fit loop train the outermost stage of a chain on stored transitions: the target is the next observation, then the reward where
 * it is learned.
 *
 * <p>One thread at a time; a batch allocates nothing once warm, {@link #prepare} takes a block of all training rows.
 */
public final class PredictorLearner implements EnsembleLearner {
    /** Rows that are scored in one go. */
    private static final int EVALUATION_COLUMNS = 512;

    private final Predictor predictor;
    private final boolean learnsReward;
    private final Samples samples;
    private final @Nullable SampleWeighting weighting;
    private final @Nullable TrainingTerms terms;
    private float[] weightByRow = {};
    private boolean lossPrepared;

    /**
     * Creates a learner of the networks' own loss.
     *
     * @throws IllegalArgumentException if the predictor predicts neither the observation nor the observation and one reward
     */
    public PredictorLearner(Predictor predictor) {
        this(predictor, null, null, 1);
    }

    /**
     * Creates a learner that minimises {@code weight * (ownShare * the networks' own loss + loss)} over the transitions. Held-out rows are
     * scored by the same sum, not weighted.
     *
     * @param weighting how much each transition counts, computed once for every fit; null for equally
     * @param loss      of predicted next observations; null for none. Needs networks that predict the mean alone.
     * @param ownShare  factor of the networks' own loss beside {@code loss}, at least 0; 1 where there is no other
     * @throws IllegalArgumentException if the predictor predicts neither the observation nor the observation and one reward
     */
    public PredictorLearner(
            Predictor predictor, @Nullable SampleWeighting weighting, @Nullable PredictionLoss loss, double ownShare) {
        this.predictor = predictor;
        this.weighting = weighting;
        Checks.inRange("ownShare", ownShare, 0, Double.MAX_VALUE);
        terms = weighting == null && loss == null ? null : new TrainingTerms(loss, ownShare);
        int observationSize = predictor.observationSize();
        int targets = Checks.inRange("targetSize", predictor.targetSize(), observationSize, observationSize + 1);
        learnsReward = targets > observationSize;
        if (learnsReward && loss != null) {
            throw new IllegalArgumentException("The networks learn the reward, but a loss of predictions scores next observations alone."
                    + "\nMaybe give the chain a known reward.");
        }
        samples = new Samples(observationSize, predictor.actionSize(), targets);
    }

    @Override
    public int members() {
        return predictor.members();
    }

    @Override
    public void prepare(TransitionStore data, int[] rows, int count) {
        var all = new Samples(samples.observationSize(), samples.actionSize(), samples.targetSize()).resize(1, count);
        gather(data, rows, 0, count, 0, all);
        prepareLoss(all);
        if (weighting != null) weightByRow = SampleWeighting.byRow(weighting, data, rows, count);
        predictor.prepare(all);
    }

    private void prepareLoss(Samples all) {
        PredictionLoss loss = terms == null ? null : terms.loss();
        if (loss != null) loss.prepare(all.targets(), all.targetSize(), all.columns());
        lossPrepared = true;
    }

    @Override
    public void trainBatch(TransitionStore data, int[][] rowsPerMember, int count) {
        samples.resize(rowsPerMember.length, count);
        for (int e = 0; e < rowsPerMember.length; e++) gather(data, rowsPerMember[e], 0, count, e, samples);
        begin();
        if (terms != null && weighting != null) {
            float[] weights = terms.weigh(samples);
            for (int e = 0; e < rowsPerMember.length; e++) {
                for (int k = 0; k < count; k++) weights[e * count + k] = weightByRow[rowsPerMember[e][k]];
            }
        }
        predictor.train(samples);
    }

    @Override
    public void evaluate(TransitionStore data, int[] rows, int count, double[] lossPerMember) {
        Arrays.fill(lossPerMember, 0);
        for (int first = 0; first < count; first += EVALUATION_COLUMNS) {
            int columns = Math.min(EVALUATION_COLUMNS, count - first);
            samples.resize(1, columns);
            gather(data, rows, first, columns, 0, samples);
            // A fit scores what is new before it prepares anything.
            if (!lossPrepared) prepareLoss(samples);
            begin();
            predictor.addErrors(samples, lossPerMember);
        }
        for (int e = 0; e < lossPerMember.length; e++) lossPerMember[e] /= count;
    }

    private void begin() {
        if (terms != null) terms.begin(samples);
        samples.terms(terms);
    }

    private void gather(TransitionStore data, int[] rows, int first, int count, int block, Samples out) {
        data.gatherObservations(rows, first, count, out.observations(), block * out.observationSize() * count);
        data.gatherActions(rows, first, count, out.actions(), block * out.actionSize() * count);
        int targets = block * out.targetSize() * count;
        data.gatherNextObservations(rows, first, count, out.targets(), targets);
        if (learnsReward) data.gatherRewards(rows, first, count, out.targets(), targets + out.observationSize() * count);
    }

    @Override
    public void keepBest(int member) {
        predictor.keepBest(member);
    }

    @Override
    public void restoreBest() {
        predictor.restoreBest();
    }
}
