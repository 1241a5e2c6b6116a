package io.ponder.examples.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.ponder.engine.env.Environment;
import io.ponder.engine.env.StepResult;
import io.ponder.examples.environments.Environments;

/**
 * Replays trajectories of control tasks: step by step from each recorded state, so that errors cannot add up, and then freely from the
 * start for as long as errors stay small.
 */
final class TrajectoryKind implements GoldenKind {
    private static final double STATE_TOLERANCE = 1e-12;
    /** Gymnasium's MountainCarContinuous keeps its state in float32. */
    private static final double FLOAT_STATE_TOLERANCE = 1e-7;
    /** Gymnasium's Pendulum squares the torque in float32. */
    private static final double FLOAT_REWARD_TOLERANCE = 1e-9;
    /** Relative: observations are float32. */
    private static final double OBSERVATION_TOLERANCE = 1e-7;
    private static final int FREE_STEPS = 50;
    private static final double FREE_TOLERANCE = 1e-6;

    @Override
    public String name() {
        return "trajectories";
    }

    @Override
    public boolean recognises(GoldenFile file) {
        return file.hasFields("environment", "trajectories");
    }

    @Override
    public Verdict replay(GoldenFile file) {
        String name = Golden.text(file.field("environment"), "environment");
        if (!Environments.has(name)) return Verdict.skip("the environment " + name + " is not built");
        Environment environment = Environments.unwrapped(name);
        if (environment.stateSize() == 0) return Verdict.skip("the state of " + name + " cannot be set");
        String[] state = componentNames(file.field("state"), environment.stateSize(), "state");
        String[] observation = componentNames(file.field("observation"), environment.observationSpace().size(), "observation");
        JsonNode trajectories = Golden.array(file.content(), "trajectories", name);
        if (trajectories.isEmpty()) throw new Difference("trajectories: the file holds none");
        for (JsonNode trajectory : trajectories) {
            String title = "trajectory '" + Golden.text(Golden.field(trajectory, "title", "trajectory"), "title") + "'";
            Replay replay = new Replay(environment, trajectory, title, state, observation);
            replay.stepByStep();
            replay.freely();
        }
        return Verdict.pass();
    }

    private static String[] componentNames(JsonNode names, int expected, String what) {
        if (names.size() != expected) {
            throw new Difference(what + ": the file has " + names.size() + " components, ours has " + expected);
        }
        String[] texts = new String[expected];
        for (int i = 0; i < expected; i++) texts[i] = Golden.text(names.get(i), what);
        return texts;
    }

    /** Replays one trajectory. */
    private static final class Replay {
        private final Environment environment;
        private final String title;
        private final String[] stateNames;
        private final String[] observationNames;
        private final double[] start;
        private final double[] startObservation;
        private final int steps;
        private final float[][] actions;
        private final double[][] states;
        private final double[][] observations;
        private final double[] rewards;
        private final boolean[] terminated;
        private final double[] ours;
        private final double stateTolerance;
        private final double rewardTolerance;

        Replay(Environment environment, JsonNode trajectory, String title, String[] stateNames, String[] observationNames) {
            this.environment = environment;
            this.title = title;
            this.stateNames = stateNames;
            this.observationNames = observationNames;
            ours = new double[stateNames.length];
            boolean floatState = environment.name().equals("MountainCarContinuous-v0");
            stateTolerance = floatState ? FLOAT_STATE_TOLERANCE : STATE_TOLERANCE;
            rewardTolerance = floatState
                    ? FLOAT_STATE_TOLERANCE
                    : environment.name().equals("Pendulum-v1") ? FLOAT_REWARD_TOLERANCE : STATE_TOLERANCE;

            start = Golden.numbers(Golden.field(trajectory, "start_state", title), stateNames.length, title + ", start_state");
            startObservation = Golden.numbers(Golden.field(trajectory, "start_observation", title), observationNames.length,
                    title + ", start_observation");
            JsonNode actionNodes = Golden.array(trajectory, "actions", title);
            steps = actionNodes.size();
            if (steps == 0) throw new Difference(title + ": there are no actions");
            JsonNode observationNodes = Golden.array(trajectory, "observations", steps, title);
            JsonNode rewardNodes = Golden.array(trajectory, "rewards", steps, title);
            JsonNode terminatedNodes = Golden.array(trajectory, "terminated", steps, title);
            JsonNode stateNodes = Golden.array(trajectory, "states", steps, title);
            actions = new float[steps][];
            states = new double[steps][];
            observations = new double[steps][];
            rewards = new double[steps];
            terminated = new boolean[steps];
            for (int k = 0; k < steps; k++) {
                double[] action = Golden.numbers(actionNodes.get(k), environment.actionSpace().size(), at(k, "action"));
                actions[k] = new float[action.length];
                for (int i = 0; i < action.length; i++) actions[k][i] = (float) action[i];
                states[k] = Golden.numbers(stateNodes.get(k), stateNames.length, at(k, "state"));
                observations[k] = Golden.numbers(observationNodes.get(k), observationNames.length, at(k, "observation"));
                rewards[k] = Golden.number(rewardNodes.get(k), at(k, "reward"));
                terminated[k] = Golden.flag(terminatedNodes.get(k), at(k, "terminated"));
            }
        }

        private String at(int step, String what) {
            return title + ", step " + step + ", " + what;
        }

        /** Sets every recorded state and takes one step from it. */
        void stepByStep() {
            compareObservation(environment.writeState(start), startObservation, title + ", start, observation ");
            for (int k = 0; k < steps; k++) {
                environment.writeState(k == 0 ? start : states[k - 1]);
                StepResult result = environment.step(actions[k]);
                environment.readState(ours);
                for (int d = 0; d < ours.length; d++) {
                    Difference.requireClose(at(k, stateNames[d]), states[k][d], ours[d], stateTolerance);
                }
                Difference.requireClose(at(k, "reward"), rewards[k], result.reward(), rewardTolerance);
                Difference.requireEqual(at(k, "terminated"), terminated[k], result.terminated());
                compareObservation(result, observations[k], at(k, "observation "));
            }
        }

        private void compareObservation(StepResult result, double[] expected, String where) {
            for (int d = 0; d < expected.length; d++) {
                double allowed = OBSERVATION_TOLERANCE * Math.abs(expected[d]) + stateTolerance;
                Difference.requireClose(where + "'" + observationNames[d] + "'", expected[d], result.observation()[d], allowed);
            }
        }

        /** Runs from the start on its own states. */
        void freely() {
            environment.writeState(start);
            for (int k = 0; k < Math.min(steps, FREE_STEPS); k++) {
                StepResult result = environment.step(actions[k]);
                environment.readState(ours);
                for (int d = 0; d < ours.length; d++) {
                    Difference.requireClose(at(k, stateNames[d]) + " of a free run", states[k][d], ours[d], FREE_TOLERANCE);
                }
                Difference.requireEqual(at(k, "terminated") + " of a free run", terminated[k], result.terminated());
                if (result.terminated()) return;
            }
        }
    }
}
