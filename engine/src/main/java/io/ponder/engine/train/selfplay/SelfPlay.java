package io.ponder.engine.train.selfplay;

import io.ponder.engine.Checks;
import io.ponder.engine.env.Discrete;
import io.ponder.engine.env.Environment;
import io.ponder.engine.env.LegalActions;
import io.ponder.engine.env.StepResult;
import io.ponder.engine.env.TurnBased;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.SearchAnswer;
import io.ponder.engine.plan.SearchPlanner;
import io.ponder.engine.tensor.CounterRandom;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Plays B environments side by side, all decisions in one search.
 *
 * <p>A step has two halves: {@link #play} searches and acts, {@link #record} writes down what happened. Only the second changes episodes, so
 * that another thread may learn from them during the first. An episode that was cut is searched once more at its last observation, for the
 * value behind the cut, and begins anew after that.
 *
 * <p>Episode e of row b draws from keys of (seed, b + e B): what is played does not depend on the other rows, as long as the model is the
 * same. One thread at a time.
 */
public final class SelfPlay {
    private static final long STARTS = 1;
    private static final long DECISIONS = 2;
    private static final long CHOICES = 3;

    private final StepShape shape;
    private final Environment[] environments;
    private final WorldModel model;
    private final SearchPlanner planner;
    private final long seed;
    private final Consumer<PlayedEpisode> listener;
    private final PlanRequest request;
    private final float[] observations;
    private final boolean[] illegal;
    private final byte[] mask;
    private final Row[] rows;
    private final float[] weights;
    private double temperature = 1;

    /** What one environment is at. */
    private final class Row {
        private final Environment environment;
        private PlayedEpisode episode;
        private final float[] action;
        private StepResult result;
        private double reward;
        private boolean cut;

        Row(Environment environment, long firstEpisode) {
            this.environment = environment;
            action = new float[shape.actionSize()];
            episode = new PlayedEpisode(shape, firstEpisode);
            result = environment.reset(startSeed(seed, firstEpisode));
            look();
        }

        void beginNext() {
            episode = new PlayedEpisode(shape, episode.id() + environments.length);
            result = environment.reset(startSeed(seed, episode.id()));
            cut = false;
            look();
        }

        /** Goes on in an episode of a file: the environment is played through the same actions again. */
        void resume(PlayedEpisode running) {
            episode = running;
            result = environment.reset(startSeed(seed, running.id()));
            for (int t = 0; t < running.length(); t++) {
                System.arraycopy(running.actions(), t * shape.actionSize(), action, 0, shape.actionSize());
                result = result.done() ? result : environment.step(action);
            }
            cut = result.truncated() && !result.terminated();
            int size = shape.observationSize();
            int at = running.length() * size;
            if (result.terminated() || !Arrays.equals(result.observation(), 0, size, running.observations(), at, at + size)) {
                throw new TrainingFailedException("The environment " + environment.name() + " does not come back to where episode "
                        + running.id() + " was after " + running.length() + " steps.\nMaybe it was changed since, or its steps depend on more"
                        + " than the seed of reset and the actions.");
            }
        }

        void look() {
            episode.see(result.observation(), mover());
        }

        private int mover() {
            TurnBased turns = environment.as(TurnBased.class);
            return turns == null || result.terminated() ? 0 : turns.playerToMove();
        }
    }

    /**
     * Begins an episode in every environment.
     *
     * @param environments B environments of one task, owned by the caller and used by nobody else
     * @param model        the model that the planner was built with
     * @param planner      built for B rows, closed by the caller
     * @param shape        what is recorded
     * @param seed         of starts and decisions
     * @param explore      whether decisions explore
     * @param listener     told of every step that was recorded, and of the end of a cut episode
     */
    public SelfPlay(
            List<? extends Environment> environments, WorldModel model, SearchPlanner planner, StepShape shape, long seed,
            boolean explore, Consumer<PlayedEpisode> listener) {
        int count = Checks.positive("number of environments", environments.size());
        this.shape = shape;
        this.environments = environments.toArray(new Environment[0]);
        this.model = model;
        this.planner = planner;
        this.seed = seed;
        this.listener = listener;
        request = new PlanRequest(model, count).explore(explore);
        observations = new float[Math.multiplyExact(shape.observationSize(), count)];
        illegal = new boolean[shape.maskSize() * count];
        mask = new byte[shape.maskSize()];
        if (shape.maskSize() > 0) request.illegal(illegal);
        weights = new float[shape.edges()];
        rows = new Row[count];
        for (int b = 0; b < count; b++) rows[b] = new Row(this.environments[b], b);
    }

    /** Returns what is recorded of a task whose decisions are searched so: sampled actions, or one edge for each action. */
    public static StepShape shape(Environment environment, SearchAnswer answer) {
        int actions = environment.actionSpace() instanceof Discrete discrete ? discrete.count() : 0;
        int edges = actions > 0 && !answer.sampled() ? actions : answer.width();
        int maskSize = environment.as(LegalActions.class) == null ? 0 : actions;
        return new StepShape(
                environment.observationSpace().size(), environment.actionSpace().size(), edges, answer.sampled(), maskSize);
    }

    /** Returns the seed with which an episode starts. */
    public static long startSeed(long seed, long episode) {
        return CounterRandom.key(CounterRandom.key(seed, STARTS), episode);
    }

    /** Sets with which temperature visits become actions from now on; NaN leaves the choice to the search. Without exploring it is 0. */
    public void temperature(double newTemperature) {
        temperature = newTemperature;
    }

    /** Searches all rows and acts in all environments that do not wait for the value behind a cut. */
    public void play() {
        int count = rows.length;
        for (int b = 0; b < count; b++) {
            Row row = rows[b];
            float[] seen = row.result.observation();
            for (int d = 0; d < seen.length; d++) observations[d * count + b] = seen[d];
            if (shape.maskSize() > 0) maskRow(b, row);
            long decisions = CounterRandom.key(CounterRandom.key(seed, DECISIONS), row.episode.id());
            request.keys()[b] = CounterRandom.key(decisions, row.episode.length());
        }
        planner.plan(request.observe(model, observations), Budget.UNLIMITED);
        for (int b = 0; b < count; b++) {
            if (!rows[b].cut) act(b, rows[b]);
        }
    }

    private void maskRow(int b, Row row) {
        LegalActions rules = row.environment.as(LegalActions.class);
        if (rules == null || row.cut) return;
        rules.legalActions(mask);
        for (int a = 0; a < mask.length; a++) illegal[a * rows.length + b] = mask[a] == 0;
    }

    private void act(int b, Row row) {
        int edge = choose(b);
        if (edge < 0) {
            throw new TrainingFailedException("The search found no action in step " + row.episode.length() + " of episode " + row.episode.id()
                    + " of " + row.environment.name() + ".\nMaybe the model takes this state for an end, or every logit is not a number.");
        }
        for (int d = 0; d < row.action.length; d++) row.action[d] = planner.result().action(b, edge, d);
        int mover = row.mover();
        row.result = row.environment.step(row.action);
        row.reward = row.result.rewards().length > mover ? row.result.reward(mover) : row.result.reward();
    }

    /** Draws an edge in proportion to visits^(1/temperature). */
    private int choose(int b) {
        SearchAnswer answer = planner.result();
        if (!request.explore() || Double.isNaN(temperature) || temperature == 0) return answer.chosenEdge()[b];
        int most = 0;
        for (int a = 0; a < weights.length; a++) most = Math.max(most, answer.visitCounts()[a * rows.length + b]);
        if (most == 0) return answer.chosenEdge()[b];
        for (int a = 0; a < weights.length; a++) {
            weights[a] = (float) Math.pow((double) answer.visitCounts()[a * rows.length + b] / most, 1 / temperature);
        }
        long key = CounterRandom.key(request.keys()[b], CHOICES);
        return CounterRandom.categorical(weights.length, weights, 0, 1, CounterRandom.uniform((int) key, (int) (key >>> 32), 0, 0));
    }

    /**
     * Writes down what {@link #play} did, tells the listener, and begins anew where an episode is over.
     *
     * @return the environment steps that were made
     */
    public int record() {
        int made = 0;
        for (int b = 0; b < rows.length; b++) {
            Row row = rows[b];
            keep(b, row.episode);
            if (row.cut) {
                row.episode.truncate();
            } else {
                StepResult result = row.result;
                row.episode.act(row.action, row.reward, result.reward(), result.terminated());
                row.cut = result.truncated() && !result.terminated();
                if (!result.terminated()) row.look();
                made++;
            }
            listener.accept(row.episode);
            if (row.episode.complete()) row.beginNext();
        }
        return made;
    }

    /** Keeps what the search found at the position that is seen. */
    private void keep(int b, PlayedEpisode episode) {
        SearchAnswer answer = planner.result();
        int step = episode.length();
        int edges = shape.edges();
        episode.rootValues()[step] = answer.rootValues()[b];
        for (int a = 0; a < edges; a++) {
            episode.policies()[step * edges + a] = answer.policy()[a * rows.length + b];
        }
        int actions = shape.maskSize();
        for (int a = 0; a < actions; a++) episode.illegal()[step * actions + a] = illegal[a * rows.length + b];
        if (!shape.sampled()) return;
        int size = shape.actionSize();
        for (int a = 0; a < edges; a++) {
            for (int d = 0; d < size; d++) episode.sampledActions()[(step * edges + a) * size + d] = answer.action(b, a, d);
        }
    }

    /** Goes on in episodes of a file, one a row. */
    void resume(PlayedEpisode[] running) {
        for (int b = 0; b < rows.length; b++) rows[b].resume(running[b]);
    }

    /** Returns the number of environments B. */
    public int rows() {
        return rows.length;
    }

    /** Returns the episode that an environment is in. */
    public PlayedEpisode episode(int row) {
        return rows[row].episode;
    }

    /** Plays until every environment has finished an episode, and returns the returns of these {@code [B]}, of player 0. */
    public double[] finishAll() {
        return finishAll(() -> false);
    }

    /** Does the same until {@code stop} says true; returns of episodes that are not finished are NaN then. */
    double[] finishAll(BooleanSupplier stop) {
        double[] returns = new double[rows.length];
        Arrays.fill(returns, Double.NaN);
        boolean[] finished = new boolean[rows.length];
        int left = rows.length;
        while (left > 0 && !stop.getAsBoolean()) {
            PlayedEpisode[] playing = new PlayedEpisode[rows.length];
            for (int b = 0; b < rows.length; b++) playing[b] = rows[b].episode;
            play();
            record();
            for (int b = 0; b < rows.length; b++) {
                if (finished[b] || !(playing[b].complete() || rows[b].cut)) continue;
                finished[b] = true;
                returns[b] = playing[b].episodeReturn();
                left--;
            }
        }
        return returns;
    }
}
