package io.ponder.engine.tabular;

import io.ponder.engine.Checks;
import io.ponder.engine.env.Discrete;
import io.ponder.engine.env.Environment;
import io.ponder.engine.env.EpisodeRandom;
import io.ponder.engine.env.Space;
import io.ponder.engine.env.StepResult;

/** Plays a finite Markov decision process: the observation is the index of the state, outcomes are drawn at random. */
public final class TabularEnvironment implements Environment {
    private final String name;
    private final TabularMdp mdp;
    private final Discrete observationSpace;
    private final Discrete actionSpace;
    private final boolean stochastic;
    private final EpisodeRandom random = new EpisodeRandom();
    private final StepResult result = new StepResult(1);
    private int state;
    private boolean started;

    /** Creates the environment; {@code reset} starts the first episode. */
    public TabularEnvironment(String name, TabularMdp mdp) {
        this.name = name;
        this.mdp = mdp;
        observationSpace = new Discrete(mdp.stateCount());
        actionSpace = new Discrete(mdp.actionCount());
        stochastic = hasChoice(mdp);
    }

    private static boolean hasChoice(TabularMdp mdp) {
        for (int state = 0; state < mdp.stateCount(); state++) {
            for (int action = 0; action < mdp.actionCount(); action++) {
                if (mdp.outcomeCount(state, action) > 1) return true;
            }
        }
        return false;
    }

    /** Returns the process that is played. */
    public TabularMdp mdp() {
        return mdp;
    }

    @Override
    public String name() {
        return name;
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
        double left = random.nextDouble();
        int chosen = -1;
        for (int s = 0; s < mdp.stateCount() && left >= 0; s++) {
            double probability = mdp.startProbability(s);
            // Keeps the last possible state, so that a sum a little below 1 cannot fall off the end.
            if (probability > 0) chosen = s;
            left -= probability;
        }
        return begin(chosen);
    }

    private StepResult begin(int newState) {
        state = newState;
        started = true;
        result.start().observation()[0] = state;
        return result;
    }

    @Override
    public StepResult step(float[] action) {
        if (!started) throw new IllegalStateException("The episode of " + name + " is over.\nMaybe call reset() first.");
        int a = actionSpace.index(action);
        int outcome = draw(a);
        double reward = mdp.reward(state, a, outcome);
        boolean terminated = mdp.terminated(state, a, outcome);
        state = mdp.nextState(state, a, outcome);
        started = !terminated;
        result.observation()[0] = state;
        return result.set(reward, terminated);
    }

    private int draw(int action) {
        int last = mdp.outcomeCount(state, action) - 1;
        if (last == 0) return 0;
        double left = random.nextDouble() - mdp.probability(state, action, 0);
        int outcome = 0;
        while (left >= 0 && outcome < last) left -= mdp.probability(state, action, ++outcome);
        return outcome;
    }

    @Override
    public int stateSize() {
        return 1;
    }

    @Override
    public void readState(double[] out) {
        out[0] = state;
    }

    @Override
    public StepResult writeState(double[] newState) {
        return begin(Checks.inRange("state", (int) newState[0], 0, mdp.stateCount() - 1));
    }

    @Override
    public boolean stochastic() {
        return stochastic;
    }
}
