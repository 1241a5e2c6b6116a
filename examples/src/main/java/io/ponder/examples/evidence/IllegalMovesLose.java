package io.ponder.examples.evidence;

import io.ponder.engine.env.Environment;
import io.ponder.engine.env.LegalActions;
import io.ponder.engine.env.Space;
import io.ponder.engine.env.StepResult;
import io.ponder.engine.env.TurnBased;
import io.ponder.engine.game.Game;
import io.ponder.engine.game.GameEnvironment;
import org.jspecify.annotations.Nullable;

/** Plays a game for two without telling which moves are legal: who makes another one has lost. What an agent learns from without masks. */
final class IllegalMovesLose implements Environment {
    private final GameEnvironment inner;
    private final byte[] mask;

    IllegalMovesLose(Game game) {
        inner = new GameEnvironment(game);
        mask = new byte[game.actionCount()];
    }

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public Space observationSpace() {
        return inner.observationSpace();
    }

    @Override
    public Space actionSpace() {
        return inner.actionSpace();
    }

    @Override
    public StepResult reset(long seed) {
        return inner.reset(seed);
    }

    @Override
    public StepResult reset() {
        return inner.reset();
    }

    @Override
    public StepResult step(float[] action) {
        inner.legalActions(mask);
        if (mask[(int) action[0]] != 0) return inner.step(action);
        // The inner game stays where it is; the next call is a reset.
        int mover = inner.playerToMove();
        StepResult lost = inner.writeState(position());
        for (int player = 0; player < lost.rewards().length; player++) lost.rewards()[player] = player == mover ? -1 : 1;
        return lost.set(lost.reward(), true);
    }

    private double[] position() {
        double[] position = new double[inner.stateSize()];
        inner.readState(position);
        return position;
    }

    @Override
    public <T> @Nullable T as(Class<T> contract) {
        if (contract == LegalActions.class) return null;
        return contract == TurnBased.class ? contract.cast(inner) : Environment.super.as(contract);
    }
}
