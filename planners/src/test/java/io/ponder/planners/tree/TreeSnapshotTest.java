package io.ponder.planners.tree;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.TreeSnapshot;
import io.ponder.engine.storage.TreeSnapshotJson;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class TreeSnapshotTest {
    private static TreeSnapshot tree(HashModel.Options options, SearchRecipe recipe, int state) {
        var model = new HashModel(options);
        var search = new TreeSearch(model, recipe, SearchExecution.rows(1));
        search.plan(new PlanRequest(model, 1).observe(model, new float[] {state}), Budget.UNLIMITED);
        return search.result().tree().snapshot(0);
    }

    @Test
    void jsonKeepsEveryNumber() {
        var dice = new HashModel.Options(4, 3, 2, 0.3f, 0.1f, 0, 0, 0.9f, 0);
        for (SearchRecipe recipe : List.of(SearchRecipes.muzero(), SearchRecipes.gumbel(), SearchRecipes.sampledMuzero(5))) {
            TreeSnapshot tree = tree(dice, recipe, 3);

            assertThat(TreeSnapshotJson.read(TreeSnapshotJson.write(tree))).isEqualTo(tree);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> TreeSnapshotJson.read("{\"format\": \"x\"}")).withMessageContaining("ponder.tree/1");
        assertThatIllegalArgumentException().isThrownBy(() -> TreeSnapshotJson.read("{")).withMessageContaining("not JSON");
    }

    @Test
    void equalTreesHaveNoDifferenceAndOthersAFirstOne() {
        TreeSnapshot first = tree(HashModel.Options.PLAIN, SearchRecipes.muzero(), 3);
        TreeSnapshot again = tree(HashModel.Options.PLAIN, SearchRecipes.muzero(), 3);
        TreeSnapshot bolder = tree(
                HashModel.Options.PLAIN, SearchRecipes.muzero().withInterior(Puct.DEFAULT.withExploration(4, 19652)), 3);
        TreeSnapshot longer = tree(HashModel.Options.PLAIN, SearchRecipes.muzero().withSimulations(60), 3);

        assertThat(first.firstDifference(again)).isNull();
        var difference = requireNonNull(first.firstDifference(bolder));
        int i = difference.simulation();
        assertThat(i).isBetween(2, 50);
        assertThat(first.nodes().subList(0, i).stream().map(n -> n.parent() + " " + n.edge()))
                .containsExactlyElementsOf(bolder.nodes().subList(0, i).stream().map(n -> n.parent() + " " + n.edge()).toList());
        assertThat(difference.what()).contains("Simulation " + i).contains("prior");
        // What was known before that simulation is what a search of one less ends with.
        TreeSnapshot before = tree(HashModel.Options.PLAIN, SearchRecipes.muzero().withSimulations(i - 1), 3);
        String[] parts = difference.what().split("They part at node |\\. Here edge |: prior |; edge ");
        int node = Integer.parseInt(parts[1]);
        for (int edge : new int[] {Integer.parseInt(parts[2]), Integer.parseInt(parts[4])}) {
            TreeSnapshot.Edge then = before.nodes().get(node).edges().get(edge);
            assertThat(difference.what()).contains(String.format(
                    Locale.ROOT, "edge %d: prior %.6g, value %.4f", edge, then.prior(), then.value()).replaceAll("\\d{1,2}$", ""))
                    .contains(", " + then.visits() + " visits").doesNotContain("in the end");
        }
        assertThat(requireNonNull(first.firstDifference(longer)).simulation()).isEqualTo(51);
    }

    /** Returns a number that follows a word in what is said of an edge on one side of a difference. */
    private static double said(String what, String side, int edge, String word) {
        String from = what.substring(what.indexOf(side + " edge"));
        from = from.substring(from.indexOf("edge " + edge + ":"));
        from = from.substring(from.indexOf(word) + word.length()).trim();
        return Double.parseDouble(from.split("[,; ]|\\.( |$)")[0]);
    }

    @Test
    void aDifferenceTellsTheScoresOfBothRules() {
        Puct timid = Puct.DEFAULT;
        Puct bold = timid.withExploration(4, 19652);
        SearchRecipe one = SearchRecipes.muzero().withNoise(null).withRoot(timid).withInterior(timid);
        SearchRecipe other = one.withRoot(bold).withInterior(bold);
        TreeSnapshot ours = tree(HashModel.Options.PLAIN, one, 3);
        TreeSnapshot theirs = tree(HashModel.Options.PLAIN, other, 3);

        var difference = requireNonNull(ours.firstDifference(theirs, new RuleScores(one), new RuleScores(other)));

        String what = difference.what();
        String[] parts = what.split("They part at node |\\. Here edge |: prior |; edge ");
        TreeSnapshot.Node then = tree(HashModel.Options.PLAIN, one.withSimulations(difference.simulation() - 1), 3)
                .nodes().get(Integer.parseInt(parts[1]));
        int here = Integer.parseInt(parts[2]);
        int there = Integer.parseInt(parts[4]);
        double low = then.value();
        double high = then.value();
        for (TreeSnapshot.Edge edge : then.edges()) {
            if (edge.visits() > 0) low = Math.min(low, edge.value());
            if (edge.visits() > 0) high = Math.max(high, edge.value());
        }
        for (int edge : new int[] {here, there}) {
            TreeSnapshot.Edge of = then.edges().get(edge);
            double q = of.visits() == 0 ? 0 : (of.value() - low) / (high - low);
            double growth = Math.log((then.visits() + 19653.0) / 19652);
            double prior = Math.sqrt(then.visits()) * of.prior() / (of.visits() + 1);
            assertThat(said(what, "Here", edge, "score")).isCloseTo(q + prior * (1.25 + growth), within(1e-4));
            assertThat(said(what, "There", edge, "score")).isCloseTo(q + prior * (4 + growth), within(1e-4));
        }
        assertThat(said(what, "Here", here, "score")).isGreaterThan(said(what, "Here", there, "score"));
        assertThat(said(what, "There", there, "score")).isGreaterThan(said(what, "There", here, "score"));
    }

    @Test
    void everySimulationFollowsTheLargestScore() {
        List<SelectionRule> rules = List.of(
                Puct.DEFAULT, new Puct(2, 50, FixedRange.IDENTITY, FirstPlay.NODE_VALUE, false), Ucb1.DEFAULT,
                new Ucb1(0.5, SiblingRange.DEFAULT, FirstPlay.VISITED_MEAN));
        for (int r = 0; r < rules.size(); r++) {
            SearchRecipe recipe = SearchRecipes.muzero().withNoise(null)
                    .withRoot(rules.get(r)).withInterior(rules.get((r + 1) % rules.size()));
            var scores = new RuleScores(recipe);
            TreeSnapshot before = tree(HashModel.Options.PLAIN, recipe.withSimulations(1), 3);
            for (int i = 2; i <= 40; i++) {
                TreeSnapshot after = tree(HashModel.Options.PLAIN, recipe.withSimulations(i), 3);
                TreeSnapshot.Node made = after.nodes().get(i);
                for (TreeSnapshot.Node at = made; at.parent() >= 0; at = after.nodes().get(at.parent())) {
                    TreeSnapshot.Node above = before.nodes().get(at.parent());
                    double largest = above.edges().stream().mapToDouble(e -> scores.score(above, e.index())).max().orElseThrow();
                    assertThat(largest).isNotNaN();
                    assertThat(scores.score(above, at.edge())).isGreaterThanOrEqualTo(largest - 1e-6);
                }
                before = after;
            }
        }
    }

    @Test
    void withoutWhatWasKnownThenThereAreNoScores() {
        var three = new HashModel.Options(5, 0, 3, 0.2f, 0, 0, 0, 1, 0);
        SearchRecipe one = SearchRecipes.muzero().withNoise(null);
        SearchRecipe other = one.withRoot(Puct.DEFAULT.withExploration(4, 19652)).withInterior(Puct.DEFAULT.withExploration(4, 19652));

        var difference = requireNonNull(tree(three, one, 3).firstDifference(tree(three, other, 3), new RuleScores(one), new RuleScores(other)));

        assertThat(difference.what()).contains("in the end").doesNotContain("score");
    }

    @Test
    void scoresThatANodeDoesNotTellAreLeftOut() {
        SearchRecipe gumbel = SearchRecipes.gumbel();
        TreeSnapshot.Node root = tree(HashModel.Options.PLAIN, gumbel, 3).root();
        assertThat(new RuleScores(gumbel).score(root, 0)).isNaN();
        Puct wholeTree = Puct.DEFAULT.withTransform(TreeMinMax.DEFAULT);
        assertThat(new RuleScores(gumbel.withRoot(wholeTree)).score(root, 0)).isNaN();
        assertThat(new RuleScores(gumbel.withRoot(Puct.DEFAULT)).score(root, 0)).isPositive();
        assertThat(new RuleScores(gumbel.withRoot(Puct.DEFAULT)).score(root, 1000)).isNaN();
    }

    @Test
    void summaryAndDrawingNameTheBestLine() {
        TreeSnapshot tree = tree(HashModel.Options.PLAIN, SearchRecipes.muzero(), 3);
        List<TreeSnapshot.Edge> line = tree.principalVariation();

        assertThat(line).isNotEmpty();
        assertThat(line.get(0).visits()).isEqualTo(tree.root().edges().stream().mapToInt(TreeSnapshot.Edge::visits).max().orElse(0));
        assertThat(tree.summary()).contains("51 nodes").contains("visited 51 times").contains("best line: " + line.get(0).index());
        assertThat(tree.toGraphviz()).startsWith("digraph").contains("n0 -> n" + line.get(0).child()).endsWith("}\n");
    }

    /** A letter of 12 pixels is on average less than 7 wide. */
    @Test
    void textFitsIntoTheDrawingOfASmallTree() throws Exception {
        for (SearchRecipe recipe : List.of(SearchRecipes.muzero().withSimulations(1), SearchRecipes.muzero())) {
            var svg = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(
                    tree(HashModel.Options.PLAIN, recipe, 3).toSvg().getBytes(StandardCharsets.UTF_8))).getDocumentElement();
            NodeList texts = svg.getElementsByTagName("text");

            assertThat(texts.getLength()).isGreaterThan(5);
            for (int i = 0; i < texts.getLength(); i++) {
                var text = (Element) texts.item(i);
                double length = "end".equals(text.getAttribute("text-anchor")) ? 0 : 7 * text.getTextContent().length();
                assertThat(Double.parseDouble(text.getAttribute("x")) + length).as(text.getTextContent())
                        .isLessThan(Double.parseDouble(svg.getAttribute("width")));
            }
        }
    }

    @Test
    void playersAreNamedWhereTheTreeTellsThemApart() {
        var two = new HashModel.Options(4, 0, 2, 0, 0, 0, 0, 0.9f, 0);

        assertThat(tree(two, SearchRecipes.muzero(), 3).toSvg()).contains("decision, player 0", "decision, player 1", "Colour: player.");
        assertThat(tree(HashModel.Options.PLAIN, SearchRecipes.muzero(), 3).toSvg()).contains("decision, value").doesNotContain("layer");
    }

    @Test
    void graphvizTakesNamesForEdges() {
        TreeSnapshot tree = tree(HashModel.Options.PLAIN, SearchRecipes.muzero(), 3);

        assertThat(tree.toGraphviz((node, edge) -> "to \"" + edge.index() + "\"")).contains("[label=\"to \\\"0\\\"\\n");
    }

    @Test
    void svgHoldsEveryBoxOnceWithoutOverlap() throws Exception {
        var dice = new HashModel.Options(4, 3, 2, 0.3f, 0.1f, 0, 0, 0.9f, 0);
        TreeSnapshot tree = tree(dice, SearchRecipes.muzero().withSimulations(400), 3);
        String svg = tree.toSvg((node, edge) -> "<move " + edge.index() + " & \"more\">");

        var document = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        NodeList found = document.getElementsByTagName("rect");
        List<double[]> boxes = new ArrayList<>();
        int strong = 0;
        for (int i = 0; i < found.getLength(); i++) {
            var box = (Element) found.item(i);
            if (box.getAttribute("rx").isEmpty()) continue;
            if (box.getAttribute("class").contains("best")) strong++;
            boxes.add(new double[] {Double.parseDouble(box.getAttribute("x")), Double.parseDouble(box.getAttribute("y")),
                Double.parseDouble(box.getAttribute("width")), Double.parseDouble(box.getAttribute("height"))});
        }
        long often = tree.nodes().stream().filter(node -> node.visits() >= 0.02 * 401).count();
        assertThat(boxes.size()).isGreaterThanOrEqualTo((int) often).isLessThan((int) often + 20);
        assertThat(strong).isEqualTo(tree.principalVariation().size() + 1);
        for (int i = 0; i < boxes.size(); i++) {
            for (int j = 0; j < i; j++) {
                double[] a = boxes.get(i);
                double[] b = boxes.get(j);
                boolean apart = a[0] >= b[0] + b[2] || b[0] >= a[0] + a[2] || a[1] >= b[1] + b[3] || b[1] >= a[1] + a[3];
                assertThat(apart).as("boxes %d and %d", i, j).isTrue();
            }
        }
        assertThat(svg).contains("&lt;move ").doesNotContain("<move");
    }

    @Test
    void aSnapshotOfWhatWasVisitedOftenLeavesOutTheRest() {
        var model = new HashModel(HashModel.Options.PLAIN);
        var search = new TreeSearch(model, SearchRecipes.muzero().withSimulations(300), SearchExecution.rows(1));
        search.plan(new PlanRequest(model, 1).observe(model, new float[] {3}), Budget.UNLIMITED);
        TreeSnapshot all = search.result().tree().snapshot(0);
        TreeSnapshot often = search.result().tree().snapshot(0, 10);

        assertThat(often.nodes()).hasSizeBetween(5, 100).allMatch(node -> node.visits() >= 10)
                .hasSize((int) all.nodes().stream().filter(node -> node.visits() >= 10).count());
        Set<Integer> left = often.nodes().stream().map(TreeSnapshot.Node::index).collect(Collectors.toSet());
        assertThat(often.nodes()).allSatisfy(node -> assertThat(node.edges()).allMatch(e -> e.child() < 0 || left.contains(e.child())));
        assertThat(search.result().tree().snapshot(0, 1)).isEqualTo(all);
    }
}
