package io.ponder.planners;

import io.ponder.engine.plan.Problem;
import io.ponder.planners.evolution.ArchiveSearch;
import io.ponder.planners.evolution.CmaEs;
import io.ponder.planners.evolution.ConsensusSearch;
import io.ponder.planners.evolution.EvolutionParameters;
import io.ponder.planners.evolution.EvolutionPlanning;
import io.ponder.planners.evolution.LmMaEs;
import io.ponder.planners.evolution.PlanDescriptor;
import io.ponder.planners.evolution.SepCmaEs;
import io.ponder.planners.evolution.Snes;
import org.junit.jupiter.api.Nested;

/** Every evolution strategy as a planner. */
class EvolutionPlanningTest {
    private static final EvolutionParameters SMALL = EvolutionParameters.DEFAULT.withHorizon(10).withIterations(4);

    private abstract static class Contract extends PlannerContract {
        private final EvolutionPlanning.Maker maker;

        Contract(EvolutionPlanning.Maker maker) {
            this.maker = maker;
        }

        @Override
        SamplingPlanner planner(Problem problem, Execution execution) {
            return EvolutionPlanning.planner(problem, SMALL, maker, execution);
        }

        @Override
        SamplingPlanner tirelessPlanner(Problem problem, Execution execution) {
            return EvolutionPlanning.planner(problem, SMALL.withIterations(1_000_000), maker, execution);
        }
    }

    @Nested
    class CmaEsPlans extends Contract {
        CmaEsPlans() {
            super(CmaEs::new);
        }
    }

    @Nested
    class SepCmaEsPlans extends Contract {
        SepCmaEsPlans() {
            super(SepCmaEs::new);
        }
    }

    @Nested
    class LmMaEsPlans extends Contract {
        LmMaEsPlans() {
            super(LmMaEs::new);
        }
    }

    @Nested
    class SnesPlans extends Contract {
        SnesPlans() {
            super(Snes::new);
        }
    }

    @Nested
    class ConsensusPlans extends Contract {
        ConsensusPlans() {
            super(ConsensusSearch::new);
        }
    }

    @Nested
    class ArchivePlans extends Contract {
        ArchivePlans() {
            super((dimension, population) -> new ArchiveSearch(new SepCmaEs(dimension, population), PlanDescriptor.halves(), 8));
        }
    }
}
