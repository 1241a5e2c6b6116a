package io.ponder.examples.arena;

import io.ponder.engine.game.Game;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.examples.comparison.PlanBudget;
import io.ponder.planners.tree.FirstPlay;
import io.ponder.planners.tree.ProofBounds;
import io.ponder.planners.tree.SearchExecution;
import io.ponder.planners.tree.SearchRecipe;
import io.ponder.planners.tree.SearchRecipes;
import io.ponder.planners.tree.SearchResult;
import io.ponder.planners.tree.SearchTree;
import io.ponder.planners.tree.TreeMinMax;
import io.ponder.planners.tree.TreeSearch;
import io.ponder.planners.tree.Ucb1;
import io.ponder.worldmodels.game.GameModel;
import io.ponder.worldmodels.game.GameRollouts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Chooses the move that a tree search over the rules of the game chooses, and can tell what it thinks of the others. */
public final class SearchAgent implements Agent, Advisor {
    private static final long MOST_SIMULATIONS = 10_000_000;
    /** Memory of the tree of a search that is limited by time. */
    private static final long MOST_BYTES = 256L << 20;
    /** Longer than a random game of any game here. */
    private static final int MOST_PLAYOUT_MOVES = 10_000;

    /** Edges of a tree that is shown: about 50 MB of numbers. */
    private static final int MOST_SHOWN_EDGES = 500_000;

    private final String name;
    private final GameModel model;
    private final TreeSearch search;
    private final Budget budget;
    private final PlanRequest request;

    /**
     * Creates an agent.
     *
     * @param model  the rules
     * @param search plans for one row with this model; belongs to the agent from now on
     * @param budget what a move may cost
     */
    public SearchAgent(String name, GameModel model, TreeSearch search, Budget budget) {
        this.name = name;
        this.model = model;
        this.search = search;
        this.budget = budget;
        request = new PlanRequest(model, 1);
        request.roots().resize(1);
    }

    /**
     * Returns how to make UCT with one random playout a simulation.
     *
     * @param atOnce how many agents exist at the same time: they share the memory
     * @throws IllegalArgumentException if the trees of so many simulations do not fit into the memory
     */
    public static Tournament.AgentMaker uct(String name, Game game, PlanBudget think, int atOnce) {
        return maker(name, game, think, atOnce, false);
    }

    /**
     * Returns how to make UCT that also proves wins, draws and losses, and stops where the root is proven.
     *
     * @throws IllegalArgumentException if the game is not one of two players who take turns for a sum of 0, or the memory is too small
     */
    public static Tournament.AgentMaker solver(String name, Game game, PlanBudget think, int atOnce) {
        if (game.players() != 2 || !game.zeroSum() || game.simultaneous()) {
            throw new IllegalArgumentException("The agent " + name + " proves results of two players who take turns for a sum of 0, but the"
                    + " game is " + game.name() + ".\nMaybe play against uct.");
        }
        return maker(name, game, think, atOnce, true);
    }

    private static Tournament.AgentMaker maker(String name, Game game, PlanBudget think, int atOnce, boolean proves) {
        long most = Math.min(MOST_SIMULATIONS, Runtime.getRuntime().maxMemory() / 2 / atOnce / bytesPerNode(game));
        if (think.modelSteps() > most) {
            throw new IllegalArgumentException("The agent " + name + " needs a tree of " + think.modelSteps() + " nodes, but with "
                    + atOnce + " agents at once the memory is enough for " + most + " of " + game.name() + ".\nMaybe take fewer simulations,"
                    + " or a time such as uct:1s, which goes on in a full tree.");
        }
        // A time limit needs a tree for as many simulations as may fit into it.
        long room = Math.min(most, MOST_BYTES / bytesPerNode(game));
        int simulations = (int) (think.modelSteps() > 0 ? think.modelSteps() : room);
        return () -> make(name, game, think, simulations, proves);
    }

