package io.ponder.examples.arena;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.engine.game.Game;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.TreeSnapshot;
import io.ponder.engine.storage.TreeSnapshotJson;
import io.ponder.examples.comparison.PlanBudget;
import io.ponder.examples.games.BoardText;
import io.ponder.examples.games.Games;
import io.ponder.examples.games.TicTacToe;
import io.ponder.planners.tree.SearchExecution;
import io.ponder.planners.tree.SearchRecipes;
import io.ponder.planners.tree.TreeSearch;
import io.ponder.worldmodels.game.GameModel;
import io.ponder.worldmodels.game.GameRollouts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaySessionTest {
    /** Writes squares as their numbers from 1. */
    private static final class Numbers implements BoardText {
        private final Game game = new TicTacToe();

        @Override
        public String draw(int[] position, boolean colour) {
            return "board " + position[0] + " " + position[1] + "\n";
        }

        @Override
        public String move(int[] position, int move) {
            return Integer.toString(move + 1);
        }

        @Override
        public int parse(int[] position, String text) {
            for (int a = 0; a < 9; a++) if (text.equals(Integer.toString(a + 1)) && game.legal(position, a)) return a;
            throw new IllegalArgumentException("'" + text + "' is no legal move.");
        }

        @Override
        public String player(int player) {
            return player == 0 ? "x" : "o";
        }
    }

    private final StringWriter shown = new StringWriter();
    private final GameLog log = new GameLog(new TicTacToe(), 1);

    private GameRecord play(String typed, Agent... agents) throws IOException {
        Advisor advisor = (position, player, key) -> List.of(new Advisor.Advice(6, 41, 0.5, List.of(6, 7, 6), true));
        return new PlaySession(
                        log, new Numbers(), Arrays.asList(agents), advisor, new BufferedReader(new StringReader(typed)),
                        new PrintWriter(shown, true), false)
                .run();
    }

    @Test
    void aPersonBeatsAnAgent() throws IOException {
        GameRecord record = play("1\n2\n3\n", null, new ScriptedAgent(3, 4));
        assertThat(record.moves()).containsExactly(0, 3, 1, 4, 2);
        assertThat(record.over()).isTrue();
        assertThat(shown.toString()).contains("o (scripted) plays 4", "x wins.");
    }

    @Test
    void whatIsNoMoveIsSaidAndAskedAgain() throws IOException {
        GameRecord record = play("seven\n\n1\n1\n2\nquit\n", null, new ScriptedAgent(3, 4));
        assertThat(record.moves()).containsExactly(0, 3, 1, 4);
        assertThat(record.over()).isFalse();
        assertThat(shown.toString()).contains("'seven' is no legal move.\nMaybe type 'moves'", "'1' is no legal move.");
    }

    @Test
    void undoTakesBackTheMoveAndTheAnswer() throws IOException {
        GameRecord record = play("1\nundo\n2\nundo\nundo\nundo\n3\n", null, new ScriptedAgent(3, 4, 5, 6));
        assertThat(record.moves()).startsWith(2);
        assertThat(shown.toString()).contains("There is nothing to take back.");
    }

    @Test
    void anAgentThatBeginsMovesAgainAfterUndo() throws IOException {
        GameRecord record = play("undo\n2\n", new ScriptedAgent(4, 0, 8), null);
        assertThat(record.moves()).containsExactly(0, 1, 8);
    }

    @Test
    void theTreeIsThatOfTheHintAndOnlyWithoutOneOfANewSearch(@TempDir Path folder) throws IOException {
        var searches = new AtomicInteger();
        try (var agent = (SearchAgent) SearchAgent.uct("uct", new TicTacToe(), PlanBudget.parse("uct", "300"), 1).make()) {
            Advisor counting = new Advisor() {
                @Override
                public List<Advice> advise(int[] position, int player, long key) {
                    searches.incrementAndGet();
                    return agent.advise(position, player, key);
                }

                @Override
                public ShownTree tree() {
                    return agent.tree();
                }
            };
            String tree = "tree " + folder.resolve("tree.json") + "\n";
            String typed = "hint\n" + tree + tree + "hint\nundo\n" + tree + "1\n" + tree + "hint\nundo\n" + tree;
            new PlaySession(log, new Numbers(), Arrays.asList(null, null), counting, new BufferedReader(new StringReader(typed)),
                    new PrintWriter(shown, true), false).run();
        }

        // At the start, after a move, and after that was taken back.
        assertThat(searches).hasValue(3);
        assertThat(shown.toString().split("There was no hint here", -1)).hasSize(1 + 2);
        List<TreeSnapshot.Node> nodes = TreeSnapshotJson.read(Files.readString(folder.resolve("tree.json"))).nodes();
        assertThat(nodes).hasSize(301);
        assertThat(nodes).filteredOn(node -> node.parent() == 0).allMatch(node -> node.player() == 1);
        assertThat(nodes.get(0).player()).isZero();
    }

    @Test
    void ofALargeTreeTheNodesVisitedMostAreShown() {
        var model = GameModel.of(new TicTacToe());
        try (var search = new TreeSearch(
                model, SearchRecipes.uct(new GameRollouts(model, 1, 9)).withSimulations(1000), SearchExecution.rows(1))) {
            var request = new PlanRequest(model, 1);
            model.set(request.roots().resize(1), 0, log.position());
            search.plan(request, Budget.UNLIMITED);

            Advisor.ShownTree shownTree = SearchAgent.shown(search.result().tree(), 500);
            assertThat(shownTree.leastVisits()).isGreaterThan(1);
            assertThat(shownTree.snapshot().nodes()).hasSizeBetween(10, 100)
                    .allMatch(node -> node.visits() >= shownTree.leastVisits());
            assertThat(SearchAgent.shown(search.result().tree())).isEqualTo(
                    new Advisor.ShownTree(search.result().tree().snapshot(0), 1));
        }
    }

    @Test
    void outcomesOfChanceAreNamedInDrawings(@TempDir Path folder) throws IOException {
        Game game = Games.make("2048");
        try (var agent = (SearchAgent) SearchAgent.uct("uct", game, PlanBudget.parse("uct", "200"), 1).make()) {
            var typed = new BufferedReader(new StringReader(
                    "tree " + folder.resolve("tree.svg") + "\ntree " + folder.resolve("tree.dot") + "\n"));
            new PlaySession(new GameLog(game, 1), Games.text("2048"), Collections.singletonList(null), agent, typed,
                    new PrintWriter(shown, true), false).run();
        }

        for (String name : List.of("tree.svg", "tree.dot")) {
            assertThat(Files.readString(folder.resolve(name))).containsPattern("[24] at [a-d][1-4]").doesNotContain(">chance ");
        }
    }

    @Test
    void movesAreListedAndUndoAtTheStartDrawsNothing() throws IOException {
        play("1\nmoves\n", null, null);
        assertThat(shown.toString()).contains("2 3 4 5 6 7 8 9\n");
        shown.getBuffer().setLength(0);
        new PlaySession(new GameLog(new TicTacToe(), 1), new Numbers(), Arrays.asList(null, null), null,
                new BufferedReader(new StringReader("undo\nundo\n")), new PrintWriter(shown, true), false).run();
        assertThat(shown.toString().split("board ", -1)).hasSize(1 + 1);
    }

    @Test
    void theTreeBehindAHintIsDrawn(@TempDir Path folder) throws IOException {
        var game = new TicTacToe();
        var agent = SearchAgent.uct("uct", game, PlanBudget.parse("uct", "300"), 1).make();
        for (String name : List.of("tree.svg", "tree.json", "tree.dot", "tree.png", "no/such/folder/tree.svg")) {
            var typed = new BufferedReader(new StringReader("5\ntree " + folder.resolve(name) + "\n"));
            List<Agent> people = Arrays.asList(null, null);
            new PlaySession(new GameLog(game, 1), new Numbers(), people, (SearchAgent) agent, typed, new PrintWriter(shown, true), false).run();
        }
        play("tree\ntree x.svg\n", null, null);

        String svg = Files.readString(folder.resolve("tree.svg"));
        assertThat(svg).startsWith("<svg").contains("Root visited 301 times", ">root<", ">9<");
        // The square that is taken already is no move.
        assertThat(svg.split("\n")).filteredOn(line -> line.contains("x=\"216\"")).noneMatch(line -> line.contains(">5<"));
        assertThat(TreeSnapshotJson.read(Files.readString(folder.resolve("tree.json"))).root().visits()).isEqualTo(301);
        assertThat(Files.readString(folder.resolve("tree.dot"))).startsWith("digraph");
        assertThat(shown.toString()).contains("Drawn: ", "ends in none of", "cannot be written", "tree needs the name", "No tree is behind");
    }

    @Test
    void hintsShowVisitsValueAndOnlyLegalContinuations() throws IOException {
        play("hint\n", null, null);
        assertThat(shown.toString()).contains("7", "41", "+0.500!", "7 8\n", "! is proven.").doesNotContain("7 8 7");
    }

    @Test
    void theGameCanBeSavedOnTheWay(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("g.json");
        play("5\nsave " + file + "\nsave\nsave " + folder + "\n", null, null);
        assertThat(GameFile.read(file).moves()).containsExactly(4);
        assertThat(shown.toString()).contains("Saved: ", "save needs the name of a file.", "cannot be written to '" + folder);
    }
}
