package io.ponder.planners;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Problem;
import io.ponder.engine.plan.RolloutGradient;
import io.ponder.engine.plan.RolloutRequest;

/**
 * Scores a population and differentiates its costs, block by block in the calling thread. The gradient of a candidate is that of its
 * average cost over the particles, whose noise stays as drawn.
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
    }

    @Override
    public void score(RolloutRequest request) {
        request.sampleBlock(0, request.actionColumns());
        for (int first = 0; first < request.actionColumns(); first += blockCandidates) {
            int count = Math.min(blockCandidates, request.actionColumns() - first);
            block(request, first, count);
            writeGradients(request, first, count);
        }
    }

    @Override
    public void evaluate(RolloutRequest request) {
        for (int first = 0; first < request.actionColumns(); first += blockCandidates) {
            block(request, first, Math.min(blockCandidates, request.actionColumns() - first));
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
        for (int i = 0; i < population.length(); i++) {
            int to = i * request.actionColumns() + first;
            for (int j = 0; j < count; j++) {
                float sum = 0;
                for (int p = 0; p < particles; p++) sum += gradient[(i * count + j) * particles + p];
                out[to + j] = -sum / particles;
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
