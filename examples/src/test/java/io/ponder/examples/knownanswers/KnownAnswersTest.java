package io.ponder.examples.knownanswers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class KnownAnswersTest {
    @TestFactory
    Stream<DynamicTest> quickCasesAreMet() {
        return KnownAnswers.quickNames().stream().map(name -> DynamicTest.dynamicTest(name, () -> {
            List<String> lines = new ArrayList<>();

            AnswerTable table = KnownAnswers.run(List.of(name), lines::add);

            assertThat(table.rows()).isNotEmpty();
            assertThat(lines.subList(1, lines.size() - 1)).as("rows begin with what runs them again").allMatch(line -> line.startsWith(name + " "));
            assertThat(table.rows()).as(String.join("\n", lines)).allMatch(AnswerRow::passes);
        }));
    }

    @Test
    void valueThatIsOffFails() {
        var lines = new ArrayList<String>();
        var table = new AnswerTable(lines::add);
        table.row("two", 1, 2, 0.5);
        table.row("not a number", 1, Double.NaN, 1);
        table.atMost("above", 1, 1.2, 0.1);
        table.atLeast("below", 1, 0.8, 0.1);
        table.row("near", 1, 1.4, 0.5);
        table.atMost("far below", 1, -5, 0);
        table.notRun("elsewhere", "no device");

        assertThat(table.failures()).isEqualTo(4);
        assertThat(lines).filteredOn(line -> line.endsWith("FAIL")).hasSize(4);
        assertThat(lines).anyMatch(line -> line.endsWith("not run: no device"));
    }

    @Test
    void unknownCaseIsNamed() {
        assertThatThrownBy(() -> KnownAnswers.run(List.of("riccati", "nothing"), line -> {}))
                .hasMessageContaining("nothing")
                .hasMessageContaining("riccati");
    }
}
