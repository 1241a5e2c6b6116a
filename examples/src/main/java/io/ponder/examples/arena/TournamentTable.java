package io.ponder.examples.arena;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Shows the ratings of a tournament, the best agent first, as text and as JSON of the format {@code ponder.tournament/1}. Immutable. */
public final class TournamentTable {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final List<String> names;
    private final List<Tournament.Played> games;
    private final EloRatings ratings;
    private final int[] order;
    private final int[] wins;
    private final int[] draws;
    private final int[] losses;

    /** Rates the agents of these names by their games. */
    public TournamentTable(List<String> names, List<Tournament.Played> games) {
        this.names = List.copyOf(names);
        this.games = List.copyOf(games);
        ratings = EloRatings.of(names.size(), games.stream().map(Tournament.Played::encounter).toList());
        order = IntStream.range(0, names.size())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer agent) -> -ratings.rating(agent)))
                .mapToInt(Integer::intValue)
                .toArray();
        wins = new int[names.size()];
        draws = new int[names.size()];
        losses = new int[names.size()];
        for (Tournament.Played game : games) {
            count(game.first(), game.record().score());
            count(game.second(), 1 - game.record().score());
        }
    }

    private void count(int agent, double score) {
        int[] kind = score > 0.5 ? wins : score < 0.5 ? losses : draws;
        kind[agent]++;
    }

    /** Returns the ratings. */
    public EloRatings ratings() {
        return ratings;
    }

    /** Returns the share of the points that an agent made, from 0 to 1; NaN without a game. */
    public double score(int agent) {
        return (wins[agent] + 0.5 * draws[agent]) / (wins[agent] + draws[agent] + losses[agent]);
    }

    /** Returns the table as lines of text. */
    public String text() {
        int width = Math.max(5, names.stream().mapToInt(String::length).max().orElse(0));
        var text = new StringBuilder(String.format("%-" + width + "s %6s  %-14s %6s %6s %6s %6s%n",
                "agent", "Elo", "95 % interval", "score", "won", "drawn", "lost"));
        for (int agent : order) {
            text.append(String.format(Locale.ROOT, "%-" + width + "s %+6.0f  %-14s %6s %6d %6d %6d%n",
                    names.get(agent), ratings.rating(agent),
                    String.format(Locale.ROOT, "%+.0f to %+.0f", ratings.low(agent), ratings.high(agent)),
                    Double.isNaN(score(agent)) ? "-" : String.format(Locale.ROOT, "%.1f%%", 100 * score(agent)), wins[agent], draws[agent], losses[agent]));
        }
        return text.append(games.size()).append(" games; the mean of the ratings is 0, only their differences count.\n").toString();
    }

    /** Returns ratings and games as JSON. */
    public String json() {
        ObjectNode root = JSON.createObjectNode();
        root.put("schema", "ponder.tournament/1");
        ArrayNode agents = root.putArray("agents");
        for (int agent : order) {
            agents.addObject()
                    .put("name", names.get(agent))
                    .put("elo", ratings.rating(agent))
                    .put("low", ratings.low(agent))
                    .put("high", ratings.high(agent))
                    .put("won", wins[agent])
                    .put("drawn", draws[agent])
                    .put("lost", losses[agent]);
        }
        ArrayNode list = root.putArray("games");
        for (Tournament.Played game : games) list.add(GameFile.toJson(game.record()));
        try {
            return JSON.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
