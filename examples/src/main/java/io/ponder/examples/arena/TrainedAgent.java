package io.ponder.examples.arena;

import io.ponder.engine.game.Game;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.examples.comparison.PlanBudget;
import io.ponder.examples.training.SavedTraining;
import io.ponder.examples.training.TrainingMethod;
import io.ponder.examples.training.TrainingOption;
import io.ponder.examples.training.TrainingTask;
import io.ponder.planners.tree.SearchExecution;
import io.ponder.planners.tree.SearchResult;
import io.ponder.planners.tree.TreeSearch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses the move that the search of a trained agent chooses, from what is seen of a position and which moves are legal. */
public final class TrainedAgent implements Agent, Advisor {
    /** A time limit needs a tree for as many simulations as may fit into it. */
    private static final int MOST_SIMULATIONS = 100_000;

    private final String name;
    private final Game game;
    private final boolean exact;
    private final WorldModel model;
    private final TreeSearch search;
    private final Budget budget;
    private final PlanRequest request;
    private final float[] observation;
    private final boolean[] illegal;

    private TrainedAgent(String name, Game game, TrainingTask task, int simulations, Budget budget) {
        this.name = name;
        this.game = game;
        this.budget = budget;
        exact = task.method() == TrainingMethod.ALPHAZERO;
        model = task.selfPlay().model().fork();
        search = new TreeSearch(model, task.recipe().withSimulations(simulations), SearchExecution.rows(1));
        request = new PlanRequest(model, 1);
        observation = new float[game.observationSize()];
        illegal = new boolean[game.actionCount()];
        request.illegal(illegal);
    }

    /**
     * Returns how to make agents from the newest checkpoint of a folder.
     *
     * @param think what a move may cost; {@link PlanBudget#DEFAULT} for the simulations that its settings give to games
     * @throws IOException              if there is no checkpoint that can be used
     * @throws IllegalArgumentException if it was trained on another game
     */
    public static Tournament.AgentMaker maker(String name, Path folder, Game game, PlanBudget think) throws IOException {
        TrainingTask task = SavedTraining.agent(folder);
        if (!task.environment().name().equals(game.name())) {
            throw new IllegalArgumentException("The agent '" + name + "' was trained on " + task.environment().name() + ", but the game is "
                    + game.name() + ".\nMaybe name the folder of another agent.");
        }
        return of(name, game, task, think);
    }

    /** Returns how to make agents from a task as it is now, which may go on learning while none of them plays. */
    public static Tournament.AgentMaker of(String name, Game game, TrainingTask task, PlanBudget think) {
        int simulations = think.nanos() > 0
                ? MOST_SIMULATIONS
                : think.modelSteps() > 0 ? (int) Math.min(10_000_000, think.modelSteps()) : usualSimulations(task);
        Budget budget = think.nanos() > 0 ? think.orElse(Budget.UNLIMITED) : Budget.UNLIMITED;
        return () -> new TrainedAgent(name, game, task, simulations, budget);
    }

    private static int usualSimulations(TrainingTask task) {
        int set = task.settings().integer(TrainingOption.PLAY_SIMULATIONS);
        return set == 0 ? task.recipe().simulations() : set;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int choose(int[] position, int player, long key) {
        SearchResult found = think(position, key);
        int edge = found.chosenEdge()[0];
        // Where actions were sampled, the edges of a root are not the moves.
        return edge < 0 ? edge : (int) found.action(0, edge, 0);
    }

    private SearchResult think(int[] position, long key) {
        game.observe(position, observation, 0, 1);
        Arrays.fill(illegal, false);
        for (int a = 0; a < illegal.length; a++) illegal[a] = !game.legal(position, a);
        request.observe(model, observation).keys()[0] = key;
        search.plan(request, budget);
        return search.result();
    }

    @Override
    public List<Advice> advise(int[] position, int player, long key) {
        return SearchAgent.advices(think(position, key), game, position);
    }

    /** Returns the tree where its moves are those of the rules: an imagined position may have others. */
    @Override
    public @Nullable ShownTree tree() {
        return exact ? SearchAgent.shown(search.result().tree()) : null;
    }

    @Override
    public void close() {
        search.close();
    }
}
