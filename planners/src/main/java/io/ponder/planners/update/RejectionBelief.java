package io.ponder.planners.update;

import io.ponder.engine.Checks;
import io.ponder.engine.game.Bits;
import io.ponder.engine.game.Game;
import io.ponder.engine.game.ImperfectInformationGame;
import io.ponder.engine.game.imperfect.GamePolicy;
import io.ponder.engine.tensor.CounterRandom;

/**
 * Draws from the belief by playing from the start and keeping what fits: the player's own moves are those of his history,
 * chance and the others draw theirs, and a game is given up where he would know something else than he did. Exact, whatever the
 * policy of the others; slow where what he knows is unlikely.
 *
 * <p>All games of a round are played in step, so that the policy is asked for a batch at a time. A round is always played to its
 * end and read in the order of its columns: to stop at the first that fit would favour short games.
 */
public final class RejectionBelief implements BeliefSampler {
    private final ImperfectInformationGame game;
    private final GamePolicy policy;
    private final int batch;
    private final int rounds;
    private final int[][] position;
    private final int[][] asked;
    private final boolean[] fits;
    private final int[] column;
    private final int[] decision;
    private final long[] seed;
    private final int[] draws;
    private final float[] probabilities;

    /**
     * Creates the sampler.
     *
     * @param policy what the others play
     * @param batch  games that are played in step, at least 1
     * @param rounds batches that are played at most, at least 1
     */
    public RejectionBelief(ImperfectInformationGame game, GamePolicy policy, int batch, int rounds) {
        this.game = game;
        this.policy = policy;
        this.batch = Checks.positive("batch", batch);
        this.rounds = Checks.positive("rounds", rounds);
        position = new int[batch][game.positionSize()];
        asked = new int[batch][];
        fits = new boolean[batch];
        column = new int[batch];
        decision = new int[batch];
        seed = new long[batch];
        draws = new int[batch];
        probabilities = new float[game.actionCount() * batch];
    }

    @Override
    public int sample(OwnHistory history, long key, int count, int[][] out) {
        int found = 0;
        for (int round = 0; round < rounds && found < count; round++) {
            for (int k = 0; k < batch; k++) {
                game.start(position[k]);
                fits[k] = false;
                decision[k] = 0;
                draws[k] = 0;
                seed[k] = CounterRandom.key(key, (long) round * batch + k);
            }
            play(history);
            for (int k = 0; k < batch && found < count; k++) {
                if (fits[k]) System.arraycopy(position[k], 0, out[found++], 0, position[k].length);
            }
        }
        return found;
    }

    /** Plays all games of a batch to the player's decision, or until they are given up. */
    private void play(OwnHistory history) {
        int live = batch;
        for (int k = 0; k < batch; k++) column[k] = k;
        while (live > 0) {
            int going = 0;
            for (int i = 0; i < live; i++) {
                int k = column[i];
                int state = advance(history, k);
                fits[k] = state == FOUND;
                if (state == ASKS) {
                    asked[going] = position[k];
                    column[going++] = k;
                }
            }
            live = going;
            if (live > 0) {
                policy.probabilities(asked, live, probabilities);
                for (int i = 0; i < live; i++) {
                    int k = column[i];
                    float uniform = (float) Bits.uniform(Bits.random(seed[k], draws[k]++));
                    game.play(position[k], CounterRandom.categorical(game.actionCount(), probabilities, i, live, uniform));
                }
            }
        }
    }

    private static final int ASKS = 0;
    private static final int FOUND = 1;
    private static final int GIVEN_UP = 2;

    /** Plays chance and the player's own moves until another one must decide. */
    private int advance(OwnHistory history, int k) {
        int[] at = position[k];
        while (true) {
            int mover = game.playerToMove(at);
            if (mover == Game.TERMINAL) return GIVEN_UP;
            if (mover == Game.CHANCE) {
                game.play(at, game.randomOutcome(at, Bits.random(seed[k], draws[k]++)));
            } else if (mover != history.player()) {
                return ASKS;
            } else {
                long knows = game.informationSet(at, mover);
                if (decision[k] == history.length()) return knows == history.now() ? FOUND : GIVEN_UP;
                if (knows != history.set(decision[k])) return GIVEN_UP;
                game.play(at, history.action(decision[k]++));
            }
        }
    }
}
