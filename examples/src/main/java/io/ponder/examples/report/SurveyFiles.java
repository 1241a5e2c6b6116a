package io.ponder.examples.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ponder.engine.storage.AtomicWrite;
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
    private static final int PANEL_WIDTH = 340;
    private static final int PANEL_HEIGHT = 230;
    private static final int LEFT = 52;
    private static final int TOP = 28;
    private static final int PLOT_WIDTH = 270;
    private static final int PLOT_HEIGHT = 150;
    private static final int COLUMNS = 3;
    private static final String[] DASHES = {"", "6 3", "2 3"};

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

    /** Returns one panel a task: the mean return over the model steps of a plan, a line for each planner; the sixth panel names them. */
    static String picture(List<PlannerSurvey.Row> rows) {
        List<String> planners = planners(rows);
        int legend = 24 + 17 * planners.size();
        int height = Math.max(2 * PANEL_HEIGHT, PANEL_HEIGHT + legend);
        var svg = new StringBuilder(Numbers.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" viewBox=\"0 0 %d %d\" font-family=\"system-ui,sans-serif\" font-size=\"11\">",
                COLUMNS * PANEL_WIDTH, COLUMNS * PANEL_WIDTH, height));
        svg.append("<title>Return of every planner on five tasks over the model steps of a plan</title>");
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>");
        for (int i = 0; i < PlannerSurvey.TASKS.size(); i++) {
            svg.append(Numbers.format("<g transform=\"translate(%d %d)\">", i % COLUMNS * PANEL_WIDTH, i / COLUMNS * PANEL_HEIGHT));
            panel(svg, rows, PlannerSurvey.TASKS.get(i), planners);
            svg.append("</g>");
        }
        svg.append(Numbers.format("<g transform=\"translate(%d %d)\">", 2 * PANEL_WIDTH + LEFT, PANEL_HEIGHT + 12));
        for (int p = 0; p < planners.size(); p++) {
            svg.append(Numbers.format("<path d=\"M0 %dH34\" fill=\"none\" %s/>", 12 + 17 * p, style(p, planners.size())));
            svg.append(Numbers.format("<text x=\"42\" y=\"%d\" fill=\"#222\">%s</text>", 16 + 17 * p, Html.escape(planners.get(p))));
        }
        return svg.append("</g></svg>\n").toString();
    }

    private static String style(int planner, int planners) {
        String dash = DASHES[planner % DASHES.length];
        return Numbers.format("stroke=\"hsl(%d 70%% %d%%)\" stroke-width=\"1.8\"", 360 * planner / planners, planner % 2 == 0 ? 42 : 52)
                + (dash.isEmpty() ? "" : " stroke-dasharray=\"" + dash + "\"");
    }

    private static void panel(StringBuilder svg, List<PlannerSurvey.Row> rows, String task, List<String> planners) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (PlannerSurvey.Row row : rows) {
            if (!row.task().equals(task) || !Double.isFinite(row.episodeReturn().mean())) continue;
            low = Math.min(low, row.episodeReturn().mean());
            high = Math.max(high, row.episodeReturn().mean());
        }
        if (low > high) return;
        Axis y = Axis.around(low, high);
        List<Integer> steps = PlannerSurvey.MODEL_STEPS;
        Axis x = Axis.logarithmic(steps.get(0), steps.get(steps.size() - 1));
        svg.append(Numbers.format("<text x=\"%d\" y=\"16\" font-size=\"13\" fill=\"#222\">%s</text>", LEFT, Html.escape(task)));
        for (double tick : y.ticks(5)) {
            svg.append(Numbers.format("<path d=\"M%d %.1fh%d\" stroke=\"#ddd\"/>", LEFT, py(y, tick), PLOT_WIDTH));
            svg.append(Numbers.format("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\" fill=\"#555\">%s</text>", LEFT - 5, py(y, tick) + 4, Axis.label(tick)));
        }
        for (int step : steps) {
            svg.append(Numbers.format("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#555\">%dk</text>",
                    LEFT + PLOT_WIDTH * x.place(step), TOP + PLOT_HEIGHT + 16, step / 1000));
        }
        svg.append(Numbers.format("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" fill=\"#555\">model steps of a plan</text>",
                LEFT + PLOT_WIDTH / 2, TOP + PLOT_HEIGHT + 31));
        for (int p = 0; p < planners.size(); p++) {
            List<String> points = new ArrayList<>();
            for (int step : steps) {
                PlannerSurvey.Row row = find(rows, task, planners.get(p), step);
                if (row == null || !Double.isFinite(row.episodeReturn().mean())) continue;
                points.add(Numbers.format("%.1f %.1f", LEFT + PLOT_WIDTH * x.place(step), py(y, row.episodeReturn().mean())));
            }
            if (points.isEmpty()) continue;
            svg.append("<path d=\"M").append(String.join("L", points)).append("\" fill=\"none\" ").append(style(p, planners.size())).append("/>");
        }
    }

    private static double py(Axis y, double value) {
        return TOP + PLOT_HEIGHT * (1 - y.place(value));
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
