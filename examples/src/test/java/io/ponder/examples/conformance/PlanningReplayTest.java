package io.ponder.examples.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanningReplayTest {
    private static JsonNode file(String name) throws IOException {
        try (InputStream text = PlanningReplayTest.class.getResourceAsStream("/golden/planning/" + name + ".json")) {
            return new ObjectMapper().readTree(text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "coloured_noise", "mppi_lq", "mppi_lq_abs_cost", "mppi_lq_abs_cost_diagonal", "mppi_lq_biased_noise",
                "mppi_lq_bounds_terminal", "mppi_lq_cold", "mppi_lq_full_covariance", "mppi_lq_no_shift", "mppi_pendulum",
                "mppi_pendulum_terminal",
            })
    void everyNumberAgrees(String name) throws IOException {
        JsonNode file = file(name);

        assertThat(PlanningReplay.handles(file)).isTrue();
        assertThat(PlanningReplay.firstDifference(file)).isNull();
    }

    @Test
    void oneChangedNumberIsFoundAndNamed() throws IOException {
        JsonNode file = file("mppi_pendulum");
        ArrayNode weights = (ArrayNode) file.get("commands").get(1).get("weights").get("values");
        weights.set(3, DoubleNode.valueOf(weights.get(3).asDouble() + 0.01));

        assertThat(PlanningReplay.firstDifference(file)).startsWith("command 1: weights[3] is ");
    }
}
