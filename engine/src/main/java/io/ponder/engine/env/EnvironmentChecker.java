package io.ponder.engine.env;

import io.ponder.engine.Checks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plays random games through an environment and reports what breaks its contract, as data.
 *
 * <pre>{@code
 * assertThat(EnvironmentChecker.check(new MyEnvironment())).isEmpty();
 * }</pre>
 *
 * <p>Each kind of mistake is reported once, at its first occurrence. The environment is left in the middle of an episode. An environment
 * that passes a few thousand random steps may still be wrong where chance does not lead.
 */
public final class EnvironmentChecker {
    /** How far the rewards of a zero-sum step may be from summing to 0, relative to the largest. */
    private static final double SUM_TOLERANCE = 1e-6;

    private static final int STEPS_AFTER_THE_END = 3;

    /** Decisions a player after which it is odd that one of them never decided. */
    private static final int TURNS_TO_WAIT = 50;

    private final Environment environment;
    private final @Nullable LegalActions masks;
    private final @Nullable TurnBased players;
    private final EpisodeRandom random = new EpisodeRandom();
    private final List<Finding> findings = new ArrayList<>();
    private final Set<Finding.Kind> found = EnumSet.noneOf(Finding.Kind.class);

    /** Decisions by player, as far as the players exist. */
    private final int[] turns;

    private EnvironmentChecker(Environment environment) {
        this.environment = environment;
        masks = environment.as(LegalActions.class);
        players = environment.as(TurnBased.class);
        turns = new int[players == null ? 0 : players.players()];
    }

    /** Plays 20 episodes of at most 200 steps and returns what was found, nothing if all is well. */
    public static List<Finding> check(Environment environment) {
        return check(environment, 0, 20, 200);
    }

    /**
     * Plays random episodes, every one three times, and returns what was found, nothing if all is well.
     *
     * @param seed     seed of the first episode and of the actions; the next episodes take the next seeds
     * @param episodes number of episodes, at least 1
     * @param maxSteps longest episode, at least 1
     */
    public static List<Finding> check(Environment environment, long seed, int episodes, int maxSteps) {
        Checks.positive("episodes", episodes);
        Checks.positive("maxSteps", maxSteps);
        EnvironmentChecker checker = new EnvironmentChecker(environment);
        checker.random.seed(seed);
        for (int e = 0; e < episodes; e++) {
            RecordedEpisode episode = new RecordedEpisode(seed + e);
            checker.guarded("playing a random episode", () -> checker.play(episode, maxSteps));
            checker.guarded("playing an episode again", () -> checker.playAgain(episode));
            checker.guarded("setting the state", () -> checker.jump(episode));
        }
        checker.guarded("starting episodes without a seed", () -> checker.continueStream(seed));
        checker.judgeTurns();
        return List.copyOf(checker.findings);
    }

    /** Plays an episode at random, judges every result, and goes on a little after the end. */
    private void play(RecordedEpisode episode, int maxSteps) {
        StepResult result = environment.reset(episode.seed);
        String when = "after reset(" + episode.seed + ")";
        judge(result, when);
        if (result.done()) report(Finding.Kind.ABSORBING, when + " the episode is already over.");
        arrive(episode, result);
        for (int step = 0; step < maxSteps && !result.done(); step++) {
            float[] action = chooseAction(when);
            float[] given = action.clone();
            when = "in step " + step + " of the episode with seed " + episode.seed;
            result = step(given, when);
            if (!Arrays.equals(action, given)) report(Finding.Kind.FAILURE, when + " the action array was changed.");
            judge(result, when);
            episode.actions.add(action);
            arrive(episode, result);
        }
        if (result.terminated()) goOnAfterTheEnd(episode);
    }

    private void arrive(RecordedEpisode episode, StepResult result) {
        episode.arrive(environment, result);
        // After the end neither means anything.
        boolean over = result.done();
        int player = over || players == null ? 0 : players.playerToMove();
        episode.turn(player, over ? new byte[0] : currentMask());
        if (!over && player >= 0 && player < turns.length) turns[player]++;
    }

