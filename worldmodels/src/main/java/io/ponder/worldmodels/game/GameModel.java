package io.ponder.worldmodels.game;

import io.ponder.engine.game.Bits;
import io.ponder.engine.game.Game;
import io.ponder.engine.game.GameRules;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.JointActions;
import io.ponder.engine.model.LatentHeads;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.NodeKind;
import io.ponder.engine.model.ObservationModel;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.tensor.CounterRandom;
import org.jspecify.annotations.Nullable;

/**
 * Imagines with the exact rules of a game.
 *
 * <p>A state's tags are the position and, in the last row, the player from whose side it is seen: who decides there, or who decided last
 * where chance moves or the game is over. The float row is not used.
 *
 * <p>Rewards and values have one row for one player and for two players of a zero-sum game who take turns ({@link #of}): that of whoever
 * sees the position, and a discount of -1 where the side changes. Otherwise they have one row a player and the discount is 1. It is
 * 0 where the game ends.
 *
 * <p>{@link #step} goes from decision to decision, as an environment does: chance is drawn on the way. An illegal action earns
 * NaN and ends the episode, so that a plan with one in it is never the best; after the end every action leads nowhere and pays nothing.
 * For a search, {@link #expand} makes one transition at a time, trusts that an action is legal, pays what a move earns at once (also on
 * the edge to a chance node), and looks no further: all legal actions have the same logit, all values are 0. {@link GameRollouts} knows
 * better.
 *
 * <p>One thread at a time; allocates nothing.
 */
public final class GameModel implements WorldModel, ObservationModel, LatentHeads, JointActions, GameRules {
    private final Game game;
    private final boolean perPlayer;
    private final ModelSpec spec;
    private final int side;
    private final int actions;
    private final int width;
    private final int[] position;
    private final int[] legal;

    private GameModel(Game game, boolean perPlayer) {
        this.game = game;
        this.perPlayer = perPlayer;
        side = game.positionSize();
        spec = new ModelSpec(game.observationSize(), 1, game.actionCount(), 1, side + 1, perPlayer ? game.players() : 1);
        actions = game.actionCount();
        width = width(spec);
        position = new int[side];
        legal = new int[actions];
    }

    /** Returns the model with the fewest rows: one for one player or a zero-sum game of two who take turns, else one a player. */
    public static GameModel of(Game game) {
        boolean inTurn = game.players() == 2 && game.zeroSum() && !game.simultaneous();
        return new GameModel(game, game.players() > 1 && !inTurn);
    }

    /** Returns the model with one row of rewards and values a player. */
    public static GameModel perPlayer(Game game) {
        return new GameModel(game, true);
    }

    @Override
    public Game game() {
        return game;
    }

    @Override
    public boolean perPlayer() {
        return perPlayer;
    }

    @Override
    public ModelSpec spec() {
        return spec;
    }

    @Override
    public int chanceCount() {
        return game.chanceCount();
    }

    @Override
    public int ownActionCount(int player) {
        return game.ownActionCount(player);
    }

    /** Makes a position the state of a column. */
    public void set(ModelState state, int column, int[] from) {
        int player = game.playerToMove(from);
        write(state, column, from, player < 0 ? 0 : player);
    }

    /** Copies the position of a column. */
    public void get(ModelState state, int column, int[] to) {
        int columns = state.columns();
        int[] tags = state.tags();
        for (int d = 0; d < side; d++) to[d] = tags[d * columns + column];
    }

    private void write(ModelState state, int column, int[] from, int seenBy) {
        int columns = state.columns();
        int[] tags = state.tags();
        for (int d = 0; d < side; d++) tags[d * columns + column] = from[d];
        tags[side * columns + column] = seenBy;
        state.values()[column] = 0;
    }

    int seenBy(ModelState state, int column) {
        return state.tags()[side * state.columns() + column];
    }

    @Override
    public void init(float[] observations, int columns, ModelState out) {
        out.resize(columns);
        for (int k = 0; k < columns; k++) {
            game.recognise(observations, k, columns, position);
            set(out, k, position);
        }
    }

    @Override
    public void observe(ModelState state, float[] observations) {
        for (int k = 0; k < state.columns(); k++) {
            get(state, k, position);
            game.observe(position, observations, k, state.columns());
        }
    }

    @Override
    public void step(ModelState state, float[] moves, ColumnKeys keys, StepBuffer out) {
        int columns = state.columns();
        out.next().resize(columns);
        for (int k = 0; k < columns; k++) {
            get(state, k, position);
            int seenBy = seenBy(state, k);
            for (int p = 0; p < spec.players(); p++) out.reward()[p * columns + k] = 0;
            long seed = seed(keys, k);
            int draws = drawChance(seed, 0, seenBy, out, columns, k);
            if (game.playerToMove(position) == Game.TERMINAL) {
                out.discount()[k] = 0;
                write(out.next(), k, position, seenBy);
                continue;
            }
            int move = (int) moves[k];
            if (move != moves[k] || move < 0 || move >= actions || !game.legal(position, move)) {
                for (int p = 0; p < spec.players(); p++) out.reward()[p * columns + k] = Float.NaN;
                out.discount()[k] = 0;
                write(out.next(), k, position, seenBy);
                continue;
            }
            game.play(position, move);
            collect(seenBy, out, columns, k);
            drawChance(seed, draws, seenBy, out, columns, k);
            arrive(true, seenBy, out, k);
        }
    }

