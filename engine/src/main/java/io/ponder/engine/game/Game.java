package io.ponder.engine.game;

import java.util.List;

/**
 * Is the exact rules of a game. A position is an {@code int[positionSize]} that holds everything: copying the array copies the position.
 *
 * <pre>{@code
 * int[] position = new int[game.positionSize()];
 * game.start(position);
 * while (game.playerToMove(position) != Game.TERMINAL) {
 *     game.play(position, choose(position));                       // an action, or an outcome where chance moves
 *     for (int p = 0; p < game.players(); p++) returns[p] += game.reward(position, p);
 * }
 * }</pre>
 *
 * <p>Every position has one kind: a player decides, chance moves, all players decide at once, or the game is over
 * ({@link #playerToMove}). A transition is one call of {@link #play}; its rewards, one a player, are read from the position it led to.
 * Rewards are not discounted.
 *
 * <p>Actions have fixed numbers from 0 to {@code actionCount - 1}, outcomes of chance from 0 to {@code chanceCount - 1}. Where all players
 * decide at once the action is a joint one: the players' own actions in mixed radix, the last player's fastest ({@link #joint}).
 *
 * <p>For speed nothing here checks its arguments: an illegal action leads to a meaningless position. {@link GameEnvironment} and the
 * search check. A game has no state of its own: it is immutable, safe for several threads, and none of its methods allocates but
 * {@link #symmetries}.
 */
public interface Game {
    /** Answer of {@link #playerToMove}: chance moves, {@link #play} takes an outcome. */
    int CHANCE = -1;

    /** Answer of {@link #playerToMove}: the game is over. */
    int TERMINAL = -2;

    /** Answer of {@link #playerToMove}: all players decide at once, {@link #play} takes a joint action. */
    int SIMULTANEOUS = -3;

    /** Returns the name, in lower case. */
    String name();

    /** Returns the number of players, at least 1. */
    int players();

    /** Tells whether the rewards of all players sum to 0 in every transition. */
    boolean zeroSum();

    /** Returns the number of actions, over all decisions; joint actions where players decide at once. */
    int actionCount();

    /** Returns the number of outcomes of chance, 0 where chance never moves. */
    default int chanceCount() {
        return 0;
    }

    /** Returns the number of entries of a position. */
    int positionSize();

    /**
     * Returns how many leading entries of a position decide what follows; the others only tell of the transition that led here. Two
     * positions with these entries equal have the same future, whatever the way to them.
     */
    default int identitySize() {
        return positionSize();
    }

    /**
     * Writes the position in which every game starts, which may be one where chance moves.
     *
     * @param position {@code [positionSize]}, all entries are overwritten. Modified.
     */
    void start(int[] position);

    /** Returns the player who decides, from 0, or {@link #CHANCE}, {@link #TERMINAL} or {@link #SIMULTANEOUS}. */
    int playerToMove(int[] position);

    /** Tells whether an action is legal in a decision; false wherever no player decides. */
    boolean legal(int[] position, int action);

    /**
     * Writes the legal actions, smallest first, and returns their number: at least 1 in a decision, 0 elsewhere.
     *
     * @param actions {@code [actionCount]}. Modified.
     */
    default int legalActions(int[] position, int[] actions) {
        int count = 0;
        for (int a = 0; a < actionCount(); a++) if (legal(position, a)) actions[count++] = a;
        return count;
    }

    /** Returns the number of legal actions. */
    default int legalCount(int[] position) {
        int count = 0;
        for (int a = 0; a < actionCount(); a++) if (legal(position, a)) count++;
        return count;
    }

    /** Returns the probability of an outcome where chance moves; they sum to 1, and an outcome may be impossible. */
    default double chanceProbability(int[] position, int outcome) {
        throw new UnsupportedOperationException("Chance never moves in " + name() + ".");
    }

    /**
     * Makes one transition in place.
     *
     * @param position not terminal. Modified.
     * @param move     a legal action (a joint one where all decide at once), or a possible outcome where chance moves
     */
    void play(int[] position, int move);

