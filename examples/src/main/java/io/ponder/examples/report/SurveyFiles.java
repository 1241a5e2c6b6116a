package io.ponder.examples.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ponder.engine.storage.AtomicWrite;
import io.ponder.examples.comparison.PlannerFamily;
import io.ponder.examples.comparison.PlannerSurvey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a survey of planners: {@code survey.md} (one table), {@code survey.svg} (one picture) and {@code survey.json}. */
public final class SurveyFiles {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    /** The model steps whose returns are in the table. */
    private static final int SHOWN = 16_000;
    private static final int LEFT = 54;
    private static final int TOP = 138;
    private static final int PANEL_WIDTH = 168;
    private static final int PANEL_HEIGHT = 104;
    private static final int GAP_X = 16;
    private static final int GAP_Y = 34;
    private static final int BOTTOM = 44;
    private static final int NAME_HEIGHT = 16;
    /** Okabe and Ito's colours, which eyes of all kinds tell apart, darker where they would be pale on white. */
    private static final String[] COLOURS = {"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b8860b", "#56b4e9"};
    /** The axis ends half of the rest of the range below the return that nine of ten points reach: one failure must not flatten all others. */
    private static final double SHARE_BELOW = 0.1;
    private static final double ROOM_BELOW = 0.5;

    private SurveyFiles() {}

    /** Writes all three files. */
    public static void write(List<PlannerSurvey.Row> rows, Path folder) throws IOException {
        AtomicWrite.writeString(folder.resolve("survey.md"), table(rows));
        AtomicWrite.writeString(folder.resolve("survey.svg"), picture(rows));
        AtomicWrite.writeString(folder.resolve("survey.json"), json(rows));
    }

    private static List<String> planners(List<PlannerSurvey.Row> rows) {
        return rows.stream().map(PlannerSurvey.Row::planner).distinct().toList();
    }

    private static PlannerSurvey.@Nullable Row find(List<PlannerSurvey.Row> rows, String task, String planner, int modelSteps) {
        for (PlannerSurvey.Row row : rows) {
            if (row.task().equals(task) && row.planner().equals(planner) && row.modelSteps() == modelSteps) return row;
        }
        return null;
    }

    /** Returns the mean returns with 16 000 model steps a plan, one row a planner, and the time of a plan on the first task. */
    public static String table(List<PlannerSurvey.Row> rows) {
        var text = new StringBuilder("| planner |");
        for (String task : PlannerSurvey.TASKS) text.append(' ').append(task).append(" |");
        text.append(" ms a plan |\n| --- |").append(" ---: |".repeat(PlannerSurvey.TASKS.size() + 1)).append('\n');
        for (String planner : planners(rows)) {
            text.append("| `").append(planner).append("` |");
            for (String task : PlannerSurvey.TASKS) {
                PlannerSurvey.Row row = find(rows, task, planner, SHOWN);
                text.append(' ').append(row == null ? "-" : Numbers.score(row.episodeReturn().mean())).append(" |");
            }
            PlannerSurvey.Row first = find(rows, PlannerSurvey.TASKS.get(0), planner, SHOWN);
            text.append(' ').append(first == null ? "-" : Numbers.millis(first.millis())).append(" |\n");
        }
        return text.toString();
    }

