package io.ponder.examples.search;

import io.ponder.engine.game.Bits;
import io.ponder.engine.game.Game;

/**
 * A made-up game whose tree hangs on a seed: who moves, what is legal, where it ends, and what every transition pays. Rewards are
 * different almost surely, so that the best play of several players is one.
 *
 * <p>Position: a hash of the way (or one of {@code kinds} numbers a depth, so that ways meet), the depth, then the rewards of the
 * last transition in bits.
 */
final class RandomGame implements Game {
    static final int ACTIONS = 3;

    private final long seed;
    private final int players;
    private final int depth;
    private final int kinds;
    private final boolean chance;
    private final boolean zeroSum;

    RandomGame(long seed, int players, int depth, int kinds, boolean chance) {
        this(seed, players, depth, kinds, chance, false);
    }

    /**
     * Creates a game.
     *
     * @param depth   moves at most
     * @param kinds   different positions of a depth; 0 for one a way
     * @param chance  whether chance moves too
     * @param zeroSum whether two players sum to 0
     */
    RandomGame(long seed, int players, int depth, int kinds, boolean chance, boolean zeroSum) {
        this.seed = seed;
        this.players = players;
        this.depth = depth;
        this.kinds = kinds;
        this.chance = chance;
        this.zeroSum = zeroSum;
    }

    private long draw(int[] position, int number) {
        return Bits.random(seed * 31 + position[1], (position[0] + number * 0x3779B) & 0x7FFFFFFF);
    }

    @Override
    public String name() {
        return "random";
    }

    @Override
    public int players() {
        return players;
    }

    @Override
    public boolean zeroSum() {
        return zeroSum;
    }

    @Override
    public int actionCount() {
        return ACTIONS;
    }

    @Override
    public int chanceCount() {
        return chance ? 2 : 0;
    }

    @Override
    public int positionSize() {
        return 2 + players;
    }

    @Override
    public int identitySize() {
        return 2;
    }

    @Override
    public void start(int[] position) {
        for (int i = 0; i < position.length; i++) position[i] = 0;
    }

    @Override
    public int playerToMove(int[] position) {
        if (position[1] >= depth || position[1] > 1 && Bits.below(8, draw(position, 1)) == 0) return TERMINAL;
        if (chance && Bits.below(4, draw(position, 2)) == 0) return CHANCE;
        return Bits.below(players, draw(position, 3));
    }

    @Override
    public boolean legal(int[] position, int action) {
        if (playerToMove(position) < 0) return false;
        int mask = 1 + Bits.below(7, draw(position, 4));
        return (mask >>> action & 1) != 0;
    }

    @Override
    public double chanceProbability(int[] position, int outcome) {
        double first = 0.1 + 0.8 * Bits.uniform(draw(position, 5));
        return outcome == 0 ? first : 1 - first;
    }

    @Override
    public void play(int[] position, int move) {
        long next = draw(position, 10 + move);
        position[1]++;
        position[0] = kinds == 0 ? (int) (next >>> 33) : Bits.below(kinds, next);
        for (int p = 0; p < players; p++) {
            // Many transitions pay nothing; all that pay, pay something else.
            boolean pays = playerToMove(position) == TERMINAL || Bits.below(4, Bits.random(next, 0)) == 0;
            float amount = pays ? (float) (2 * Bits.uniform(Bits.random(next, 1 + p)) - 1) / depth : 0;
            if (zeroSum && p == 1) amount = -Float.intBitsToFloat(position[2]);
            position[2 + p] = Float.floatToIntBits(amount);
        }
    }

    @Override
    public float reward(int[] position, int player) {
        return Float.intBitsToFloat(position[2 + player]);
    }

    @Override
    public int observationSize() {
        return 2;
    }

    @Override
    public void observe(int[] position, float[] out, int offset, int stride) {
        throw new UnsupportedOperationException("not needed");
    }

    @Override
    public void recognise(float[] observation, int offset, int stride, int[] position) {
        throw new UnsupportedOperationException("not needed");
    }
}
