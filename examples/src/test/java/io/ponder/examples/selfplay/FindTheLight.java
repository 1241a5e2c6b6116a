package io.ponder.examples.selfplay;

import io.ponder.engine.env.Box;
import io.ponder.engine.env.Discrete;
import io.ponder.engine.env.Environment;
import io.ponder.engine.env.EpisodeRandom;
import io.ponder.engine.env.Space;
import io.ponder.engine.env.StepResult;

/** One of three lamps is lit; naming it earns 1 and lights the next, two lamps on. Ends, or is cut, after 8 steps. */
final class FindTheLight implements Environment {
    private static final int STEPS = 8;

    private final boolean cut;
    private final EpisodeRandom random = new EpisodeRandom();
    private final StepResult result = new StepResult(3);
    private int lit;
    private int step;

    FindTheLight(boolean cut) {
        this.cut = cut;
    }

    @Override
    public String name() {
        return "find-the-light";
    }

    @Override
    public Space observationSpace() {
        return Box.of(3, 0, 1);
    }

    @Override
    public Space actionSpace() {
        return new Discrete(3);
    }

    @Override
    public StepResult reset(long seed) {
        random.seed(seed);
        return reset();
    }

    @Override
    public StepResult reset() {
        lit = (int) Long.remainderUnsigned(random.nextLong(), 3);
        step = 0;
        show();
        return result.start();
    }

    private void show() {
        for (int i = 0; i < 3; i++) result.observation()[i] = i == lit ? 1 : 0;
    }

    @Override
    public StepResult step(float[] action) {
        double reward = (int) action[0] == lit ? 1 : 0;
        lit = (lit + 2) % 3;
        show();
        boolean over = ++step == STEPS;
        result.set(reward, over && !cut);
        return over && cut ? result.truncate() : result;
    }
}
