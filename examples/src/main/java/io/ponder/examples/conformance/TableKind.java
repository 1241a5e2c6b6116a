package io.ponder.examples.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.ponder.engine.classic.CliffWalkingTable;
import io.ponder.engine.classic.FrozenLakeTable;
import io.ponder.engine.classic.TaxiTable;
import io.ponder.engine.tabular.TabularMdp;
import io.ponder.engine.tabular.ValueIteration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Replays tables: ours, made from the map and the rules, must hold the same transitions, and value iteration the same values and actions. */
final class TableKind implements GoldenKind {
    private static final double PROBABILITY_TOLERANCE = 1e-12;
    private static final double VALUE_TOLERANCE = 1e-9;
    private static final double RESIDUAL = 1e-14;
    private static final int MAX_SWEEPS = 100_000;

    @Override
    public String name() {
        return "tables";
    }

    @Override
    public boolean recognises(GoldenFile file) {
        return file.hasFields("environment", "P", "optimal_values");
    }

    @Override
    public Verdict replay(GoldenFile file) {
        String environment = Golden.text(file.field("environment"), "environment");
        String unknown = unknownArgument(environment, file.content());
        if (unknown != null) return Verdict.skip("the argument " + unknown + " of " + environment + " is not built");
        TabularMdp table = make(environment, file);
        if (table == null) return Verdict.skip("the table of " + environment + " is not built");
        compareTable(file, table);
        compareSolution(file, table);
        return Verdict.pass();
    }

    private static @Nullable String unknownArgument(String environment, JsonNode json) {
        Set<String> known = environment.startsWith("FrozenLake") ? Set.of("map_name", "desc", "is_slippery") : Set.of("is_slippery");
        Iterator<String> names = json.path("arguments").fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            // Switches that are off ask for nothing.
            if (!known.contains(name) && json.path("arguments").path(name).asBoolean(true)) return name;
        }
        return null;
    }

    private static @Nullable TabularMdp make(String environment, GoldenFile file) {
        JsonNode arguments = file.content().path("arguments");
        if (environment.startsWith("FrozenLake")) {
            List<String> map = new ArrayList<>();
            for (JsonNode row : file.field("map")) map.add(Golden.text(row, "map"));
            return FrozenLakeTable.of(map, arguments.path("is_slippery").asBoolean(true));
        }
        if (environment.startsWith("CliffWalking")) return CliffWalkingTable.of(arguments.path("is_slippery").asBoolean(false));
        // Taxi-v4 differs from Taxi-v3 only in the rain.
        if (environment.startsWith("Taxi") && !arguments.has("is_slippery")) return TaxiTable.create();
        return null;
    }

    private static void compareTable(GoldenFile file, TabularMdp table) {
        Difference.requireEqual("num_states", Golden.integer(file.field("num_states"), "num_states"), table.stateCount());
        Difference.requireEqual("num_actions", Golden.integer(file.field("num_actions"), "num_actions"), table.actionCount());
        compareStarts(file, table);
        JsonNode states = Golden.array(file.content(), "P", table.stateCount(), "table");
        for (int s = 0; s < table.stateCount(); s++) {
            Difference.requireEqual("P[" + s + "], number of actions", states.get(s).size(), table.actionCount());
            for (int a = 0; a < table.actionCount(); a++) compareRow(states.get(s).get(a), table, s, a);
        }
    }

    private static void compareRow(JsonNode row, TabularMdp table, int s, int a) {
        String where = "P[" + s + "][" + a + "]";
        Difference.requireEqual(where + ", number of outcomes", row.size(), table.outcomeCount(s, a));
        for (int i = 0; i < row.size(); i++) {
            String at = where + "[" + i + "]";
            JsonNode outcome = row.get(i);
            Difference.requireEqual(at + ", number of entries", 4, outcome.size());
            Difference.requireClose(at + ", probability", Golden.number(outcome.get(0), at), table.probability(s, a, i),
                    PROBABILITY_TOLERANCE);
            Difference.requireEqual(at + ", next state", Golden.integer(outcome.get(1), at), table.nextState(s, a, i));
            Difference.requireClose(at + ", reward", Golden.number(outcome.get(2), at), table.reward(s, a, i), 0);
            Difference.requireEqual(at + ", terminated", Golden.flag(outcome.get(3), at), table.terminated(s, a, i));
        }
    }

    private static void compareStarts(GoldenFile file, TabularMdp table) {
        double[] expected = new double[table.stateCount()];
        for (JsonNode entry : file.field("start_distribution")) {
            double[] pair = Golden.numbers(entry, 2, "start_distribution");
            if (pair[0] != (int) pair[0] || pair[0] < 0 || pair[0] >= expected.length) {
                throw new Difference("start_distribution: " + pair[0] + " is not a state");
            }
            expected[(int) pair[0]] += pair[1];
        }
        for (int s = 0; s < expected.length; s++) {
            Difference.requireClose("start_distribution of state " + s, expected[s], table.startProbability(s), PROBABILITY_TOLERANCE);
        }
    }

    private static void compareSolution(GoldenFile file, TabularMdp table) {
        double discount = Golden.number(file.field("discount"), "discount");
        ValueIteration solved = ValueIteration.solve(table, discount, RESIDUAL, MAX_SWEEPS);
        JsonNode values = Golden.array(file.content(), "optimal_values", table.stateCount(), "table");
        JsonNode actions = Golden.array(file.content(), "optimal_actions", table.stateCount(), "table");
        for (int s = 0; s < table.stateCount(); s++) {
            String at = "optimal_values[" + s + "]";
            Difference.requireClose(at, Golden.number(values.get(s), at), solved.value(s), VALUE_TOLERANCE);
            List<Integer> expected = new ArrayList<>();
            for (JsonNode action : actions.get(s)) expected.add(Golden.integer(action, "optimal_actions[" + s + "]"));
            List<Integer> ours = new ArrayList<>();
            for (int a = 0; a < table.actionCount(); a++) if (solved.isOptimal(s, a, VALUE_TOLERANCE)) ours.add(a);
            Difference.requireEqual("optimal_actions[" + s + "]", expected, ours);
        }
    }
}
