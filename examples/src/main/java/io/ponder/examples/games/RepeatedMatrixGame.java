package io.ponder.examples.games;

import io.ponder.engine.Checks;
import io.ponder.engine.game.Game;

/**
 * Plays a matrix game again and again for some rounds; both see what was chosen. Position: rounds played, and the last joint
 * action plus 1, or 0. Observation: the same numbers.
 */
public final class RepeatedMatrixGame implements Game {
    private final MatrixGame stage;
    private final int rounds;

    /** Creates the game. */
    public RepeatedMatrixGame(MatrixGame stage, int rounds) {
        this.stage = stage;
        this.rounds = Checks.positive("rounds", rounds);
    }

    @Override
    public String name() {
        return "repeated-" + stage.name();
    }

    @Override
    public int players() {
        return 2;
    }

    @Override
    public boolean zeroSum() {
        return stage.zeroSum();
    }

    @Override
    public boolean simultaneous() {
        return true;
    }

    @Override
    public int actionCount() {
        return stage.actionCount();
    }

    @Override
    public int ownActionCount(int player) {
        return stage.ownActionCount(player);
    }

    @Override
    public int positionSize() {
        return 2;
    }

    @Override
    public void start(int[] position) {
        position[0] = 0;
        position[1] = 0;
    }

    @Override
    public int playerToMove(int[] position) {
        return position[0] < rounds ? SIMULTANEOUS : TERMINAL;
    }

    @Override
    public boolean legal(int[] position, int action) {
        return position[0] < rounds;
    }

    @Override
    public void play(int[] position, int move) {
        position[0]++;
        position[1] = move + 1;
    }

    @Override
    public float reward(int[] position, int player) {
        return position[1] == 0 ? 0 : stage.payoff(position[1] - 1, player);
    }

    @Override
    public int observationSize() {
        return 2;
    }

    @Override
    public void observe(int[] position, float[] out, int offset, int stride) {
        out[offset] = position[0];
        out[offset + stride] = position[1];
    }

    @Override
    public void recognise(float[] observation, int offset, int stride, int[] position) {
        position[0] = Math.round(observation[offset]);
        position[1] = Math.round(observation[offset + stride]);
    }
}
