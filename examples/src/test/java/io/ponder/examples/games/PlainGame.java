package io.ponder.examples.games;

import io.ponder.engine.game.Game;

/** Passes a game on, but plays rollouts move by move as the contract says. */
record PlainGame(Game inner) implements Game {
    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public int players() {
        return inner.players();
    }

    @Override
    public boolean zeroSum() {
        return inner.zeroSum();
    }

    @Override
    public int actionCount() {
        return inner.actionCount();
    }

    @Override
    public int chanceCount() {
        return inner.chanceCount();
    }

    @Override
    public int positionSize() {
        return inner.positionSize();
    }

    @Override
    public void start(int[] position) {
        inner.start(position);
    }

    @Override
    public int playerToMove(int[] position) {
        return inner.playerToMove(position);
    }

    @Override
    public boolean legal(int[] position, int action) {
        return inner.legal(position, action);
    }

    @Override
    public double chanceProbability(int[] position, int outcome) {
        return inner.chanceProbability(position, outcome);
    }

    @Override
    public void play(int[] position, int move) {
        inner.play(position, move);
    }

    @Override
    public float reward(int[] position, int player) {
        return inner.reward(position, player);
    }

    @Override
    public int observationSize() {
        return inner.observationSize();
    }

    @Override
    public void observe(int[] position, float[] out, int offset, int stride) {
        inner.observe(position, out, offset, stride);
    }

    @Override
    public void recognise(float[] observation, int offset, int stride, int[] position) {
        inner.recognise(observation, offset, stride, position);
    }

    @Override
    public int randomAction(int[] position, long random) {
        return inner.randomAction(position, random);
    }

    @Override
    public int randomOutcome(int[] position, long random) {
        return inner.randomOutcome(position, random);
    }
}
