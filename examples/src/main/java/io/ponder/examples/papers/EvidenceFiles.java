package io.ponder.examples.papers;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ponder.engine.storage.AtomicWrite;
import io.ponder.examples.comparison.Machine;
import io.ponder.examples.report.ExperimentPicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes outcomes into a folder: {@code evidence.json}, {@code evidence.md}, and a picture of each in {@code evidence/}. */
public final class EvidenceFiles {
    /** The format of the JSON file. */
    static final String SCHEMA = "ponder.evidence/1";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private EvidenceFiles() {}

    /** Writes all files, each replaced in one step. */
    public static void write(Path folder, List<Outcome> outcomes, String command) throws IOException {
        Machine machine = Machine.here();
        String where = machine.processor() + ", Java " + machine.java();
        Files.createDirectories(folder.resolve("evidence"));
        for (Outcome outcome : outcomes) {
            if (outcome.seeds().isEmpty()) continue;
            AtomicWrite.writeString(folder.resolve("evidence").resolve(outcome.experiment().id() + ".svg"), picture(outcome));
        }
        AtomicWrite.writeString(folder.resolve("evidence.json"), JSON.writeValueAsString(json(outcomes, command, where)) + "\n");
        AtomicWrite.writeString(folder.resolve("evidence.md"), EvidencePage.markdown(outcomes, command, where));
    }

    /** Returns the picture of an outcome. */
    static String picture(Outcome outcome) {
        Experiment experiment = outcome.experiment();
        List<ExperimentPicture.Row> rows = new ArrayList<>();
        for (Arm arm : experiment.arms()) {
            if (arm.role() == Role.DETAIL) continue;
            rows.add(new ExperimentPicture.Row(arm.name(), arm.role().label(), outcome.values(arm.name())));
        }
        Map<String, List<Curves.Curve>> curves = new LinkedHashMap<>();
        for (Curves ofSeed : outcome.curves()) {
            ofSeed.all().forEach((name, curve) -> curves.computeIfAbsent(name, unused -> new ArrayList<>()).add(curve));
        }
        List<ExperimentPicture.Lines> lines = new ArrayList<>();
        curves.forEach((name, ofSeeds) -> lines.add(new ExperimentPicture.Lines(
                name, ofSeeds.get(0).x(), ofSeeds.stream().filter(curve -> curve.y().length == ofSeeds.get(0).y().length)
                        .map(Curves.Curve::y).toList())));
        return ExperimentPicture.svg(
                experiment.title(), experiment.metric(), experiment.logarithmic(), rows, experiment.curveLabel(), lines);
    }

    private static ObjectNode json(List<Outcome> outcomes, String command, String where) {
        ObjectNode root = JSON.createObjectNode();
        root.put("schema", SCHEMA);
        root.put("command", command);
        root.put("machine", where);
        ArrayNode array = root.putArray("experiments");
        for (Outcome outcome : outcomes) {
            Experiment experiment = outcome.experiment();
            ObjectNode node = array.addObject();
            node.put("id", experiment.id());
            node.put("title", experiment.title());
            node.put("paper", experiment.paper());
            node.put("claim", experiment.claim());
            node.put("metric", experiment.metric());
            node.put("better", experiment.direction() == Direction.LOWER ? "lower" : "higher");
            node.put("passed", outcome.passed());
            ArrayNode failures = node.putArray("failures");
            outcome.failures().forEach(failures::add);
            ArrayNode seeds = node.putArray("seeds");
            outcome.seeds().forEach(seeds::add);
            node.put("seconds", outcome.seconds());
            ArrayNode arms = node.putArray("arms");
            String against = EvidencePage.compared(experiment);
            for (Arm arm : experiment.arms()) {
                ObjectNode entry = arms.addObject();
                entry.put("name", arm.name());
                entry.put("role", arm.role().label());
                if (outcome.seeds().isEmpty()) continue;
                number(entry, "mean", outcome.mean(arm.name()));
                number(entry, "standardError", outcome.standardError(arm.name()));
                if (arm.role() != Role.DETAIL && !arm.name().equals(against)) {
                    entry.put("comparedWith", against);
                    entry.put("wins", outcome.wins(arm.name(), against));
                    number(entry, "signTest", outcome.signTest(arm.name(), against));
                }
                ArrayNode values = entry.putArray("values");
                for (double value : outcome.values(arm.name())) {
                    if (Double.isFinite(value)) values.add(value);
                    else values.addNull();
                }
            }
        }
        return root;
    }

    private static void number(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) node.put(name, value);
        else node.putNull(name);
    }
}
