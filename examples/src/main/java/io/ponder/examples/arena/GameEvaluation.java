package io.ponder.examples.arena;

import io.ponder.engine.Checks;
import io.ponder.engine.game.Game;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.engine.train.selfplay.SelfPlayLoop;
import io.ponder.examples.comparison.PlanBudget;
import io.ponder.examples.training.TrainingOption;
import io.ponder.examples.training.TrainingTask;
import java.util.List;
import java.util.Objects;

/**
 * Scores an agent that is being trained by games against an opponent, taking turns who begins: 1 for a win, 0 for a draw, -1 for a loss.
 *
 * <p>The agent searches as in training, without exploring, with the simulations that its settings give to games. Games are played one after the other, by the thread that evaluates.
 */
public final class GameEvaluation implements SelfPlayLoop.Evaluator {
    private static final int MOST_MOVES = 10_000;
    private static final PlanBudget USUAL = PlanBudget.parse("think", "100");

    private final Game game;
    private final Tournament.AgentMaker agent;
    private final Tournament.AgentMaker opponent;
    private final int games;

    /**
     * Creates an evaluation of a task on a game for two, against the opponent of its settings.
     *
     * @throws IllegalArgumentException if there is no such opponent
     */
    public GameEvaluation(TrainingTask task) {
        this(task, task.settings().text(TrainingOption.OPPONENT), task.settings().integer(TrainingOption.EVALUATION_EPISODES));
    }

    /**
     * Creates an evaluation against another opponent, with another number of games.
     *
     * @throws IllegalArgumentException if there is no such opponent
     */
    public GameEvaluation(TrainingTask task, String name, int games) {
        game = Objects.requireNonNull(task.environment().game(), "game");
        agent = TrainedAgent.of("trained", game, task, PlanBudget.DEFAULT);
        opponent = AgentSpec.parse(TrainingOption.OPPONENT.label(), name, USUAL).maker(game, 1);
        this.games = Checks.positive("games", games);
    }

    @Override
    public double[] evaluate(long seed) {
        double[] returns = new double[games];
        try (Agent own = agent.make();
                Agent other = opponent.make()) {
            for (int i = 0; i < games; i++) {
                boolean first = i % 2 == 0;
                List<Agent> seats = first ? List.of(own, other) : List.of(other, own);
                double score = Match.play(game, seats, CounterRandom.key(seed, i), MOST_MOVES).score();
                returns[i] = 2 * (first ? score : 1 - score) - 1;
            }
        }
        return returns;
    }
}
