package io.ponder.engine.train;

import io.ponder.engine.Checks;
import io.ponder.engine.data.RowSampler;
import io.ponder.engine.data.TransitionBatch;
import io.ponder.engine.data.TransitionStore;
import io.ponder.engine.env.Environment;
import io.ponder.engine.env.StepResult;
import io.ponder.engine.nn.Adam;
import io.ponder.engine.nn.ForwardPass;
import io.ponder.engine.nn.GradientClipping;
import io.ponder.engine.nn.Initialiser;
import io.ponder.engine.nn.LossGradient;
import io.ponder.engine.nn.Network;
import io.ponder.engine.nn.NetworkBuilder;
import io.ponder.engine.nn.Node;
import io.ponder.engine.nn.Objective;
import io.ponder.engine.tensor.Activation;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.engine.tensor.RandomStream;
import java.util.Arrays;

/**
 * Learns the values of discrete actions from replayed transitions with a small network and a target network (Mnih et al. 2015, "Human-level
 * control through deep reinforcement learning"; double: van Hasselt et al. 2016). Without a model; as a policy it acts greedily.
 *
 * <p>The loss of a transition is (Q(s, a) - r - discount Q'(s', b))^2, where b is the best next action. With {@code conservatism} c it has
 * c (log sum exp Q(s, .) - Q(s, a)) beside it (Kumar et al. 2020, CQL, equation 4): actions that the data do not hold are worth less,
 * which is the term that COMBO (Yu et al. 2021) takes to imagined data.
 *
 * <p>Deterministic in the seed and what was added. Not thread-safe; training allocates nothing once warm.
 */
public final class DeepQLearner implements Policy {
    private static final double LARGEST_GRADIENT = 10;

    private final DeepQParameters parameters;
    private final int observationSize;
    private final int actions;
    private final Network network;
    private final Network target;
    private final Node input;
    private final Node chosen;
    private final Node goal;
    private final ForwardPass pass;
    private final ForwardPass targetPass;
    private final LossGradient gradient;
    private final Adam optimiser;
    private final TransitionStore store;
    private final TransitionBatch batch;
    private final RowSampler sampler;
    private final RandomStream exploration;
    private final int[] rows;
    private final float[] values;
    private final float[] targetValues;
    private final float[] mask;
    private final float[] goals;
    private final float[] single;
    private int steps;

    /**
     * Creates a learner.
     *
     * @param observationSize entries of an observation, best about as large as 1
     * @param actions         number of actions, at least 2
     */
    public DeepQLearner(DeepQParameters parameters, int observationSize, int actions, long seed) {
        this.parameters = parameters;
        this.observationSize = Checks.positive("observationSize", observationSize);
        this.actions = Checks.inRange("actions", actions, 2, Integer.MAX_VALUE);
        var builder = new NetworkBuilder();
        input = builder.input("observation", observationSize);
        chosen = builder.target("chosen", actions);
        goal = builder.target("goal", actions);
        Node x = input;
        for (int layer = 0; layer < 2; layer++) {
            x = builder.activation(Activation.RELU, builder.dense("hidden." + layer, x, parameters.width(), Initialiser.heNormal()));
        }
        Node q = builder.dense("value", x, actions, Initialiser.zeros());
        Node error = builder.squaredError(builder.times(q, chosen), goal);
        Node conservative = builder.crossEntropy(q, chosen);
        network = builder.build(CounterRandom.key(seed, 0));
        target = network.copy();
        // The error is a mean over all actions, of which one counts.
        var objective = new Objective().add(actions, error);
        if (parameters.conservatism() > 0) objective.add(parameters.conservatism(), conservative);
        gradient = new LossGradient(network, objective, parameters.batchSize());
        pass = new ForwardPass(network, parameters.batchSize(), q);
        targetPass = new ForwardPass(target, parameters.batchSize(), q);
        optimiser = new Adam(network.parameterCount());
        store = new TransitionStore(observationSize, 1, parameters.capacity());
        batch = new TransitionBatch(observationSize, 1, parameters.batchSize());
        sampler = new RowSampler(CounterRandom.key(seed, 1));
        exploration = new RandomStream(seed, 2);
        rows = new int[parameters.batchSize()];
        values = new float[actions * parameters.batchSize()];
        targetValues = new float[actions * parameters.batchSize()];
        mask = new float[actions * parameters.batchSize()];
        goals = new float[actions * parameters.batchSize()];
        single = new float[actions];
    }

