package io.ponder.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.env.Box;
import io.ponder.engine.env.Environment;
import io.ponder.engine.env.Space;
import io.ponder.engine.env.StepResult;
import io.ponder.engine.plan.Budget;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTest {
    @Test
    void aPolicyScoresTheClosedFormFromGivenStates() {
        Evaluation evaluation = Evaluation.fromStates(new PointEnvironment(), new double[] {1}, new double[] {-0.5});

        EvaluationReport report = evaluation.score((observation, action) -> action[0] = 0, 1);

        assertThat(report.returns()).containsExactly(-20, -5);
        assertThat(report.meanReturn()).isEqualTo(-12.5);
        // Sample standard deviation 7.5 sqrt(2), divided by sqrt(2).
        assertThat(report.standardError()).isCloseTo(7.5, within(1e-12));
        assertThat(report.episodes().get(0).planned()).isFalse();
    }

    @Test
    void startsArePairedWhateverIsScoredBetween() {
        Evaluation evaluation = Evaluation.fromSeeds(new PointEnvironment(), 5, 6, 7);
        Policy still = (observation, action) -> action[0] = 0;

        double[] first = evaluation.score(still, 1).returns();
        evaluation.score(new RandomPolicy(Box.of(1, -1, 1)), 1);
        double[] second = evaluation.score(still, 2).returns();

        assertThat(first).isEqualTo(second);
        assertThat(first[0]).isNotEqualTo(first[1]);
    }

    @Test
    void aPlannerOnTheTrueModelBeatsRandomFromEveryStart() {
        Evaluation evaluation = Evaluation.fromSeeds(new PointEnvironment(), 5, 6, 7);
        var planner = new ShootingPlanner(PointEnvironment.model(), 4);

        EvaluationReport planned = evaluation.score(planner, PointEnvironment.model(), Budget.UNLIMITED, 1);
        EvaluationReport random = evaluation.score(new RandomPolicy(Box.of(1, -1, 1)), 1);

        for (int i = 0; i < 3; i++) assertThat(planned.returns()[i]).isGreaterThan(random.returns()[i]);
        assertThat(planned.episodes().get(2).planMillis()).hasSize(20);
        assertThat(evaluation.score(planner, PointEnvironment.model(), Budget.UNLIMITED, 1).returns()).isEqualTo(planned.returns());
    }

    @Test
    void aHeldActionIsPlannedOnceAndCountsAsOneDecision() {
        var planner = new ShootingPlanner(PointEnvironment.model(), 4);
        var policy = new PlannerPolicy(planner, PointEnvironment.model(), Budget.UNLIMITED, false, 3);
        List<Float> actions = new ArrayList<>();
        List<Boolean> decided = new ArrayList<>();
        float[] action = new float[1];
        policy.beginEpisode(1);
        for (int step = 0; step < 7; step++) {
            policy.act(new float[] {1 - 0.3f * step}, action);
            actions.add(action[0]);
            decided.add(policy.decided());
        }
        assertThat(decided).containsExactly(true, false, false, true, false, false, true);
        assertThat(actions.subList(1, 3)).containsOnly(actions.get(0));
        assertThat(actions.get(3)).isNotEqualTo(actions.get(0));
        assertThat(planner.elapsed).isEqualTo(3);

        policy.beginEpisode(2);
        policy.act(new float[] {1}, action);
        assertThat(policy.decided()).as("an episode begins with a plan").isTrue();

        EpisodeRecord record = Evaluation.fromSeeds(new PointEnvironment(), 5).score(policy, 1).episodes().get(0);
        assertThat(record.steps()).isEqualTo(20);
        assertThat(record.planMillis()).hasSize(7);
        assertThat(record.modelSteps()).isEqualTo(7L * planner.modelStepsOfAPlan());
        assertThat(record.meanPredictedReturn()).isNaN();
        assertThatThrownBy(() -> new PlannerPolicy(planner, PointEnvironment.model(), Budget.UNLIMITED, false, 0))
                .hasMessageContaining("actionRepeat is 0");
    }

    @Test
    void aLimitOfStepsEndsEpisodes() {
        EvaluationReport report = Evaluation.fromStates(new PointEnvironment(), new double[] {1})
                .withMaximumSteps(3)
                .score((observation, action) -> action[0] = 0, 1);

        assertThat(report.returns()).containsExactly(-3);
        assertThat(report.episodes().get(0).truncated()).isFalse();
    }

    @Test
    void cancelAnswersTheFinishedStarts() {
        Evaluation evaluation = Evaluation.fromSeeds(new PointEnvironment(), 1, 2, 3);
        int[] calls = {0};

        EvaluationReport report = evaluation.score((observation, action) -> {
            action[0] = 0;
            if (++calls[0] == 30) evaluation.cancel();
        }, 1);

        assertThat(report.episodes()).hasSize(1);
    }

    @Test
    void statesOfTheWrongKindAreRefused() {
        assertThatThrownBy(() -> Evaluation.fromStates(new PointEnvironment(), new double[] {1, 2}))
                .hasMessageContaining("entries of state 0 is 2");
        assertThatThrownBy(() -> Evaluation.fromStates(new Closed(), new double[] {1}))
                .hasMessageContaining("The state of closed cannot be set.\nMaybe");
    }

    private static final class Closed implements Environment {
        private final PointEnvironment inner = new PointEnvironment();

        @Override
        public String name() {
            return "closed";
        }

        @Override
        public Space observationSpace() {
            return inner.observationSpace();
        }

        @Override
        public Space actionSpace() {
            return inner.actionSpace();
        }

        @Override
        public StepResult reset(long seed) {
            return inner.reset(seed);
        }

        @Override
        public StepResult reset() {
            return inner.reset();
        }

        @Override
        public StepResult step(float[] action) {
            return inner.step(action);
        }
    }
}