    /**
     * Returns a row of panels for each task and a column for each family of planners: the mean return over the model steps of a plan, a
     * coloured line for each planner of the family and grey ones for all others. What is far below the rest leaves its panel.
     */
    static String picture(List<PlannerSurvey.Row> rows) {
        List<PlannerFamily> families = PlannerFamily.ALL;
        int width = LEFT + families.size() * (PANEL_WIDTH + GAP_X);
        int height = TOP + PlannerSurvey.TASKS.size() * (PANEL_HEIGHT + GAP_Y) + BOTTOM - GAP_Y;
        var svg = new StringBuilder(Numbers.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" viewBox=\"0 0 %d %d\" font-family=\"system-ui,sans-serif\" font-size=\"11\">",
                width, width, height));
        svg.append("<title>Return of every planner on five tasks over the model steps of a plan</title>");
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>");
        svg.append(Numbers.format("<clipPath id=\"panel\"><rect width=\"%d\" height=\"%d\"/></clipPath>", PANEL_WIDTH, PANEL_HEIGHT));
        List<String> planners = planners(rows);
        for (PlannerFamily family : families) legend(svg, family, planners);
        for (int i = 0; i < PlannerSurvey.TASKS.size(); i++) row(svg, rows, i, planners);
        svg.append(Numbers.format("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" fill=\"#555\">model steps of a plan</text>",
                (LEFT + width - GAP_X) / 2, height - 8));
        return svg.append("</svg>\n").toString();
    }

    private static int x(PlannerFamily family) {
        return LEFT + PlannerFamily.ALL.indexOf(family) * (PANEL_WIDTH + GAP_X);
    }

    private static void legend(StringBuilder svg, PlannerFamily family, List<String> planners) {
        svg.append(Numbers.format("<text x=\"%d\" y=\"16\" font-weight=\"bold\" fill=\"#222\">%s</text>", x(family), Html.escape(family.label())));
        for (int p = 0; p < family.planners().size(); p++) {
            if (!planners.contains(family.planners().get(p))) continue;
            int y = 32 + NAME_HEIGHT * p;
            svg.append(Numbers.format("<path d=\"M%d %dh22\" stroke=\"%s\" stroke-width=\"2.5\"/>", x(family), y, COLOURS[p]));
            svg.append(Numbers.format("<text x=\"%d\" y=\"%d\" fill=\"#222\">%s</text>", x(family) + 28, y + 4, Html.escape(family.planners().get(p))));
        }
    }

    private static void row(StringBuilder svg, List<PlannerSurvey.Row> rows, int index, List<String> planners) {
        String task = PlannerSurvey.TASKS.get(index);
        int top = TOP + index * (PANEL_HEIGHT + GAP_Y);
        svg.append(Numbers.format("<text x=\"%d\" y=\"%d\" font-size=\"12\" fill=\"#222\">%s</text>", LEFT, top - 6, Html.escape(task)));
        double[] returns = rows.stream().filter(row -> row.task().equals(task)).mapToDouble(row -> row.episodeReturn().mean())
                .filter(Double::isFinite).sorted().toArray();
        if (returns.length == 0) return;
        double high = returns[returns.length - 1];
        double usual = returns[(int) Math.ceil(SHARE_BELOW * (returns.length - 1))];
        Axis y = Axis.around(Math.max(returns[0], usual - ROOM_BELOW * (high - usual)), high);
        Axis x = Axis.logarithmic(PlannerSurvey.MODEL_STEPS.get(0), PlannerSurvey.MODEL_STEPS.get(PlannerSurvey.MODEL_STEPS.size() - 1));
        for (double tick : y.ticks(4)) {
            svg.append(Numbers.format("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\" fill=\"#555\">%s</text>",
                    LEFT - 6, top + py(y, tick) + 4, Axis.label(tick)));
        }
        for (PlannerFamily family : PlannerFamily.ALL) {
            svg.append(Numbers.format("<g transform=\"translate(%d %d)\">", x(family), top));
            panel(svg, rows, task, family, planners, x, y);
            svg.append("</g>");
        }
    }

    private static void panel(
            StringBuilder svg, List<PlannerSurvey.Row> rows, String task, PlannerFamily family, List<String> planners, Axis x, Axis y) {
        for (double tick : y.ticks(4)) svg.append(Numbers.format("<path d=\"M0 %.1fh%d\" stroke=\"#eee\"/>", py(y, tick), PANEL_WIDTH));
        for (int step : PlannerSurvey.MODEL_STEPS) {
            svg.append(Numbers.format("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#555\" font-size=\"10\">%dk</text>",
                    PANEL_WIDTH * x.place(step), PANEL_HEIGHT + 12, step / 1000));
        }
        svg.append("<g clip-path=\"url(#panel)\" fill=\"none\" stroke-linejoin=\"round\">");
        for (String other : planners) {
            if (!family.planners().contains(other)) line(svg, rows, task, other, x, y, "class=\"other\" stroke=\"#ddd\"");
        }
        for (int p = 0; p < family.planners().size(); p++) {
            line(svg, rows, task, family.planners().get(p), x, y, "class=\"own\" stroke-width=\"2\" stroke=\"" + COLOURS[p] + "\"");
        }
        svg.append(Numbers.format("</g><rect width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#bbb\"/>", PANEL_WIDTH, PANEL_HEIGHT));
    }

    private static void line(StringBuilder svg, List<PlannerSurvey.Row> rows, String task, String planner, Axis x, Axis y, String style) {
        List<String> points = new ArrayList<>();
        for (int step : PlannerSurvey.MODEL_STEPS) {
            PlannerSurvey.Row row = find(rows, task, planner, step);
            if (row == null || !Double.isFinite(row.episodeReturn().mean())) continue;
            points.add(Numbers.format("%.1f %.1f", PANEL_WIDTH * x.place(step), py(y, row.episodeReturn().mean())));
        }
        if (!points.isEmpty()) svg.append("<path d=\"M").append(String.join("L", points)).append("\" ").append(style).append("/>");
    }

    private static double py(Axis y, double value) {
        return PANEL_HEIGHT * (1 - Math.max(-1, y.place(value)));
    }

    /** Returns the numbers in the format {@code ponder.survey/1}. */
    static String json(List<PlannerSurvey.Row> rows) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", "ponder.survey/1");
        root.put("java", System.getProperty("java.version"));
        ArrayNode list = root.putArray("rows");
        for (PlannerSurvey.Row row : rows) {
            ObjectNode node = list.addObject();
            node.put("task", row.task());
            node.put("planner", row.planner());
            node.put("modelSteps", row.modelSteps());
            node.put("starts", row.episodeReturn().count());
            node.put("returnMean", row.episodeReturn().mean());
            node.put("returnLow", row.episodeReturn().low());
            node.put("returnHigh", row.episodeReturn().high());
            node.put("millisPerPlan", row.millis());
        }
        return JSON.writeValueAsString(root) + "\n";
    }
}
