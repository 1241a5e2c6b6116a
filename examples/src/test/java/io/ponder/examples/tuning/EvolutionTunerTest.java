package io.ponder.examples.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ponder.engine.plan.Planner;
import io.ponder.examples.comparison.Interval;
import io.ponder.examples.comparison.Task;
import io.ponder.examples.comparison.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EvolutionTunerTest {
    private static final Task TASK = Tasks.find("double-integrator");

    private static Stream<String> names() {
        return TunablePlanner.names().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyPlannerIsMadeFromAnyValuesWithinTheRanges(String name) {
        var tunable = TunablePlanner.of(name, TASK, 3000);
        for (double place : new double[] {-1, 0, 0.3, 1, 2}) {
            double[] values = tunable.parameters().stream().mapToDouble(p -> p.value(place)).toArray();
            try (Planner planner = tunable.create(TASK.problem(TASK.exact().model()), values)) {
                assertThat(planner.name()).isEqualTo(name);
            }
        }
        for (TunedParameter p : tunable.parameters()) assertThat(p.value(p.place(p.usual()))).isCloseTo(p.usual(), within(1e-9));
    }

    @Test
    void tunesAwayABadStart() {
        // 400 model steps a plan are few: the usual three iterations of six candidates hardly plan.
        var tunable = TunablePlanner.of("cem", TASK, 400);
        List<String> news = new ArrayList<>();

        EvolutionTuner.Result result = new EvolutionTuner(TASK, tunable, 1).tune(30, 2, 6, news::add);

        assertThat(Interval.of(result.differences()).mean()).isPositive();
        assertThat(news.get(news.size() - 1)).startsWith("30 of 30");
        assertThat(result.after()).isNotEqualTo(result.before());
        EvolutionTuner.Result again = new EvolutionTuner(TASK, tunable, 1).tune(30, 2, 6, line -> {});
        assertThat(again.after()).containsExactly(result.after());
    }

    @Test
    void unknownPlannerIsNamed() {
        assertThatThrownBy(() -> TunablePlanner.of("uct", TASK, 1000))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("uct").hasMessageContaining("cem, icem");
    }

    private static org.assertj.core.data.Offset<Double> within(double tolerance) {
        return org.assertj.core.data.Offset.offset(tolerance);
    }
}