    /** Returns the mask as it is, or nothing where there is none that fits. */
    private byte[] currentMask() {
        if (masks == null || !(environment.actionSpace() instanceof Discrete space)) return new byte[0];
        byte[] mask = new byte[space.count()];
        try {
            masks.legalActions(mask);
        } catch (IndexOutOfBoundsException reportedElsewhere) {
            return new byte[0];
        }
        return mask;
    }

    private StepResult step(float[] action, String when) {
        float[] chosen = action.clone();
        try {
            return environment.step(action);
        } catch (IllegalArgumentException refused) {
            if (masks != null) {
                report(Finding.Kind.MASK, when + " action " + (int) chosen[0] + " is legal by the mask, but step() refused it: "
                        + refused.getMessage());
            }
            throw refused;
        }
    }

    private void judgeTurns() {
        int decisions = 0;
        for (int count : turns) decisions += count;
        if (decisions < TURNS_TO_WAIT * turns.length) return;
        for (int p = 0; p < turns.length; p++) {
            if (turns[p] == 0) {
                report(Finding.Kind.PLAYER, "player " + p + " was never to move in " + decisions
                        + " decisions.\nMaybe playerToMove() does not follow the turns, or there are fewer players.");
            }
        }
    }

    private void judge(StepResult result, String when) {
        float[] observation = result.observation();
        Space space = environment.observationSpace();
        if (observation.length != space.size()) {
            report(Finding.Kind.SHAPE, when + " the observation has " + observation.length + " entries, but " + space + " has "
                    + space.size() + ".");
        } else if (!space.contains(observation)) {
            report(Finding.Kind.BOUNDS, when + " the observation " + Arrays.toString(observation) + " is not in " + space + ".");
        }
        judgeRewards(result, when);
        if (players != null && !result.done()) {
            int player = players.playerToMove();
            if (player != TurnBased.SIMULTANEOUS && (player < 0 || player >= players.players())) {
                report(Finding.Kind.PLAYER, when + " the player to move is " + player + ", but there are " + players.players()
                        + " players, counted from 0.");
            }
        }
    }

    private void judgeRewards(StepResult result, String when) {
        double[] rewards = result.rewards();
        int expected = players == null ? 1 : players.players();
        if (rewards.length != expected) {
            report(Finding.Kind.SHAPE, when + " there are " + rewards.length + " rewards for " + expected + " players.");
        }
        double sum = 0;
        double largest = 1;
        for (double reward : rewards) {
            if (!Double.isFinite(reward)) report(Finding.Kind.SIGN, when + " a reward is " + reward + ", but it must be finite.");
            sum += reward;
            largest = Math.max(largest, Math.abs(reward));
        }
        if (players != null && players.zeroSum() && Math.abs(sum) > SUM_TOLERANCE * largest) {
            report(Finding.Kind.SIGN, when + " the rewards " + Arrays.toString(rewards) + " sum to " + sum
                    + ", but the game is zero-sum.\nMaybe the loser's reward lacks its minus sign.");
        }
    }

    /** Draws a random legal action. */
    private float[] chooseAction(String when) {
        float[] action = environment.actionSpace().sample(random);
        if (masks == null) return action;
        if (!(environment.actionSpace() instanceof Discrete space)) {
            report(Finding.Kind.MASK, "The environment has masks, but its action space is " + environment.actionSpace() + ".");
            return action;
        }
        byte[] mask = readMask(masks, space, when);
        int legal = 0;
        for (byte entry : mask) if (entry != 0) legal++;
        if (legal == 0) {
            report(Finding.Kind.MASK, when + " no action is legal, but the episode is not over.");
            return action;
        }
        tryIllegal(mask, when);
        int skip = random.nextInt(legal);
        for (int a = 0; a < mask.length; a++) if (mask[a] != 0 && skip-- == 0) action[0] = a;
        return action;
    }

