package io.ponder.worldmodels.ensemble;

import io.ponder.engine.Checks;
import io.ponder.engine.data.TransitionStore;
import io.ponder.engine.train.EnsembleLearner;
import java.util.Arrays;

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

    /**
     * Creates the learner.
     *
     * @throws IllegalArgumentException if the predictor predicts neither the observation nor the observation and one reward
     */
    public PredictorLearner(Predictor predictor) {
        this.predictor = predictor;
        int observationSize = predictor.observationSize();
        int targets = Checks.inRange("targetSize", predictor.targetSize(), observationSize, observationSize + 1);
        learnsReward = targets > observationSize;
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
        predictor.prepare(all);
    }

    @Override
    public void trainBatch(TransitionStore data, int[][] rowsPerMember, int count) {
        samples.resize(rowsPerMember.length, count);
        for (int e = 0; e < rowsPerMember.length; e++) gather(data, rowsPerMember[e], 0, count, e, samples);
        predictor.train(samples);
    }

    @Override
    public void evaluate(TransitionStore data, int[] rows, int count, double[] lossPerMember) {
        Arrays.fill(lossPerMember, 0);
        for (int first = 0; first < count; first += EVALUATION_COLUMNS) {
            int columns = Math.min(EVALUATION_COLUMNS, count - first);
            samples.resize(1, columns);
            gather(data, rows, first, columns, 0, samples);
            predictor.addErrors(samples, lossPerMember);
        }
        for (int e = 0; e < lossPerMember.length; e++) lossPerMember[e] /= count;
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