    private static SearchAgent make(String name, Game game, PlanBudget think, int simulations, boolean proves) {
        GameModel model = GameModel.of(game);
        SearchRecipe recipe = SearchRecipes.uct(new GameRollouts(model, 1, MOST_PLAYOUT_MOVES)).withSimulations(simulations);
        if (!game.zeroSum()) {
            Ucb1 scaled = new Ucb1(1, new TreeMinMax(1e-3f), FirstPlay.INFINITE);
            recipe = recipe.withRoot(scaled).withInterior(scaled);
        }
        if (proves) recipe = recipe.withProofs(ProofBounds.WIN_OR_LOSS);
        Budget budget = think.modelSteps() > 0 ? Budget.iterations(think.modelSteps()) : think.orElse(Budget.UNLIMITED);
        return new SearchAgent(name, model, new TreeSearch(model, recipe, SearchExecution.rows(1)), budget);
    }

    /** Returns about how much memory a node takes: 16 bytes an edge, the position, and what else there is. */
    private static long bytesPerNode(Game game) {
        return 16L * Math.max(game.actionCount(), game.chanceCount()) + 4L * game.positionSize() + 64;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int choose(int[] position, int player, long key) {
        int edge = think(position, key).chosenEdge()[0];
        Game game = model.game();
        return game.playerToMove(position) == Game.SIMULTANEOUS ? game.ownAction(edge, player) : edge;
    }

    private SearchResult think(int[] position, long key) {
        model.set(request.roots(), 0, position);
        request.keys()[0] = key;
        search.plan(request, budget);
        return search.result();
    }

    @Override
    public List<Advice> advise(int[] position, int player, long key) {
        return advices(think(position, key), model.game(), position);
    }

    /** Returns what a search with an edge for every action found of the legal moves, the best first. */
    static List<Advice> advices(SearchResult result, Game game, int[] position) {
        int chosen = result.chosenEdge()[0];
        List<Advice> advices = new ArrayList<>();
        int edges = result.sampled() ? result.width() : game.actionCount();
        for (int edge = 0; edge < edges; edge++) {
            int visits = result.visitCounts()[edge];
            // A sample that came up before has no edge of its own.
            if (result.sampled() && visits == 0) continue;
            int move = (int) result.action(0, edge, 0);
            if (!GameLog.possible(game, position, move)) continue;
            int child = result.tree().child(0, SearchTree.ROOT, edge);
            boolean proven = child != SearchTree.UNVISITED && result.tree().proven(0, child);
            advices.add(new Advice(move, visits, result.edgeValues()[edge], variation(result.tree(), edge), proven));
        }
        int best = chosen < 0 ? chosen : (int) result.action(0, chosen, 0);
        advices.sort(Comparator.comparingInt((Advice advice) -> advice.move() == best ? 0 : 1)
                .thenComparingLong(advice -> -advice.visits()));
        return advices;
    }

    @Override
    public ShownTree tree() {
        return shown(search.result().tree());
    }

    /** Returns a tree as it can be shown. */
    static ShownTree shown(SearchTree tree) {
        return shown(tree, MOST_SHOWN_EDGES);
    }

    /** Returns the nodes of a tree with at least 1, 2, 4, ... visits, the first of these with which there are no more edges than this. */
    static ShownTree shown(SearchTree tree, int mostEdges) {
        int least = 1;
        while (least < tree.visits(0, SearchTree.ROOT) && edges(tree, least) > mostEdges) least *= 2;
        return new ShownTree(tree.snapshot(0, least), least);
    }

    private static long edges(SearchTree tree, int leastVisits) {
        long edges = 0;
        for (int node = 0; node < tree.nodes(0); node++) {
            if (tree.exists(0, node) && tree.visits(0, node) >= leastVisits) edges += tree.edges(0, node);
        }
        return edges;
    }

    /** Follows the most visited edges below an edge of the root. */
    private static List<Integer> variation(SearchTree tree, int first) {
        List<Integer> moves = new ArrayList<>(List.of((int) tree.action(0, SearchTree.ROOT, first, 0)));
        int node = tree.child(0, SearchTree.ROOT, first);
        while (node != SearchTree.UNVISITED) {
            int best = -1;
            for (int e = 0; e < tree.edges(0, node); e++) {
                if (best < 0 || tree.edgeVisits(0, node, e) > tree.edgeVisits(0, node, best)) best = e;
            }
            if (best < 0 || tree.edgeVisits(0, node, best) == 0) break;
            moves.add((int) tree.action(0, node, best, 0));
            node = tree.child(0, node, best);
        }
        return moves;
    }

    @Override
    public void close() {
        search.close();
    }
}
