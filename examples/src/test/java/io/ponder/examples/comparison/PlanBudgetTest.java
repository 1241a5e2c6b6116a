package io.ponder.examples.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ponder.engine.plan.Budget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanBudgetTest {
    @ParameterizedTest
    @CsvSource({"200k, 200000, 0", "1m, 1000000, 0", "1.5k, 1500, 0", "77, 77, 0", "5ms, 0, 5000000", "0.1s, 0, 100000000",
        "500us, 0, 500000", "2 MS, 0, 2000000", "default, 0, 0"})
    void isReadAsWritten(String text, long modelSteps, long nanos) {
        PlanBudget budget = PlanBudget.parse("--budget", text);

        assertThat(budget.modelSteps()).isEqualTo(modelSteps);
        assertThat(budget.nanos()).isEqualTo(nanos);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "k", "5h", "-1", "0", "0.1", "1e3", "99999999999m", "5 m s", "NaN", "unlimited"})
    void refusesWhatIsNone(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> PlanBudget.parse("--budget", text))
                .withMessageStartingWith("--budget is '" + text + "'").withMessageContaining("\nMaybe ");
    }

    @Test
    void limitsThePlanner() {
        assertThat(PlanBudget.parse("b", "2k").orElse(Budget.UNLIMITED).modelSteps()).isEqualTo(2000);
        assertThat(PlanBudget.parse("b", "2ms").orElse(Budget.UNLIMITED).wallNanos()).isEqualTo(2_000_000);
        assertThat(PlanBudget.DEFAULT.orElse(Budget.UNLIMITED)).isSameAs(Budget.UNLIMITED);
    }
}