    private byte[] readMask(LegalActions source, Discrete space, String when) {
        byte[] mask = new byte[space.count()];
        byte[] again = new byte[space.count()];
        // Filled with different wrong values, so that an entry that is not written shows.
        Arrays.fill(mask, (byte) 7);
        Arrays.fill(again, (byte) 9);
        try {
            source.legalActions(mask);
            source.legalActions(again);
        } catch (IndexOutOfBoundsException e) {
            report(Finding.Kind.SHAPE, when + " the mask does not fit into " + space.count() + " entries: " + e.getMessage() + ".");
        }
        for (int a = 0; a < mask.length; a++) {
            if ((mask[a] != 0 && mask[a] != 1) || mask[a] != again[a]) {
                report(Finding.Kind.MASK, when + " entry " + a + " of the mask is " + mask[a] + " and then " + again[a]
                        + ", but it must be 0 or 1 and stay so.");
                mask[a] = 0;
            }
        }
        return mask;
    }

    /** Offers an illegal action: it must be refused and change nothing. */
    private void tryIllegal(byte[] mask, String when) {
        // From a random place on, so that in time every illegal action is tried.
        int illegal = random.nextInt(mask.length);
        for (int i = 0; i < mask.length && mask[illegal] != 0; i++) illegal = (illegal + 1) % mask.length;
        if (mask[illegal] != 0 || found.contains(Finding.Kind.MASK)) return;
        double[] before = new double[environment.stateSize()];
        double[] after = new double[environment.stateSize()];
        if (before.length > 0) environment.readState(before);
        try {
            environment.step(new float[] {illegal});
            report(Finding.Kind.MASK, when + " action " + illegal + " is illegal by the mask, but step() accepted it.");
        } catch (IllegalArgumentException refused) {
            if (after.length > 0) environment.readState(after);
            if (!Arrays.equals(before, after)) {
                report(Finding.Kind.MASK, when + " the illegal action " + illegal + " was refused, but changed the state.");
            }
        }
    }

    private void goOnAfterTheEnd(RecordedEpisode episode) {
        for (int i = 0; i < STEPS_AFTER_THE_END; i++) {
            StepResult result;
            try {
                result = environment.step(environment.actionSpace().sample(random));
            } catch (IllegalStateException | IllegalArgumentException refused) {
                return;
            }
            for (double reward : result.rewards()) {
                if (reward != 0) {
                    report(Finding.Kind.ABSORBING, "After the end of the episode with seed " + episode.seed + " a step still pays "
                            + reward + ".\nMaybe let step() throw an IllegalStateException once the episode has terminated.");
                }
            }
            if (!result.terminated()) {
                report(Finding.Kind.ABSORBING, "After the end of the episode with seed " + episode.seed
                        + " a step is not terminated: the end is left again.");
            }
        }
    }

    /** Plays the same seed and actions again and compares. */
    private void playAgain(RecordedEpisode episode) {
        if (episode.results.isEmpty()) return;
        compare(environment.reset(episode.seed), episode.results.get(0), true, Finding.Kind.DETERMINISM,
                "reset(" + episode.seed + ") the second time");
        compareTurn(episode, 0, Finding.Kind.DETERMINISM, "after reset(" + episode.seed + ") the second time");
        for (int k = 0; k + 1 < episode.results.size() && !found.contains(Finding.Kind.DETERMINISM); k++) {
            String what = "step " + k + " of the episode with seed " + episode.seed + ", played the second time,";
            compare(environment.step(episode.actions.get(k)), episode.results.get(k + 1), true, Finding.Kind.DETERMINISM, what);
            compareTurn(episode, k + 1, Finding.Kind.DETERMINISM, "after " + what);
        }
    }

