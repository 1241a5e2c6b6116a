package io.ponder.examples.arena;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TournamentTableTest {
    private static TournamentTable table() {
        List<Tournament.Played> games = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            double win = i == 0 ? 0 : 1;
            games.add(new Tournament.Played(1, 0, new GameRecord("g", List.of("b", "a"), i, List.of(1), List.of(win, -win), true)));
        }
        return new TournamentTable(List.of("a", "strong:1000"), games);
    }

    @Test
    void theBestComesFirst() {
        TournamentTable table = table();
        assertThat(table.score(1)).isEqualTo(0.95);
        assertThat(table.score(0)).isCloseTo(0.05, org.assertj.core.data.Offset.offset(1e-9));
        List<String> lines = table.text().lines().toList();
        assertThat(lines.get(1)).startsWith("strong:1000").contains("95.0%").endsWith("9      1      0");
        assertThat(lines.get(2)).startsWith("a ").contains("-").endsWith("0      1      9");
    }

    @Test
    void withoutAGameThereIsNoScore() {
        assertThat(new TournamentTable(List.of("a", "b"), List.of()).text()).contains(" - ").doesNotContain("NaN");
    }

    @Test
    void theFileHoldsRatingsAndGames() throws IOException {
        JsonNode root = new ObjectMapper().readTree(table().json());
        assertThat(root.path("schema").asText()).isEqualTo("ponder.tournament/1");
        assertThat(root.path("agents").get(0).path("name").asText()).isEqualTo("strong:1000");
        assertThat(root.path("games")).hasSize(10);
        assertThat(root.path("games").get(0).path("schema").asText()).isEqualTo("ponder.game/1");
    }
}
