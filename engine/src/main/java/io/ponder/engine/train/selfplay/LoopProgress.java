package io.ponder.engine.train.selfplay;

import io.ponder.engine.storage.CheckpointException;
import io.ponder.engine.storage.ManifestFields;
import io.ponder.engine.storage.SafetensorsReader;
import io.ponder.engine.storage.SafetensorsWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Counts how far a {@link SelfPlayLoop} is: everything that it has to know to go on, but for the replay, the episodes and the learner. */
final class LoopProgress {
    private static final int RECENT = 20;
    /** Numbers of a {@link CurvePoint}. */
    private static final int COLUMNS = 12;
    private static final String CURVE = "curve";

    final PhaseClock clock = new PhaseClock();
    final List<CurvePoint> curve = new ArrayList<>();
    private final double[] recentReturns = new double[RECENT];
    long steps;
    long episodes;
    long reanalyses;
    long nextEvaluation;
    double learnsDue;
    double reanalysesDue;
    double lossSum;
    long lossCount;

    /** Notes the return of a finished episode. */
    void ended(double episodeReturn) {
        recentReturns[(int) (episodes++ % RECENT)] = episodeReturn;
    }

    /** Adds a point to the curve. */
    CurvePoint point(double[] returns, long learnerSteps) {
        int recent = (int) Math.min(episodes, RECENT);
        var point = new CurvePoint(
                steps,
                clock.wallSeconds(),
                learnerSteps,
                episodes,
                Arrays.stream(returns).average().orElse(Double.NaN),
                Arrays.stream(returns).min().orElse(Double.NaN),
                Arrays.stream(returns).max().orElse(Double.NaN),
                Arrays.stream(recentReturns, 0, recent).average().orElse(Double.NaN),
                lossCount == 0 ? Double.NaN : lossSum / lossCount,
                clock.searchShare(),
                clock.networkShare(),
                clock.learnShare());
        lossSum = 0;
        lossCount = 0;
        curve.add(point);
        return point;
    }

    void write(SafetensorsWriter weights, ManifestFields fields) {
        fields.put("environmentSteps", steps)
                .put("episodes", episodes)
                .put("reanalyses", reanalyses)
                .put("nextEvaluation", nextEvaluation)
                .put("learnsDue", learnsDue)
                .put("reanalysesDue", reanalysesDue)
                .put("lossSum", lossSum)
                .put("lossCount", lossCount)
                .put("recentReturns", recentReturns);
        clock.write(fields);
        double[] points = new double[curve.size() * COLUMNS];
        for (int i = 0; i < curve.size(); i++) System.arraycopy(numbers(curve.get(i)), 0, points, i * COLUMNS, COLUMNS);
        weights.add(CURVE, new int[] {curve.size(), COLUMNS}, points);
    }

    void read(SafetensorsReader weights, ManifestFields fields) throws IOException {
        double[] returns = fields.numbers("recentReturns");
        double[] points = weights.readDoubles(CURVE);
        if (returns.length != RECENT || points.length % COLUMNS != 0) {
            throw new CheckpointException("The curve of the checkpoint has " + points.length + " numbers and " + returns.length
                    + " recent returns, but it must have a multiple of " + COLUMNS + " and " + RECENT + ".");
        }
        steps = fields.whole("environmentSteps");
        episodes = fields.whole("episodes");
        reanalyses = fields.whole("reanalyses");
        nextEvaluation = fields.whole("nextEvaluation");
        learnsDue = fields.number("learnsDue");
        reanalysesDue = fields.number("reanalysesDue");
        lossSum = fields.number("lossSum");
        lossCount = fields.whole("lossCount");
        clock.read(fields);
        System.arraycopy(returns, 0, recentReturns, 0, RECENT);
        curve.clear();
        for (int i = 0; i < points.length; i += COLUMNS) curve.add(point(Arrays.copyOfRange(points, i, i + COLUMNS)));
    }

    private static double[] numbers(CurvePoint point) {
        return new double[] {
            point.environmentSteps(), point.wallSeconds(), point.learnerSteps(), point.episodes(), point.evaluationReturnMean(),
            point.evaluationReturnMin(), point.evaluationReturnMax(), point.selfPlayReturnMean(), point.loss(), point.searchShare(),
            point.networkShare(), point.learnShare()
        };
    }

    private static CurvePoint point(double[] n) {
        return new CurvePoint(
                (long) n[0], n[1], (long) n[2], (long) n[3], n[4], n[5], n[6], n[7], n[8], n[9], n[10], n[11]);
    }
}
