package io.ponder.examples.training;

import io.ponder.engine.env.TimeLimit;
import io.ponder.engine.train.selfplay.CurvePoint;
import io.ponder.engine.train.selfplay.SelfPlayTask;
import io.ponder.examples.environments.Environments;
import java.util.List;

/** Makes training runs that take a second. */
final class SmallTraining {
    private static final String SIZES = "steps=300 environments=3 simulations=4 batch=8 learnsPerStep=0.3 positionsBefore=40 "
            + "evaluateEvery=70 evaluationEpisodes=2 hidden=8 latent=8 valueBins=11 unroll=3 valueSteps=4 targetEvery=20 capacity=150";

    private SmallTraining() {}

    static TrainingSettings settings(TrainingMethod method, String environment, String changes) {
        TrainingSettings settings = TrainingPresets.settings(method, TrainingEnvironment.of(environment));
        for (String change : (SIZES + " " + changes).strip().split(" ")) {
            String[] pair = change.split("=");
            settings = settings.with(TrainingOption.of(pair[0]), pair[1]);
        }
        return settings;
    }

    static TrainingTask task(TrainingMethod method, String environment, String changes, long seed) {
        return TrainingTask.of(method, TrainingEnvironment.of(environment), settings(method, environment, changes), seed);
    }

    /** Returns the task on a cart-pole whose episodes are cut after so many steps. */
    static TrainingTask cutAfter(int steps, TrainingTask task) {
        SelfPlayTask p = task.selfPlay();
        var cut = new SelfPlayTask(
                () -> new TimeLimit(Environments.unwrapped("CartPole-v1"), steps), p.model(), p.search(), p.learner(), p.symmetries());
        return new TrainingTask(
                task.method(), task.environment(), task.settings(), task.seed(), cut, task.recipe(), task.network());
    }

    /** Returns the points without what is measured by a clock. */
    static List<CurvePoint> withoutTimes(List<CurvePoint> points) {
        return points.stream().map(p -> new CurvePoint(
                p.environmentSteps(), 0, p.learnerSteps(), p.episodes(), p.evaluationReturnMean(), p.evaluationReturnMin(),
                p.evaluationReturnMax(), p.selfPlayReturnMean(), p.loss(), 0, 0, 0)).toList();
    }
}