    /** Returns what the transition that led here paid a player; 0 in the start position. */
    float reward(int[] position, int player);

    /** Returns the number of entries of an observation, what a network sees of a position. */
    int observationSize();

    /**
     * Writes what a network sees, planes of the board one after the other. A player sees it from its own side where the game
     * documents so.
     *
     * @param out    entry {@code i} of the observation goes to {@code out[offset + i * stride]}. Modified.
     * @param offset place of the first entry
     * @param stride distance between entries: 1 for one observation, K for a column of {@code [observationSize x K]}
     */
    void observe(int[] position, float[] out, int offset, int stride);

    /**
     * Writes a position with the future that an observation shows: the inverse of {@link #observe}, but for what only tells of the
     * transition that led here.
     *
     * @param observation what {@link #observe} wrote. Not modified.
     * @param position    {@code [positionSize]}. Modified.
     */
    void recognise(float[] observation, int offset, int stride, int[] position);

    /** Returns the turns and mirrors that leave the game as it is, the identity first. Allocates. */
    default List<Symmetry> symmetries() {
        return List.of(Symmetry.identity(observationSize(), actionCount()));
    }

    // Simultaneous moves.

    /** Tells whether there are positions where all players decide at once. */
    default boolean simultaneous() {
        return false;
    }

    /** Returns the number of own actions of a player where all decide at once. */
    default int ownActionCount(int player) {
        return actionCount();
    }

    /** Returns the own action of a player in a joint action. */
    default int ownAction(int joint, int player) {
        int rest = joint;
        for (int p = players() - 1; p > player; p--) rest /= ownActionCount(p);
        return rest % ownActionCount(player);
    }

    /** Returns the joint action of own actions {@code [players]}. */
    default int joint(int[] ownActions) {
        int joint = 0;
        for (int p = 0; p < players(); p++) joint = joint * ownActionCount(p) + ownActions[p];
        return joint;
    }

    /** Tells whether a player may choose an own action where all decide at once; a joint action is legal where all its parts are. */
    default boolean ownLegal(int[] position, int player, int ownAction) {
        return playerToMove(position) == SIMULTANEOUS;
    }

    // Random play. Games override these where bits are faster than loops.

    /**
     * Returns a legal action of a decision, all with the same probability.
     *
     * @param random 64 random bits
     */
    default int randomAction(int[] position, long random) {
        int skip = Bits.below(legalCount(position), random);
        int action = 0;
        while (!legal(position, action) || skip-- > 0) action++;
        return action;
    }

    /**
     * Returns an outcome of chance, each with its probability.
     *
     * @param random 64 random bits
     */
    default int randomOutcome(int[] position, long random) {
        double left = Bits.uniform(random);
        int last = 0;
        for (int outcome = 0; outcome < chanceCount(); outcome++) {
            double probability = chanceProbability(position, outcome);
            if (probability > 0) last = outcome;
            left -= probability;
            if (left < 0 && probability > 0) return outcome;
        }
        return last;
    }

    /**
     * Plays at random until the game is over or {@code maxMoves} decisions were made, in place; move i takes its bits from
     * {@code Bits.random(seed, i)}, chance included. At the limit chance still moves until a decision is due.
     *
     * @param seed     decides the whole game; take it from {@link io.ponder.engine.tensor.CounterRandom#key}
     * @param maxMoves largest number of decisions, at least 0
     * @param returns  {@code [players]}; every reward on the way is added. Modified.
     * @return the number of decisions made
     */
    default int rollout(int[] position, long seed, int maxMoves, float[] returns) {
        int moves = 0;
        for (int i = 0; ; i++) {
            int player = playerToMove(position);
            if (player == TERMINAL || (player != CHANCE && moves == maxMoves)) return moves;
            long random = Bits.random(seed, i);
            if (player == CHANCE) {
                play(position, randomOutcome(position, random));
            } else {
                play(position, randomAction(position, random));
                moves++;
            }
            for (int p = 0; p < returns.length; p++) returns[p] += reward(position, p);
        }
    }
}
