package io.ponder.examples.comparison;

import io.ponder.engine.train.FitParameters;
import io.ponder.worldmodels.ensemble.EnsembleParameters;
import io.ponder.worldmodels.ensemble.LearnedChain;
import io.ponder.worldmodels.ensemble.ParticlePropagation;

/**
 * Says how a planner and its learned model are sized for a task.
 *
 * @param planner  sizes of the planner with a learned model
 * @param ensemble the networks
 * @param fit      their training
 */
public record Setup(PlannerSizes planner, EnsembleParameters ensemble, FitParameters fit) {
    /** Returns what the comparison uses for a task; small where a quick look is enough. */
    public static Setup of(Task task, boolean quick) {
        PlannerSizes sizes = new PlannerSizes(task.horizon(), 3, 60, 3, task.repeat(), task.trees());
        EnsembleParameters ensemble = EnsembleParameters.small().withMembers(3).withSize(2, quick ? 32 : 64).withLearningRate(3e-3);
        FitParameters fit = FitParameters.defaults().withHoldOut(0, 0, false).withMaximumEpochs(20).withSteps(1500, 2000);
        return new Setup(sizes, ensemble, fit);
    }

    /** Returns a new learned model of a task: an ensemble that predicts changes, with the known reward and end of episodes. */
    public LearnedChain chain(Task task, long seed) {
        int observationSize = task.exact().observationSize();
        LearnedChain.Builder builder = task.discrete()
                ? LearnedChain.ofDiscrete(observationSize, task.exact().actionCount())
                : LearnedChain.of(observationSize, task.exact().actionSize());
        return builder
                .ensemble(ensemble)
                .angles(task.angleEntries())
                .propagation(ParticlePropagation.TS_INFINITY, ensemble.probabilistic())
                .reward(task.exact().reward())
                .termination(task.exact().termination())
                .seed(seed)
                .build();
    }

    /** Returns the sizes of the planner on the true model, where one particle is enough. */
    public PlannerSizes onTrueModel() {
        return planner.withParticles(1);
    }
}
