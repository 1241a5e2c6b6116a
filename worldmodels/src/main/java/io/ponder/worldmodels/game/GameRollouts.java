package io.ponder.worldmodels.game;

import io.ponder.engine.Checks;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.LeafEvaluator;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeBuffer;

/**
 * Values positions by random play from each: the mean return of some rollouts, to the end of the game or for some moves.
 *
 * <p>Rollouts are not discounted. Column k's come from its key, whatever the other columns are. One thread at a time; allocates nothing.
 *
 * <p>Source: L. Kocsis and C. Szepesvari, "Bandit based Monte-Carlo planning", 2006.
 */
public final class GameRollouts implements LeafEvaluator {
    private final GameModel model;
    private final int rollouts;
    private final int maxMoves;
    private final float[] returns;

    /**
     * Creates the evaluator for states of a game's model.
     *
     * @param rollouts rollouts a position, at least 1
     * @param maxMoves decisions of a rollout, at least 1; what comes after them counts as 0
     */
    public GameRollouts(GameModel model, int rollouts, int maxMoves) {
        this.model = (GameModel) model.fork();
        this.rollouts = Checks.positive("rollouts", rollouts);
        this.maxMoves = Checks.positive("maxMoves", maxMoves);
        returns = new float[model.game().players()];
    }

    /** Creates the evaluator that plays one game to its end. */
    public GameRollouts(GameModel model) {
        this(model, 1, Integer.MAX_VALUE);
    }

    @Override
    public void evaluate(ModelState states, ColumnKeys keys, NodeBuffer nodes) {
        model.rollOut(states, keys, nodes, rollouts, maxMoves, returns);
    }

    @Override
    public LeafEvaluator fork() {
        return new GameRollouts(model, rollouts, maxMoves);
    }
}
