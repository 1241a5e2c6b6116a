package io.ponder.engine.train;

import io.ponder.engine.data.TransitionBatch;
import io.ponder.engine.data.TransitionStore;
import io.ponder.engine.model.LambdaModel;

/** Learns the gain b of x' = x + b u by gradient descent; b starts with the wrong sign, so an untrained plan drives away. */
final class LearnedPoint implements EnsembleLearner {
    private final TransitionBatch batch = new TransitionBatch(1, 1, 4096);
    double gain = -0.5;
    private double best = gain;
    int largestFit;

    LambdaModel model() {
        return LambdaModel.of(1, 1, (observation, action, next) -> {
            next[0] = (float) (observation[0] + gain * action[0]);
            return -next[0] * next[0];
        });
    }

    @Override
    public int members() {
        return 1;
    }

    @Override
    public void prepare(TransitionStore data, int[] rows, int count) {
        largestFit = Math.max(largestFit, count);
    }

    @Override
    public void trainBatch(TransitionStore data, int[][] rowsPerMember, int count) {
        gather(data, rowsPerMember[0], count);
        double slope = 0;
        for (int k = 0; k < count; k++) slope += residual(k) * batch.actions()[k] / count;
        gain -= 0.5 * slope;
    }

    private void gather(TransitionStore data, int[] rows, int count) {
        batch.gather(data, rows, 0, count);
    }

    private double residual(int k) {
        return batch.observations()[k] + gain * batch.actions()[k] - batch.nextObservations()[k];
    }

    @Override
    public void evaluate(TransitionStore data, int[] rows, int count, double[] lossPerMember) {
        gather(data, rows, count);
        lossPerMember[0] = 0;
        for (int k = 0; k < count; k++) lossPerMember[0] += residual(k) * residual(k) / count;
    }

    @Override
    public void keepBest(int member) {
        best = gain;
    }

    @Override
    public void restoreBest() {
        gain = best;
    }
}
