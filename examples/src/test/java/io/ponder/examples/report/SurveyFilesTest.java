package io.ponder.examples.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.examples.comparison.Interval;
import io.ponder.examples.comparison.PlannerFamily;
import io.ponder.examples.comparison.PlannerSurvey;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

final class SurveyFilesTest {
    private static List<PlannerSurvey.Row> rows() {
        List<PlannerSurvey.Row> rows = new ArrayList<>();
        for (String task : PlannerSurvey.TASKS) {
            for (String planner : List.of("cem", "mppi")) {
                for (int steps : PlannerSurvey.MODEL_STEPS) {
                    rows.add(new PlannerSurvey.Row(task, planner, steps, Interval.of(-1e5 / steps, planner.equals("cem") ? -3 : -4), steps / 1e4));
                }
            }
        }
        rows.remove(rows.size() - 1); // Interrupted before the last one.
        return rows;
    }

    @Test
    void theTableHasARowForEachPlannerAndTheTimeOfAPlan() {
        List<String> lines = SurveyFiles.table(rows()).lines().toList();

        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).startsWith("| planner | Pendulum-v1 | cartpole-swingup |");
        assertThat(lines.get(2)).startsWith("| `cem` |").contains("-4.6").endsWith(" 1.60 |");
    }

    @Test
    void thePictureIsXmlWithALineForEachPlannerAndTask() throws Exception {
        String svg = SurveyFiles.picture(rows());
        var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));

        assertThat(document.getElementsByTagName("title").getLength()).isEqualTo(1);
        // Each planner once in its own family's column and grey in the other four, on five tasks.
        assertThat(svg.split("class=\"own\"", -1)).hasSize(1 + 2 * 5);
        assertThat(svg.split("class=\"other\"", -1)).hasSize(1 + 2 * 4 * 5);
        assertThat(svg).contains(">cem<", ">mppi<", ">64k<", "MountainCarContinuous-v0");
    }

    @Test
    void everyPlannerBelongsToOneFamilyAndHasAColour() {
        List<String> families = PlannerFamily.ALL.stream().flatMap(family -> family.planners().stream()).toList();
        assertThat(families).containsExactlyInAnyOrderElementsOf(PlannerSurvey.planners());
        assertThat(PlannerFamily.ALL).allSatisfy(family -> assertThat(family.planners()).hasSizeLessThanOrEqualTo(6));
    }

    @Test
    void oneFailureDoesNotFlattenTheOthers() {
        List<PlannerSurvey.Row> rows = new ArrayList<>(rows());
        rows.set(0, new PlannerSurvey.Row(PlannerSurvey.TASKS.get(0), "cem", 1000, Interval.of(-1e9), 1));

        assertThat(SurveyFiles.picture(rows).contains(">-80<")).isTrue();
        assertThat(SurveyFiles.picture(rows)).doesNotContain("e8<", "e9<");
    }

    @Test
    void theNumbersNameTheirFormat() throws IOException {
        assertThat(SurveyFiles.json(rows())).contains("\"format\" : \"ponder.survey/1\"", "\"modelSteps\" : 64000");
    }
}
