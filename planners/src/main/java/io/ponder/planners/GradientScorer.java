package io.ponder.planners;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Problem;
import io.ponder.engine.plan.RolloutGradient;
import io.ponder.engine.plan.RolloutRequest;
import io.ponder.engine.plan.RolloutWatch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Scores a population and differentiates its costs, block by block in the calling thread. The gradient of a candidate is that of its
 * cost over the particles, whose noise stays as drawn.
 */
final class GradientScorer implements Scorer {
    private final WorldModel model;
    private final Population population;
    private final int blockCandidates;
    private final RolloutGradient rollouts;
    private final ModelState roots;
    private final ColumnKeys keys;
    private final float[] sequences;
    private final float[] returns;
    private final float[] gradient;
    private final float[] scratch;
    private final float[] particleWeights;
    private final float[] weights;

    GradientScorer(Problem problem, RolloutRequest request, Population population) {
        model = problem.model();
        this.population = population;
        int particles = request.particles();
        blockCandidates = Math.min(request.rows() * request.maxCandidates(), Math.max(1, model.blockColumns() / particles));
        int columns = blockCandidates * particles;
        rollouts = new RolloutGradient(model, columns, request.horizon());
        roots = new ModelState(model.spec(), columns);
        keys = new ColumnKeys(columns);
        sequences = new float[population.length() * columns];
        returns = new float[columns];
        gradient = new float[population.length() * columns];
        scratch = new float[particles];
        particleWeights = new float[particles];
        weights = new float[columns];
    }

    @Override
    public void score(RolloutRequest request) {
        request.sampleBlock(0, request.actionColumns());
        int finished = blocks(request, true);
        if (finished < request.actionColumns()) Arrays.fill(gradient, Float.NaN);
        for (int first = finished; first < request.actionColumns(); first += blockCandidates) {
            writeGradients(request, first, Math.min(blockCandidates, request.actionColumns() - first));
        }
    }

    @Override
    public void evaluate(RolloutRequest request) {
        blocks(request, false);
    }

    /** Rolls out block by block until the call is broken off; returns the columns done. */
    private int blocks(RolloutRequest request, boolean gradients) {
        RolloutWatch watch = request.watch();
        int columns = request.actionColumns();
        int first = 0;
        for (; first < columns; first += blockCandidates) {
            if (first > 0 && watch != null && (!watch.mayGoOn() || first >= watch.columnLimit())) break;
            int count = Math.min(blockCandidates, columns - first);
            survive(request, watch, first, count);
            if (gradients) writeGradients(request, first, count);
        }
        int finished = Math.min(first, columns);
        request.forfeit(finished, columns - finished);
        if (watch != null) watch.finished(finished);
        return finished;
    }

    /** Rolls a block out, or forfeits it where the model throws. */
    private void survive(RolloutRequest request, @Nullable RolloutWatch watch, int first, int count) {
        try {
            block(request, first, count);
        } catch (Throwable thrown) {
            RolloutWatch.rethrowFatal(thrown);
            if (watch == null) throw thrown;
            watch.failed(thrown);
            request.forfeit(first, count);
            Arrays.fill(gradient, Float.NaN);
        }
    }

    private void block(RolloutRequest request, int first, int count) {
        int particles = request.particles();
        int columns = count * particles;
        for (int i = 0; i < population.length(); i++) {
            int from = i * request.actionColumns() + first;
            for (int j = 0; j < columns; j++) sequences[i * columns + j] = request.actions()[from + j / particles];
        }
        request.beginBlock(model, first * particles, columns, roots, keys);
        rollouts.compute(roots, keys, sequences, request.terminalValue(), returns, gradient);
        System.arraycopy(returns, 0, request.returns(), first * particles, columns);
    }

    private void writeGradients(RolloutRequest request, int first, int count) {
        int particles = request.particles();
        float[] out = population.gradients();
        boolean neutral = population.risk() == Risk.MEAN;
        for (int j = 0; j < count && !neutral; j++) {
            population.risk().weights(returns, j * particles, particles, scratch, particleWeights);
            System.arraycopy(particleWeights, 0, weights, j * particles, particles);
        }
        for (int i = 0; i < population.length(); i++) {
            int to = i * request.actionColumns() + first;
            for (int j = 0; j < count; j++) {
                float sum = 0;
                if (neutral) {
                    for (int p = 0; p < particles; p++) sum += gradient[(i * count + j) * particles + p];
                    sum /= particles;
                } else {
                    for (int p = 0; p < particles; p++) sum += weights[j * particles + p] * gradient[(i * count + j) * particles + p];
                }
                out[to + j] = -sum;
            }
        }
    }

    /** A gradient step counts as three model steps: forward, forward again, backward. */
    @Override
    public int chargePerStep() {
        return 3;
    }

    @Override
    public String executedOn() {
        return "cpu";
    }

    @Override
    public void close() {}
}