    /**
     * Lets chance move, drawn by the keys, where it is due, and leaves other columns as they are.
     *
     * @param out receives the positions after it, what was earned, and the discount from those who saw the position to those who see it now
     */
    public void settle(ModelState state, ColumnKeys keys, StepBuffer out) {
        int columns = state.columns();
        out.next().resize(columns);
        for (int k = 0; k < columns; k++) {
            get(state, k, position);
            int seenBy = seenBy(state, k);
            for (int p = 0; p < spec.players(); p++) out.reward()[p * columns + k] = 0;
            int draws = drawChance(seed(keys, k), 0, seenBy, out, columns, k);
            arrive(draws > 0, seenBy, out, k);
        }
    }

    private static long seed(ColumnKeys keys, int k) {
        return CounterRandom.block(keys.key0()[k], keys.key1()[k], keys.sample()[k], keys.step());
    }

    /** Writes the position at hand as what a column came to. */
    private void arrive(boolean moved, int seenBy, StepBuffer out, int k) {
        int player = game.playerToMove(position);
        int next = player < 0 || !moved ? seenBy : player;
        out.discount()[k] = discount(player, seenBy, next);
        write(out.next(), k, position, next);
    }

    private int drawChance(long seed, int from, int seenBy, StepBuffer out, int columns, int k) {
        int draws = from;
        while (game.playerToMove(position) == Game.CHANCE) {
            game.play(position, game.randomOutcome(position, Bits.random(seed, draws++)));
            collect(seenBy, out, columns, k);
        }
        return draws;
    }

    private void collect(int seenBy, StepBuffer out, int columns, int k) {
        float[] reward = out.reward();
        if (!perPlayer) {
            reward[k] += game.reward(position, seenBy);
            return;
        }
        for (int p = 0; p < spec.players(); p++) reward[p * columns + k] += game.reward(position, p);
    }

    private float discount(int player, int seenBy, int next) {
        if (player == Game.TERMINAL) return 0;
        return perPlayer || next == seenBy ? 1 : -1;
    }

    @Override
    public void evaluate(ModelState states, ColumnKeys keys, NodeBuffer out) {
        int columns = states.columns();
        out.resize(columns);
        for (int k = 0; k < columns; k++) {
            get(states, k, position);
            describe(game.playerToMove(position), seenBy(states, k), out, columns, k);
        }
    }

    @Override
    public void expand(
            ModelState parents, byte[] parentKinds, float[] moves, ColumnKeys keys, StepBuffer step, NodeBuffer out) {
        int columns = parents.columns();
        step.next().resize(columns);
        out.resize(columns);
        for (int k = 0; k < columns; k++) {
            get(parents, k, position);
            int seenBy = seenBy(parents, k);
            game.play(position, (int) moves[k]);
            for (int p = 0; p < spec.players(); p++) step.reward()[p * columns + k] = 0;
            collect(seenBy, step, columns, k);
            int player = game.playerToMove(position);
            int next = player < 0 ? seenBy : player;
            step.discount()[k] = discount(player, seenBy, next);
            write(step.next(), k, position, next);
            describe(player, next, out, columns, k);
        }
    }

    /** Says what the position at hand is like. */
    private void describe(int player, int seenBy, NodeBuffer out, int columns, int k) {
        float[] logits = out.logits();
        for (int w = 0; w < width; w++) logits[w * columns + k] = Float.NEGATIVE_INFINITY;
        for (int p = 0; p < spec.players(); p++) out.value()[p * columns + k] = 0;
        out.playerToMove()[k] = perPlayer ? seenBy : 0;
        if (player == Game.TERMINAL) {
            out.kind()[k] = NodeKind.TERMINAL;
        } else if (player == Game.CHANCE) {
            out.kind()[k] = NodeKind.CHANCE;
            for (int o = 0; o < game.chanceCount(); o++) {
                double probability = game.chanceProbability(position, o);
                if (probability > 0) logits[o * columns + k] = (float) Math.log(probability);
            }
        } else {
            out.kind()[k] = player == Game.SIMULTANEOUS ? NodeKind.SIMULTANEOUS : NodeKind.DECISION;
            int count = game.legalActions(position, legal);
            for (int i = 0; i < count; i++) logits[legal[i] * columns + k] = 0;
        }
    }

    @Override
    public WorldModel fork() {
        return new GameModel(game, perPlayer);
    }

    @Override
    public <T> @Nullable T as(Class<T> capability) {
        if (capability == JointActions.class && !game.simultaneous()) return null;
        return capability.isInstance(this) ? capability.cast(this) : null;
    }
}
