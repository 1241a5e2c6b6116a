package io.ponder.examples.embedding;

import io.ponder.engine.env.*;
import io.ponder.engine.train.selfplay.*;
import io.ponder.planners.tree.*;
import io.ponder.worldmodels.latent.*;
import java.util.List;

/** Trains Gumbel MuZero on a task of one's own: a room (temperature, heater) is kept at 21 degrees by a switch. */
public final class TrainYourOwn implements Environment {
    private final StepResult result = new StepResult(2);

    @Override public String name() {
        return "switched-room";
    }

    @Override public Space observationSpace() {
        return Box.of(2, -100, 200);
    }

    @Override public Space actionSpace() {
        return new Discrete(2);
    }

    @Override public StepResult reset(long seed) {
        result.observation()[0] = 10 + Math.floorMod(seed, 20);
        result.observation()[1] = 20;
        return result.start();
    }

    @Override public StepResult reset() {
        return reset(0);
    }

    @Override public StepResult step(float[] heaterOn) {
        float[] x = result.observation();
        x[1] += 10 * heaterOn[0] - 0.2f * (x[1] - x[0]);
        x[0] += 0.1f * (x[1] - x[0]) - 0.05f * (x[0] - 5);
        return result.set(Math.max(0, 1 - Math.abs(x[0] - 21) / 5), false);
    }

    static List<CurvePoint> train(long seed, double learningRate) {
        var shape = LatentShape.of(new TrainYourOwn(), 16, ScalarSupport.returns(0, 1, 11), ScalarSupport.returns(0, 20, 21), 0.95);
        var network = new LatentNetwork(shape, new DenseLayers(shape, LatentScaling.MIN_MAX, 32, 1), UnrollGraph.steps(5), seed);
        var learner = new LatentLearner(network, LatentLearning.defaults().withLearningRate(learningRate), 64);
        var recipe = SearchRecipes.gumbel().withSimulations(8);
        var task = SelfPlayTask.of(() -> new TimeLimit(new TrainYourOwn(), 40), learner.model(),
                (model, rows) -> new TreeSearch(model, recipe, SearchExecution.rows(rows)), learner);
        var parameters = new SelfPlayParameters(LoopParameters.steps(4000).withBatch(64).withLearnsPerStep(0.5),
                TargetParameters.defaults().withDiscount(0.95), ReplayParameters.uniform(10_000));
        try (var loop = new SelfPlayLoop(task, parameters, seed, SelfPlayListener.NONE, null)) {
            return loop.run();
        }
    }

    public static void main(String[] arguments) {
        for (CurvePoint p : train(1, 0.003)) System.out.printf("%5d steps: %.1f of 40%n", p.environmentSteps(), p.evaluationReturnMean());
    }
}
