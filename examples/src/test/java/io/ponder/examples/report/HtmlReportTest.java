package io.ponder.examples.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.examples.comparison.CompareSettings;
import io.ponder.examples.comparison.ComparisonResults;
import io.ponder.examples.comparison.ExperimentResult;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class HtmlReportTest {
    private static final ComparisonResults RESULTS = SyntheticResults.results(3, 8, false);
    private static final String PAGE = HtmlReport.of(RESULTS);

    @Test
    void needsNothingFromOutside() {
        assertThat(PAGE).doesNotContain("http:", "https:", "//", "<script", "<link", "<img", "@import", "url(");
        assertThat(PAGE).contains("name=\"viewport\"", "prefers-color-scheme: dark");
    }

    @Test
    void showsEveryFigureForEveryEnvironment() {
        for (String heading : List.of("Learning curves", "Final return", "Planning time", "Model error over the horizon",
                "Imagined against real")) {
            assertThat(PAGE.split("<h3>" + heading + "</h3>", -1)).as(heading).hasSize(1 + 2);
        }
        assertThat(PAGE).contains("Settings and machine", "Example CPU &lt;9&gt;", "random actions", "cosine of the angle");
    }

    @Test
    void everyDrawingIsWellFormedAndItsNumbersAreFinite() throws Exception {
        Matcher drawings = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL).matcher(PAGE);
        int count = 0;
        while (drawings.find()) {
            String drawing = drawings.group();
            DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(drawing)));
            assertThat(drawing).doesNotContain("NaN", "Infinity");
            count++;
        }
        assertThat(count).isGreaterThan(2 * 7);
    }

    @Test
    void learningCurveHasALineAndABandForEachPlanner() {
        String curves = PAGE.substring(PAGE.indexOf("Learning curves"), PAGE.indexOf("Final return</h3>"));

        for (int p = 0; p < 4; p++) {
            assertThat(curves).contains("class=\"line c" + p + "\"", "class=\"band c" + p + "\"");
        }
        assertThat(curves).contains("line quiet dash", "line ink dots");
    }

    @Test
    void saysThatARunWasInterruptedAndWhatFailed() {
        ComparisonResults whole = SyntheticResults.results(2, 4, true);
        List<ExperimentResult> experiments = new ArrayList<>(whole.experiments());
        ExperimentResult last = experiments.remove(0);
        experiments.add(new ExperimentResult(last.key(), List.of(), Double.NaN, new double[0], null, null, "ran <out> of luck"));
        var broken = new ComparisonResults(
                whole.settings(), whole.machine(), Instant.EPOCH, Duration.ofSeconds(1), true, experiments);

        assertThat(HtmlReport.of(broken)).contains("was interrupted", "ran &lt;out&gt; of luck");
        assertThat(PAGE).doesNotContain("was interrupted", "did not finish");
        assertThat(ResultTable.text(broken)).contains("(unfinished)", "\nOf 36 experiments 19 did not finish and do not count.\n")
                .doesNotContain("NaN");
    }

    @Test
    void nothingFinishedIsStillAPage() {
        CompareSettings settings = SyntheticResults.settings(1, 4);
        var nothing = new ComparisonResults(settings, RESULTS.machine(), Instant.EPOCH, Duration.ZERO, true, List.of());

        assertThat(HtmlReport.of(nothing)).contains("No planner finished").doesNotContain("NaN");
        assertThat(ResultTable.text(nothing)).contains("environment");
    }

    @Test
    void findingsAreTwoSentencesAndBlameTheRightThing() {
        String findings = Findings.sentences(RESULTS);

        assertThat(findings.split("(?<=\\.) (?=[A-Z])")).hasSize(2);
        assertThat(findings).contains("of the way from random actions", "Gradient fell behind on Pendulum-v1")
                .contains("on the true model too, so what limits it is its search").contains("a plan took from");
    }

    @Test
    void tableFitsAHundredColumnsAndNamesEveryPlanner() {
        String table = ResultTable.text(RESULTS);

        assertThat(table.lines()).allMatch(line -> line.length() <= 100);
        assertThat(table).contains("Pendulum-v1", "cartpole-swingup", "random", "share", "ms/plan");
        for (String planner : SyntheticResults.PLANNERS) assertThat(table.split("\\b" + planner + "\\b", -1)).hasSize(3);
    }
}
