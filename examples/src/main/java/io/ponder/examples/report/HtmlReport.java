package io.ponder.examples.report;

import io.ponder.examples.comparison.CompareSettings;
import io.ponder.examples.comparison.ComparisonResults;
import io.ponder.examples.comparison.EpisodeResult;
import io.ponder.examples.comparison.ExperimentResult;
import io.ponder.examples.comparison.Machine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;

/** Writes a comparison as one page that needs nothing else: no script, no font, no picture from anywhere. */
public final class HtmlReport {
    private HtmlReport() {}

    /** Returns the page. */
    public static String of(ComparisonResults results) {
        var page = new StringBuilder();
        page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.append("<meta name=\"color-scheme\" content=\"light dark\">\n");
        page.append("<title>Ponder: planners compared</title>\n<style>\n").append(style()).append("</style>\n</head>\n<body>\n<main>\n");
        page.append("<h1>Planners compared</h1>\n");
        if (results.interrupted()) {
            page.append("<p class=\"notice\">This run was interrupted: the page shows what was finished until then.</p>\n");
        }
        for (ExperimentResult failed : results.failures()) {
            page.append("<p class=\"notice\">Failed: ").append(Html.escape(failed.key() + ": " + failed.failure())).append("</p>\n");
        }
        page.append("<p class=\"lead\">").append(Html.escape(Findings.sentences(results))).append("</p>\n");
        table(page, results);
        for (String environment : results.settings().environments()) {
            page.append("<h2>").append(Html.escape(environment)).append("</h2>\n<div class=\"figures\">\n");
            page.append(new EnvironmentFigures(results, environment).html()).append("</div>\n");
        }
        HealthTable.write(page, results);
        page.append("<h2>Settings and machine</h2>\n<dl>\n");
        settings(page, results);
        return page.append("</dl>\n</main>\n</body>\n</html>\n").toString();
    }

    private static void table(StringBuilder page, ComparisonResults results) {
        page.append("<div class=\"wide\"><table>\n<thead><tr>");
        List<String> heads = ResultTable.HEADS.subList(1, ResultTable.HEADS.size());
        for (String head : heads) page.append("<th>").append(Html.escape(head)).append("</th>");
        page.append("</tr></thead>\n<tbody>\n");
        String previous = "";
        for (ResultTable.Row row : ResultTable.rows(results)) {
            if (!row.environment().equals(previous)) {
                page.append("<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"").append(heads.size()).append("\">");
                page.append(Html.escape(row.environment())).append("</th></tr>\n");
            }
            previous = row.environment();
            List<String> cells = row.cells();
            page.append("<tr><th scope=\"row\">").append(Html.escape(cells.get(1))).append("</th>");
            for (String cell : cells.subList(2, cells.size())) page.append("<td>").append(value(cell)).append("</td>");
            page.append("</tr>\n");
        }
        page.append("</tbody></table></div>\n<p class=\"note\">");
        page.append(Html.escape(ResultTable.explanation(results)).replace("\n", " ")).append("</p>\n");
    }

    /** Returns a cell in which the interval stands apart, so that a narrow screen can put it below its value. */
    private static String value(String cell) {
        int interval = cell.indexOf(" [");
        if (interval < 0) return Html.escape(cell);
        return Html.escape(cell.substring(0, interval)) + " <span class=\"interval\">" + Html.escape(cell.substring(interval + 1)) + "</span>";
    }

    private static void settings(StringBuilder page, ComparisonResults results) {
        CompareSettings settings = results.settings();
        entry(page, "environments", String.join(", ", settings.environments()));
        entry(page, "planners", String.join(", ", settings.planners()));
        entry(page, "models", settings.models());
        if (settings.loadedModel() != null) entry(page, "loaded model", settings.loadedModel().toString());
        entry(page, "seeds, episodes", settings.seeds() + ", " + settings.episodes() + (settings.quick() ? " (quick)" : ""));
        entry(page, "budget of a plan", settings.budget().text());
        entry(page, "side by side", settings.threads() + " experiments, each planner on one thread");
        String backends = String.join("; ", results.experiments().stream()
                .flatMap(experiment -> experiment.episodes().stream()).map(EpisodeResult::backend)
                .filter(backend -> !backend.isEmpty()).distinct().sorted().toList());
        entry(page, "rollouts ran on", backends.isEmpty() ? "-" : backends);
        Machine machine = results.machine();
        entry(page, "machine", machine.processor() + ", " + machine.cores() + " cores, " + machine.memoryMegabytes() + " MB of heap");
        entry(page, "system", machine.operatingSystem() + ", " + machine.architecture());
        entry(page, "Java", machine.java() + ", " + machine.virtualMachine());
        String start = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").format(results.start().atOffset(ZoneOffset.UTC));
        entry(page, "made", start + ", in " + Numbers.duration(results.duration()));
    }

    private static void entry(StringBuilder page, String name, String value) {
        page.append("<dt>").append(Html.escape(name)).append("</dt><dd>").append(Html.escape(value)).append("</dd>\n");
    }

    /** Returns the colours and fonts of all pictures. */
    static String style() {
        try (InputStream sheet = Objects.requireNonNull(HtmlReport.class.getResourceAsStream("report.css"), "report.css")) {
            return new String(sheet.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
