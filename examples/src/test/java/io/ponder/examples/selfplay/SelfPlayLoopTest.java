package io.ponder.examples.selfplay;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.engine.train.selfplay.CurvePoint;
import io.ponder.engine.train.selfplay.LoopParameters;
import io.ponder.engine.train.selfplay.PlayedEpisode;
import io.ponder.engine.train.selfplay.ReplayParameters;
import io.ponder.engine.train.selfplay.SelfPlayListener;
import io.ponder.engine.train.selfplay.SelfPlayLoop;
import io.ponder.engine.train.selfplay.SelfPlayParameters;
import io.ponder.engine.train.selfplay.SelfPlayTask;
import io.ponder.engine.train.selfplay.TargetParameters;
import io.ponder.planners.tree.SearchExecution;
import io.ponder.planners.tree.SearchRecipes;
import io.ponder.planners.tree.TreeSearch;
import io.ponder.worldmodels.latent.DenseLayers;
import io.ponder.worldmodels.latent.LatentLearner;
import io.ponder.worldmodels.latent.LatentLearning;
import io.ponder.worldmodels.latent.LatentNetwork;
import io.ponder.worldmodels.latent.LatentScaling;
import io.ponder.worldmodels.latent.LatentShape;
import io.ponder.worldmodels.latent.ScalarSupport;
import io.ponder.worldmodels.latent.UnrollGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

/** The whole loop with MuZero on a task of three lamps, where acting at random earns 8/3 and perfection 8. */
class SelfPlayLoopTest {
    private record Run(List<CurvePoint> curve, float[] parameters, List<Double> returns) {}

    private static final TargetParameters FRESH = new TargetParameters(3, 3, 1, 0.8, true);

    private static Run run(boolean cut, double learningRate, long steps, long seed, boolean reanalysed, boolean twoThreads) {
        return run(cut, LatentLearning.defaults().withLearningRate(learningRate), FRESH, steps, seed, reanalysed, twoThreads);
    }

    private static Run run(
            boolean cut, LatentLearning learning, TargetParameters targets, long steps, long seed, boolean reanalysed, boolean twoThreads) {
        var shape = LatentShape.of(
                new FindTheLight(cut), 16, ScalarSupport.returns(0, 2, 5), ScalarSupport.returns(0, 12, 13), 0.8);
        var network = new LatentNetwork(shape, new DenseLayers(shape, LatentScaling.MIN_MAX, 32, 1),
                UnrollGraph.steps(3).withConsistency(learning.consistencyWeight() > 0), seed);
        var learner = new LatentLearner(network, learning, 32);
        var task = SelfPlayTask.of(
                () -> new FindTheLight(cut), learner.model(),
                (model, rows) -> new TreeSearch(model, SearchRecipes.muzero().withSimulations(8), SearchExecution.rows(rows)), learner);
        var loop = LoopParameters.steps(steps).withEnvironments(4).withBatch(32).withPositionsBefore(64).withLearnsPerStep(0.5)
                .withReanalysedPerStep(reanalysed ? 1 : 0).withEvaluation(steps / 2, 10);
        var parameters = new SelfPlayParameters(loop, targets, ReplayParameters.prioritised(5_000));
        List<Double> returns = new ArrayList<>();
        var listener = new SelfPlayListener() {
            @Override
            public void episodeEnded(PlayedEpisode episode) {
                returns.add(episode.episodeReturn());
            }
        };
        ForkJoinPool pool = twoThreads ? new ForkJoinPool(1) : null;
        try (var training = new SelfPlayLoop(task, parameters, seed, listener, pool)) {
            return new Run(training.run(), network.network().parameters(), returns);
        } finally {
            if (pool != null) pool.shutdown();
        }
    }

    @Test
    void learnsWhatActingAtRandomDoesNotEarn() {
        for (boolean cut : new boolean[] {false, true}) {
            Run run = run(cut, 3e-3, 1_200, 1, false, false);
            assertThat(last(run).evaluationReturnMean()).as("cut: %s", cut).isGreaterThan(7.5);
            assertThat(run.curve()).hasSize(2);
            assertThat(last(run).learnerSteps()).isBetween(500L, 600L);
            assertThat(run.returns()).hasSizeGreaterThan(130);
        }
        // The control: a learner that does not learn.
        assertThat(last(run(false, 1e-12, 1_200, 1, false, false)).evaluationReturnMean()).isLessThan(5);
    }

    @Test
    void learnsFromMixedReturnsAndFromStatesThatAgreeToo() {
        var mixed = new TargetParameters(3, 6, 0.8, 0.8, false);
        for (double consistency : new double[] {0, 2}) {
            LatentLearning learning = LatentLearning.defaults().withLearningRate(3e-3).withConsistency(consistency);
            Run run = run(false, learning, mixed, 1_200, 1, false, false);
            assertThat(last(run).evaluationReturnMean()).as("consistency %s", consistency).isGreaterThan(7.5);
        }
    }

    private static CurvePoint last(Run run) {
        return run.curve().get(run.curve().size() - 1);
    }

    @Test
    void aSecondThreadChangesNothingButTheTime() {
        Run one = run(true, 3e-3, 400, 7, true, false);
        Run two = run(true, 3e-3, 400, 7, true, true);
        assertThat(two.parameters()).isEqualTo(one.parameters());
        assertThat(two.returns()).isEqualTo(one.returns());
        assertThat(two.curve().stream().map(CurvePoint::evaluationReturnMean)).isEqualTo(
                one.curve().stream().map(CurvePoint::evaluationReturnMean).toList());
        assertThat(run(true, 3e-3, 400, 8, true, false).parameters()).isNotEqualTo(one.parameters());
    }
}
