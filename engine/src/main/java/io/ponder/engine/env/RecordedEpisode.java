package io.ponder.engine.env;

import java.util.ArrayList;
import java.util.List;

/** Keeps what happened in one episode: result and state k belong to the moment before action k. */
final class RecordedEpisode {
    final long seed;
    final List<StepResult> results = new ArrayList<>();
    final List<double[]> states = new ArrayList<>();
    final List<float[]> actions = new ArrayList<>();

    /** Who was to move and what was legal, each with an entry that tells of nothing where the environment does not. */
    final List<Integer> players = new ArrayList<>();

    final List<byte[]> masks = new ArrayList<>();

    RecordedEpisode(long seed) {
        this.seed = seed;
    }

    void arrive(Environment environment, StepResult result) {
        results.add(result.copy());
        double[] state = new double[environment.stateSize()];
        if (state.length > 0) environment.readState(state);
        states.add(state);
    }

    /** Keeps who is to move and what is legal; called once after every {@link #arrive}. */
    void turn(int player, byte[] mask) {
        players.add(player);
        masks.add(mask);
    }

    StepResult last() {
        return results.get(results.size() - 1);
    }
}