    /** Sets recorded states in a strange order, in the middle of another episode, and takes the recorded step from each. */
    private void jump(RecordedEpisode episode) {
        if (environment.stateSize() == 0 || episode.results.isEmpty()) return;
        environment.reset(~episode.seed);
        for (int k = episode.actions.size() - 1; k >= 0 && !found.contains(Finding.Kind.STATE); k--) {
            double[] state = episode.states.get(k);
            String when = "with the state of step " + k + " of the episode with seed " + episode.seed + " set";
            StepResult start = environment.writeState(state.clone());
            double[] again = new double[state.length];
            environment.readState(again);
            if (!Arrays.equals(state, again)) {
                report(Finding.Kind.STATE, "The state " + Arrays.toString(state) + " was set, but " + Arrays.toString(again)
                        + " is read.");
            }
            if (!Arrays.equals(start.observation(), episode.results.get(k).observation())) {
                report(Finding.Kind.STATE, when + " the observation is " + Arrays.toString(start.observation()) + ", but it was "
                        + Arrays.toString(episode.results.get(k).observation()) + ".");
            }
            if (start.done()) report(Finding.Kind.STATE, when + " the episode is already over.");
            compareTurn(episode, k, Finding.Kind.STATE, when);
            if (environment.stochastic()) continue;
            compare(environment.step(episode.actions.get(k)), episode.results.get(k + 1), false, Finding.Kind.STATE,
                    when + " the same action");
        }
    }

    /** Starts episodes without a seed twice from the same seed: the stream must go on the same way. */
    private void continueStream(long seed) {
        List<StepResult> first = new ArrayList<>();
        environment.reset(seed);
        for (int i = 0; i < 5; i++) first.add(environment.reset().copy());
        environment.reset(seed);
        for (int i = 0; i < 5; i++) {
            compare(environment.reset(), first.get(i), true, Finding.Kind.DETERMINISM, "reset() " + (i + 1) + " after reset(" + seed + ")");
        }
    }

    private void compare(StepResult result, StepResult expected, boolean withTruncation, Finding.Kind kind, String what) {
        String advice = kind == Finding.Kind.STATE
                ? "\nMaybe the state lacks an entry, or stochastic() should answer true."
                : "\nMaybe something is not reset, or random numbers do not come from the seed.";
        if (!Arrays.equals(result.observation(), expected.observation())) {
            report(kind, what + " gave the observation " + Arrays.toString(result.observation()) + ", but it was "
                    + Arrays.toString(expected.observation()) + "." + advice);
        }
        if (!Arrays.equals(result.rewards(), expected.rewards())) {
            report(kind, what + " gave the rewards " + Arrays.toString(result.rewards()) + ", but they were "
                    + Arrays.toString(expected.rewards()) + "." + advice);
        }
        if (result.terminated() != expected.terminated() || (withTruncation && result.truncated() != expected.truncated())) {
            report(kind, what + " gave terminated " + result.terminated() + " and truncated " + result.truncated() + ", but it was "
                    + expected.terminated() + " and " + expected.truncated() + "." + advice);
        }
    }

    /** Compares who is to move and what is legal with what was recorded. */
    private void compareTurn(RecordedEpisode episode, int k, Finding.Kind kind, String when) {
        if (episode.results.get(k).done()) return;
        int player = players == null ? 0 : players.playerToMove();
        if (player != episode.players.get(k)) {
            report(kind, when + " it is the turn of player " + player + ", but it was that of player " + episode.players.get(k) + ".");
        }
        byte[] mask = currentMask();
        byte[] recorded = episode.masks.get(k);
        if (mask.length == recorded.length && !Arrays.equals(mask, recorded)) {
            report(kind, when + " the mask is " + Arrays.toString(mask) + ", but it was " + Arrays.toString(recorded)
                    + ".\nMaybe it is kept from an earlier step.");
        }
    }

    private void guarded(String doing, Runnable part) {
        try {
            part.run();
        } catch (RuntimeException e) {
            report(Finding.Kind.FAILURE, "While " + doing + " the environment threw " + e + ".");
        }
    }

    private void report(Finding.Kind kind, String sentence) {
        if (found.add(kind)) {
            findings.add(new Finding(kind, Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1)));
        }
    }
}
