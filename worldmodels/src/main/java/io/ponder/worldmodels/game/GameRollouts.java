package io.ponder.worldmodels.game;

import io.ponder.engine.Checks;
import io.ponder.engine.game.Bits;
import io.ponder.engine.game.Game;
import io.ponder.engine.game.PositionEvaluator;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.NodeKind;
import java.util.Arrays;

/**
 * Values positions by random play from each: the mean return of some rollouts, to the end of the game or for some moves.
 *
 * <p>Rollouts are not discounted. Column k's come from its key, whatever the other columns are. One thread at a time; allocates nothing.
 *
 * <p>Source: L. Kocsis and C. Szepesvari, "Bandit based Monte-Carlo planning", 2006.
 */
public final class GameRollouts implements PositionEvaluator {
    /** Tells apart what is drawn for rollouts from what is drawn for chance. */
    private static final long STREAM = 0x524F_4C4C_4F55_5453L;

    private final GameModel model;
    private final Game game;
    private final int rollouts;
    private final int maxMoves;
    private final int[] position;
    private final int[] start;
    private final float[] returns;

    /**
     * Creates the evaluator for states of a game's model.
     *
     * @param rollouts rollouts a position, at least 1
     * @param maxMoves decisions of a rollout, at least 1; what comes after them counts as 0
     */
    public GameRollouts(GameModel model, int rollouts, int maxMoves) {
        this.model = model;
        this.rollouts = Checks.positive("rollouts", rollouts);
        this.maxMoves = Checks.positive("maxMoves", maxMoves);
        game = model.game();
        position = new int[game.positionSize()];
        start = new int[rollouts == 1 ? 0 : game.positionSize()];
        returns = new float[game.players()];
    }

    /** Creates the evaluator that plays one game to its end. */
    public GameRollouts(GameModel model) {
        this(model, 1, Integer.MAX_VALUE);
    }

    @Override
    public void evaluate(ModelState states, ColumnKeys keys, NodeBuffer nodes) {
        int columns = states.columns();
        float[] value = nodes.value();
        for (int k = 0; k < columns; k++) {
            if (nodes.kind()[k] == NodeKind.TERMINAL) continue;
            model.get(states, k, position);
            long seed = seed(keys.key0()[k], keys.key1()[k], keys.sample()[k]);
            if (keys.step() != 0) seed = Bits.random(seed, keys.step());
            play(position, seed, returns);
            if (model.perPlayer()) for (int p = 0; p < returns.length; p++) value[p * columns + k] = returns[p];
            else value[k] = returns[model.seenBy(states, k)];
        }
    }

    @Override
    public void evaluate(int[] from, int key0, int key1, int sample, float[] values) {
        play(from, seed(key0, key1, sample), values);
    }

    private static long seed(int key0, int key1, int sample) {
        return Bits.random((key0 & 0xFFFFFFFFL | (long) key1 << 32) + STREAM, sample);
    }

    /** Overwrites {@code values} with the mean return of the players. */
    private void play(int[] from, long seed, float[] values) {
        Arrays.fill(values, 0);
        if (rollouts == 1) {
            game.rollout(from, seed, maxMoves, values);
            return;
        }
        System.arraycopy(from, 0, start, 0, start.length);
        for (int i = 0; i < rollouts; i++) {
            System.arraycopy(start, 0, from, 0, start.length);
            game.rollout(from, Bits.random(seed, i), maxMoves, values);
        }
        for (int p = 0; p < values.length; p++) values[p] /= rollouts;
    }

    @Override
    public GameRollouts fork() {
        return new GameRollouts(model, rollouts, maxMoves);
    }
}