    /** Returns the transitions that are learned from; may be added to directly. */
    public TransitionStore store() {
        return store;
    }

    /** Returns the value of an action in a state. */
    public float value(float[] observation, int action) {
        pass.run(0, observation, 0, 1, 1, single, 0, 1);
        return single[Checks.inRange("action", action, 0, actions - 1)];
    }

    /** Returns the best action, the lowest index among equals. */
    public int best(float[] observation) {
        pass.run(0, observation, 0, 1, 1, single, 0, 1);
        return best(single, 0, 1);
    }

    private int best(float[] of, int k, int columns) {
        int best = 0;
        for (int a = 1; a < actions; a++) if (of[a * columns + k] > of[best * columns + k]) best = a;
        return best;
    }

    @Override
    public void act(float[] observation, float[] action) {
        action[0] = best(observation);
    }

    /** Makes one optimiser step on a batch of stored transitions, drawn uniformly. Returns the loss. */
    public double train() {
        Checks.positive("transitions in the store", store.size());
        int columns = parameters.batchSize();
        sampler.uniform(store.size(), columns, rows);
        batch.gather(store, rows, 0, columns);
        targetPass.run(0, batch.nextObservations(), 0, columns, columns, targetValues, 0, columns);
        if (parameters.doubled()) pass.run(0, batch.nextObservations(), 0, columns, columns, values, 0, columns);
        float[] choosing = parameters.doubled() ? values : targetValues;
        Arrays.fill(mask, 0);
        Arrays.fill(goals, 0);
        for (int k = 0; k < columns; k++) {
            float future = batch.terminated()[k] ? 0 : targetValues[best(choosing, k, columns) * columns + k];
            int at = (int) batch.actions()[k] * columns + k;
            mask[at] = 1;
            goals[at] = batch.rewards()[k] + (float) parameters.discount() * future;
        }
        gradient.bind(input, batch.observations());
        gradient.bind(chosen, mask);
        gradient.bind(goal, goals);
        double loss = gradient.compute(columns);
        GradientClipping.clipNorm(gradient.gradient(), network.parameterCount(), LARGEST_GRADIENT);
        optimiser.step(network.parameters(), gradient.gradient(), parameters.learningRate());
        if (++steps % parameters.targetEvery() == 0) {
            System.arraycopy(network.parameters(), 0, target.parameters(), 0, network.parameterCount());
        }
        return loss;
    }

    /**
     * Plays an episode of an environment with discrete actions, stores it, and makes a training step after every one of the environment.
     *
     * @param seed        starts the episode
     * @param randomShare probability of a random action, from 0 to 1
     * @return the undiscounted return
     */
    public double episode(Environment environment, long seed, double randomShare) {
        Checks.same("observationSize of the environment", environment.observationSpace().size(), "observationSize", observationSize);
        StepResult result = environment.reset(seed);
        float[] observation = result.observation().clone();
        float[] action = new float[1];
        double sum = 0;
        while (!result.done()) {
            if (exploration.nextDouble() < randomShare) action[0] = exploration.nextInt(actions);
            else act(observation, action);
            result = environment.step(action);
            store.add(observation, action, result.reward(), result.observation(), result.terminated(), result.truncated());
            System.arraycopy(result.observation(), 0, observation, 0, observation.length);
            sum += result.reward();
            train();
        }
        return sum;
    }
}
