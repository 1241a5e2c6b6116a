package io.ponder.examples.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ponder.engine.storage.AtomicWrite;
import io.ponder.examples.comparison.ComparisonResults;
import io.ponder.examples.comparison.CompareSettings;
import io.ponder.examples.comparison.EpisodeResult;
import io.ponder.examples.comparison.ExperimentResult;
import io.ponder.examples.comparison.Machine;
import io.ponder.examples.comparison.Summary;
import java.io.IOException;
import java.nio.file.Path;

/** Writes {@code results.csv}, {@code results.json} and {@code report.html}; each replaces its predecessor whole or not at all. */
public final class ResultFiles {
    /** The format of {@code results.json}. */
    public static final String SCHEMA = "ponder.compare/1";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ResultFiles() {}

    /**
     * Writes all three files.
     *
     * @throws IOException if one cannot be written; those written before it stay
     */
    public static void write(ComparisonResults results, Path folder) throws IOException {
        AtomicWrite.writeString(folder.resolve("results.csv"), csv(results));
        AtomicWrite.writeString(folder.resolve("results.json"), json(results));
        AtomicWrite.writeString(folder.resolve("report.html"), HtmlReport.of(results));
    }

    /** Returns one line an episode, with a line of names. */
    static String csv(ComparisonResults results) {
        var text = new StringBuilder("environment,model,planner,seed,episode,return,environmentSteps,modelSteps,"
                + "planMillisP50,planMillisP99,allocatedBytesPerPlan,backend,effectiveSampleSize,eliteSpread,largestViolation,nonFiniteRollouts,modelFailures,stoppedBy\n");
        for (ExperimentResult experiment : results.experiments()) {
            for (EpisodeResult e : experiment.episodes()) {
                text.append(quoted(e.key().environment())).append(',').append(e.key().model().label()).append(',');
                text.append(quoted(e.key().planner())).append(',').append(e.key().seed()).append(',').append(e.episode());
                text.append(',').append(number(e.episodeReturn())).append(',').append(e.environmentSteps());
                text.append(',').append(e.modelSteps()).append(',').append(number(e.planMillisP50()));
                text.append(',').append(number(e.planMillisP99())).append(',').append(number(e.allocatedBytesPerPlan()));
                text.append(',').append(quoted(e.backend()));
                text.append(',').append(number(e.health().effectiveSampleSize())).append(',').append(number(e.health().spread()));
                text.append(',').append(number(e.health().largestViolation()));
                text.append(',').append(e.health().nonFiniteRollouts()).append(',').append(e.health().modelFailures());
                text.append(',').append(quoted(e.health().stopText())).append('\n');
            }
        }
        return text.toString();
    }

    /** Returns the number, or nothing where it is not finite. */
    private static String number(double value) {
        return Double.isFinite(value) ? Double.toString(value) : "";
    }

    /** Returns the cell, quoted where RFC 4180 asks for it. */
    private static String quoted(String cell) {
        boolean plain = cell.indexOf(',') < 0 && cell.indexOf('"') < 0 && cell.indexOf('\n') < 0;
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    /** Returns the results in the format {@link #SCHEMA}; numbers that are not finite are null. */
    static String json(ComparisonResults results) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("schema", SCHEMA);
        machine(root.putObject("machine"), results.machine());
        settings(root.putObject("settings"), results);
        ArrayNode runs = root.putArray("runs");
        for (ExperimentResult experiment : results.experiments()) {
            for (EpisodeResult episode : experiment.episodes()) run(runs.addObject(), episode);
        }
        ArrayNode summary = root.putArray("summary");
        for (Summary entry : results.summaries()) summary(summary.addObject(), entry);
        return JSON.writeValueAsString(root) + "\n";
    }

    private static void machine(ObjectNode node, Machine machine) {
        node.put("operatingSystem", machine.operatingSystem());
        node.put("architecture", machine.architecture());
        node.put("processor", machine.processor());
        node.put("cores", machine.cores());
        node.put("memoryMegabytes", machine.memoryMegabytes());
        node.put("java", machine.java());
        node.put("virtualMachine", machine.virtualMachine());
    }

    private static void settings(ObjectNode node, ComparisonResults results) {
        CompareSettings settings = results.settings();
        settings.environments().forEach(node.putArray("environments")::add);
        settings.planners().forEach(node.putArray("planners")::add);
        node.put("models", settings.models());
        node.put("seeds", settings.seeds());
        node.put("episodes", settings.episodes());
        node.put("finalEpisodes", settings.finalEpisodes());
        node.put("budget", settings.budget().text());
        node.put("threads", settings.threads());
        node.put("saveModels", settings.saveModels());
        node.put("loadedModel", settings.loadedModel() == null ? null : settings.loadedModel().toString());
        node.put("quick", settings.quick());
        node.put("started", results.start().toString());
        node.put("seconds", results.duration().toMillis() / 1e3);
        node.put("interrupted", results.interrupted());
        ArrayNode failures = node.putArray("failures");
        results.failures().forEach(failed -> failures.add(failed.key() + ": " + failed.failure()));
    }

    private static void run(ObjectNode node, EpisodeResult episode) {
        node.put("environment", episode.key().environment());
        node.put("model", episode.key().model().label());
        node.put("planner", episode.key().planner());
        node.put("seed", episode.key().seed());
        node.put("episode", episode.episode());
        put(node, "return", episode.episodeReturn());
        node.put("environmentSteps", episode.environmentSteps());
        node.put("modelSteps", episode.modelSteps());
        put(node, "planMillisP50", episode.planMillisP50());
        put(node, "planMillisP99", episode.planMillisP99());
        put(node, "allocatedBytesPerPlan", episode.allocatedBytesPerPlan());
        node.put("backend", episode.backend());
        put(node, "effectiveSampleSize", episode.health().effectiveSampleSize());
        put(node, "eliteSpread", episode.health().spread());
        put(node, "largestViolation", episode.health().largestViolation());
        node.put("nonFiniteRollouts", episode.health().nonFiniteRollouts());
        node.put("modelFailures", episode.health().modelFailures());
        node.put("stoppedBy", episode.health().stopText());
    }

    private static void summary(ObjectNode node, Summary entry) {
        node.put("environment", entry.environment());
        node.put("model", entry.model().label());
        node.put("planner", entry.planner());
        node.put("seeds", entry.finalReturn().count());
        put(node, "finalReturnMean", entry.finalReturn().mean());
        put(node, "finalReturnLow", entry.finalReturn().low());
        put(node, "finalReturnHigh", entry.finalReturn().high());
        put(node, "planMillisP50", entry.planMillisP50());
        put(node, "planMillisP99", entry.planMillisP99());
    }

    private static void put(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) node.put(name, value);
        else node.putNull(name);
    }
}
