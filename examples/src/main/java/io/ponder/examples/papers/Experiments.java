package io.ponder.examples.papers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Lists all experiments, in the order in which they are shown. */
public final class Experiments {
    private Experiments() {}

    /** Returns the experiments. */
    public static List<Experiment> all() {
        return Stream.of(TabularPapers.all(), ModelPapers.all(), GamePapers.all()).flatMap(List::stream).toList();
    }

    /** Returns the experiments by their ids. */
    public static Map<String, Experiment> byId() {
        Map<String, Experiment> byId = new LinkedHashMap<>();
        for (Experiment experiment : all()) {
            if (byId.put(experiment.id(), experiment) != null) {
                throw new IllegalStateException("Two experiments are named " + experiment.id() + ".");
            }
        }
        return byId;
    }
}
