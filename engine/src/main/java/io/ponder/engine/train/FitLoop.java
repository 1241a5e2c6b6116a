package io.ponder.engine.train;

import io.ponder.engine.Checks;
import io.ponder.engine.data.Bootstrap;
import io.ponder.engine.data.HoldOutSplit;
import io.ponder.engine.data.RowSampler;
import io.ponder.engine.data.TransitionStore;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Trains an {@link EnsembleLearner} on a growing store: epochs over the training rows, in each member's own order (and resample),
 * until the hold-out loss stops falling; then every member gets its best weights back.
 *
 * <p>The hold-out split, the resamples and the orders are keyed by the seed: the same data, seed and number of fits give the same
 * batches. One loop belongs to one store, whose held-out rows stay held out from fit to fit. Nothing is allocated per batch once warm.
 *
 * <p>One thread fits; {@link #cancel} may be called from any other.
 */
public final class FitLoop {
    private final FitParameters parameters;
    private final TrainingListener listener;
    private final long seed;
    private final HoldOutSplit split;
    private final RowSampler order;
    private int fits;
    private long rowsSeen;
    private int[][] resamples = {};
    private int[][] batch = {};
    private int[] scored = {};
    private int scoredCount;
    private int steps;
    private volatile boolean cancelled;

    /** Creates a loop that nobody listens to. */
    public FitLoop(FitParameters parameters, long seed) {
        this(parameters, seed, TrainingListener.NONE);
    }

    /** Creates a loop. */
    public FitLoop(FitParameters parameters, long seed, TrainingListener listener) {
        this.parameters = parameters;
        this.listener = listener;
        this.seed = seed;
        split = new HoldOutSplit(
                parameters.holdOutFraction(), parameters.holdOutCap(), parameters.holdOutByEpisode(), seed);
        order = new RowSampler(seed);
    }

    /** Returns which rows train and which are held out. */
    public HoldOutSplit split() {
        return split;
    }

    /** Returns the number of fits so far. */
    public int fits() {
        return fits;
    }

    /**
     * Asks the running fit to end after its current batch, keeping the best weights; where none is running, the next one ends in its
     * first epoch. Safe from any thread.
     */
    public void cancel() {
        cancelled = true;
    }

    /**
     * Trains the learner on everything in the store.
     *
     * @throws IllegalArgumentException if the store is empty
     */
    public FitReport fit(EnsembleLearner learner, TransitionStore data) {
        long start = System.nanoTime();
        Checks.positive("rows of the store", data.size());
        double[] newRowsLoss = scoreNewRows(learner, data);
        fits++;
        split.update(data);
        learner.prepare(data, split.trainingRows(), split.trainingCount());
        makeRoom(learner.members());
        chooseScoredRows();
        int members = learner.members();
        double[] loss = new double[members];
        learner.evaluate(data, scored, scoredCount, loss);
        double[] before = loss.clone();
        double[] best = loss.clone();
        for (int e = 0; e < members; e++) {
            learner.keepBest(e);
            drawRows(e);
        }
        steps = 0;
        int epoch = 0;
        int sinceImprovement = 0;
        FitReport.@Nullable Stop stop = null;
        while (stop == null) {
            epoch++;
            trainEpoch(learner, data);
            learner.evaluate(data, scored, scoredCount, loss);
            int improved = keepImproved(learner, loss, best);
            sinceImprovement = improved > 0 ? 0 : sinceImprovement + 1;
            listener.epochEnded(new FitEpoch(fits, epoch, steps, loss, improved, sinceImprovement));
            stop = stopAfter(epoch, sinceImprovement);
        }
        learner.restoreBest();
        cancelled = false;
        var report = new FitReport(fits, epoch, steps, split.trainingCount(), split.heldOutCount(), newRowsLoss, before, best,
                elites(best), stop, (System.nanoTime() - start) * 1e-9);
        listener.fitEnded(report);
        return report;
    }

    private double[] scoreNewRows(EnsembleLearner learner, TransitionStore data) {
        double[] loss = new double[learner.members()];
        Arrays.fill(loss, Double.NaN);
        int fresh = (int) Math.min(data.size(), data.added() - rowsSeen);
        if (fits > 0 && fresh > 0) {
            int[] rows = new int[fresh];
            for (int i = 0; i < fresh; i++) rows[i] = data.size() - fresh + i;
            learner.evaluate(data, rows, fresh, loss);
        }
        rowsSeen = data.added();
        return loss;
    }

    private void makeRoom(int members) {
        if (batch.length != members) {
            batch = new int[members][parameters.batchSize()];
            resamples = new int[members][0];
        }
        int rows = split.trainingCount();
        if (resamples[0].length < rows) resamples = new int[members][rows + rows / 2];
    }

    /** Scores the held-out rows, or the training rows where nothing is held out. */
    private void chooseScoredRows() {
        boolean heldOut = split.heldOutCount() > 0;
        scored = heldOut ? split.heldOutRows() : split.trainingRows();
        scoredCount = heldOut ? split.heldOutCount() : split.trainingCount();
    }

    private void drawRows(int member) {
        int count = split.trainingCount();
        if (parameters.bootstrap()) {
            Bootstrap.draw(split.trainingRows(), count, seed, member, resamples[member]);
        } else {
            System.arraycopy(split.trainingRows(), 0, resamples[member], 0, count);
        }
    }

    private void trainEpoch(EnsembleLearner learner, TransitionStore data) {
        int rows = split.trainingCount();
        for (int[] resample : resamples) order.shuffle(resample, rows);
        for (int first = 0; first < rows && steps < parameters.maximumSteps() && !cancelled; first += parameters.batchSize()) {
            int count = Math.min(parameters.batchSize(), rows - first);
            for (int e = 0; e < batch.length; e++) System.arraycopy(resamples[e], first, batch[e], 0, count);
            learner.trainBatch(data, batch, count);
            steps++;
        }
    }

    /** Keeps the weights of the members whose loss fell enough. A NaN never improves; anything finite improves on a non-finite best. */
    private int keepImproved(EnsembleLearner learner, double[] loss, double[] best) {
        int improved = 0;
        for (int e = 0; e < loss.length; e++) {
            boolean better = Double.isFinite(best[e])
                    ? best[e] - loss[e] > parameters.relativeImprovement() * Math.abs(best[e])
                    : Double.isFinite(loss[e]);
            if (!better) continue;
            best[e] = loss[e];
            learner.keepBest(e);
            improved++;
        }
        return improved;
    }

    private FitReport.@Nullable Stop stopAfter(int epoch, int sinceImprovement) {
        if (cancelled) return FitReport.Stop.CANCELLED;
        if (steps >= parameters.maximumSteps()) return FitReport.Stop.MAXIMUM_STEPS;
        if (steps < parameters.minimumSteps()) return null;
        if (sinceImprovement > parameters.patience()) return FitReport.Stop.NO_IMPROVEMENT;
        return epoch >= parameters.maximumEpochs() ? FitReport.Stop.MAXIMUM_EPOCHS : null;
    }

    private static int[] elites(double[] loss) {
        int[] members = new int[loss.length];
        for (int i = 0; i < loss.length; i++) {
            int at = i;
            for (; at > 0 && Double.compare(loss[members[at - 1]], loss[i]) > 0; at--) members[at] = members[at - 1];
            members[at] = i;
        }
        return members;
    }
}
