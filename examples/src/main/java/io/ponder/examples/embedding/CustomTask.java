package io.ponder.examples.embedding;

import io.ponder.engine.data.TransitionStore;
import io.ponder.engine.env.*;
import io.ponder.engine.model.RewardFunction;
import io.ponder.engine.plan.Problem;
import io.ponder.engine.train.*;
import io.ponder.planners.*;
import io.ponder.worldmodels.ensemble.LearnedChain;

/** A task of one's own: heat a room (temperature, heater) to 21 degrees. The model of the room is learned while CEM plans with it. */
public final class CustomTask implements Environment {
    private static final RewardFunction REWARD = (x, power, next, columns, out) -> {
        for (int k = 0; k < columns; k++) out[k] = -Math.abs(next[k] - 21) - 0.2f * power[k];
    };
    private final StepResult result = new StepResult(2);
    private int steps;

    @Override public String name() {
        return "room";
    }

    @Override public Space observationSpace() {
        return new Box(new float[] {-40, 0}, new float[] {60, 100});
    }

    @Override public Space actionSpace() {
        return Box.of(1, 0, 1);
    }

    @Override public StepResult reset(long seed) {
        result.observation()[0] = 10 + Math.floorMod(seed, 5);
        result.observation()[1] = 20;
        steps = 0;
        return result.start();
    }

    @Override public StepResult reset() {
        return reset(steps);
    }

    @Override public StepResult step(float[] power) {
        float[] x = result.observation();
        x[1] += 10 * power[0] - 0.2f * (x[1] - x[0]);
        x[0] += 0.1f * (x[1] - x[0]) - 0.05f * (x[0] - 5);
        result.set(-Math.abs(x[0] - 21) - 0.2 * power[0], false);
        return ++steps == 60 ? result.truncate() : result;
    }

    public static void main(String[] arguments) {
        var chain = LearnedChain.of(2, 1).reward(REWARD).build();
        var problem = Problem.of(chain.model(), new float[] {0}, new float[] {1});
        var cem = CemParameters.DEFAULT.withHorizon(12).withCandidates(200, 20);
        try (var planner = Cem.planner(problem, cem, Execution.rows(1).withParticles(5))) {
            var loop = new CollectFitPlanLoop(new CustomTask(), planner, chain.model(), chain.learner(), new TransitionStore(2, 1),
                    CollectParameters.episodes(4), FitParameters.defaults(), 7, TrainingListener.NONE);
            for (EpisodeRecord episode : loop.run()) System.out.printf("episode %d: %.1f%n", episode.episode(), episode.episodeReturn());
        }
    }
}
