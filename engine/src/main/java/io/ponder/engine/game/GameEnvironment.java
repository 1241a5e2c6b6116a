package io.ponder.engine.game;

import io.ponder.engine.env.Box;
import io.ponder.engine.env.Discrete;
import io.ponder.engine.env.Environment;
import io.ponder.engine.env.EpisodeRandom;
import io.ponder.engine.env.LegalActions;
import io.ponder.engine.env.Space;
import io.ponder.engine.env.StepResult;
import io.ponder.engine.env.TurnBased;
import java.util.Arrays;

/**
 * Plays a game as an environment: a step is one decision, whoever's it is, and whatever chance does until the next one.
 *
 * <p>The action is the game's number of the action, a joint one where all players decide at once. The rewards of a step are the sum over
 * its transitions. The state is the game's position; a written state in which chance moves is played on to a decision. An action that is
 * not legal is refused and changes nothing.
 *
 * <p>One thread at a time; a step allocates nothing.
 */
public final class GameEnvironment implements Environment, TurnBased, LegalActions {
    private final Game game;
    private final Box observationSpace;
    private final Discrete actionSpace;
    private final EpisodeRandom random = new EpisodeRandom();
    private final StepResult result;
    private final int[] position;
    private final int[] legal;
    private boolean over = true;

    /** Creates the environment; {@code reset} starts the first game. */
    public GameEnvironment(Game game) {
        this.game = game;
        observationSpace = Box.of(game.observationSize(), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        actionSpace = new Discrete(game.actionCount());
        result = new StepResult(game.observationSize(), game.players());
        position = new int[game.positionSize()];
        legal = new int[game.actionCount()];
    }

    /** Returns the rules. */
    public Game game() {
        return game;
    }

    /** Returns the position itself {@code [positionSize]}. Not to be modified. */
    public int[] position() {
        return position;
    }

    @Override
    public String name() {
        return game.name();
    }

    @Override
    public Space observationSpace() {
        return observationSpace;
    }

    @Override
    public Space actionSpace() {
        return actionSpace;
    }

    @Override
    public StepResult reset(long seed) {
        random.seed(seed);
        return reset();
    }

    @Override
    public StepResult reset() {
        game.start(position);
        return begin();
    }

    private StepResult begin() {
        result.start();
        letChanceMove();
        Arrays.fill(result.rewards(), 0);
        over = game.playerToMove(position) == Game.TERMINAL;
        game.observe(position, result.observation(), 0, 1);
        if (over) result.set(0, true);
        return result;
    }

    private void letChanceMove() {
        while (game.playerToMove(position) == Game.CHANCE) {
            game.play(position, game.randomOutcome(position, random.nextLong()));
            collect();
        }
    }

    private void collect() {
        double[] rewards = result.rewards();
        for (int p = 0; p < rewards.length; p++) rewards[p] += game.reward(position, p);
    }

    @Override
    public StepResult step(float[] action) {
        if (over) throw new IllegalStateException("The game of " + name() + " is over.\nMaybe call reset() first.");
        int move = actionSpace.index(action);
        if (!game.legal(position, move)) throw illegal(move);
        result.start();
        game.play(position, move);
        collect();
        letChanceMove();
        over = game.playerToMove(position) == Game.TERMINAL;
        game.observe(position, result.observation(), 0, 1);
        return result.set(result.reward(), over);
    }

    private IllegalArgumentException illegal(int move) {
        int[] actions = Arrays.copyOf(legal, game.legalActions(position, legal));
        return new IllegalArgumentException("action is " + move + ", but in this position of " + name() + " it must be one of "
                + Arrays.toString(actions) + ".\nMaybe the mask of an earlier position was used.");
    }

    @Override
    public int stateSize() {
        return position.length;
    }

    @Override
    public void readState(double[] state) {
        for (int i = 0; i < position.length; i++) state[i] = position[i];
    }

    @Override
    public StepResult writeState(double[] state) {
        for (int i = 0; i < position.length; i++) position[i] = (int) state[i];
        return begin();
    }

    @Override
    public boolean stochastic() {
        return game.chanceCount() > 0;
    }

    @Override
    public int players() {
        return game.players();
    }

    @Override
    public int playerToMove() {
        return game.playerToMove(position);
    }

    @Override
    public boolean zeroSum() {
        return game.zeroSum();
    }

    @Override
    public void legalActions(byte[] mask) {
        Arrays.fill(mask, 0, legal.length, (byte) 0);
        int count = game.legalActions(position, legal);
        for (int i = 0; i < count; i++) mask[legal[i]] = 1;
    }
}
