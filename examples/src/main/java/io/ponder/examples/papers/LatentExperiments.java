package io.ponder.examples.papers;

import io.ponder.engine.tabular.BackwardInduction;
import io.ponder.engine.tabular.BeliefPlanning;
import io.ponder.engine.tabular.HistoryPolicy;
import io.ponder.engine.tabular.LatentMdp;
import io.ponder.engine.tabular.MdpTable;
import io.ponder.engine.tensor.RandomStream;
import io.ponder.planners.tabular.HindsightContexts;
import io.ponder.planners.tabular.OptimismRule;
import io.ponder.planners.tabular.SwitchSchedule;
import java.util.ArrayList;
import java.util.List;

/** Processes with a hidden context, drawn at random: planning by belief, and learning with the context told in hindsight. */
final class LatentExperiments {
    private static final int CONTEXTS = 3;
    private static final int STATES = 3;
    private static final int ACTIONS = 3;

    private LatentExperiments() {}

    /** Rows from Dirichlet(0.3), rewards 1 with probability 0.3 and else 0. */
    private static LatentMdp random(long seed, long stream, int horizon) {
        var random = new RandomStream(seed, stream);
        List<MdpTable> contexts = new ArrayList<>();
        double[] weights = new double[CONTEXTS];
        for (int m = 0; m < CONTEXTS; m++) {
            weights[m] = 1.0 / CONTEXTS;
            var table = new MdpTable.Builder(STATES, ACTIONS).start(0, 1);
            for (int row = 0; row < STATES * ACTIONS; row++) {
                double reward = random.nextDouble() < 0.3 ? 1 : 0;
                double[] p = dirichlet(random, STATES, 0.3);
                for (int s = 0; s < STATES; s++) table.outcome(p[s], s, reward, false);
                table.endRow();
            }
            contexts.add(table.build());
        }
        return new LatentMdp(contexts, weights, 0, horizon);
    }

    /** By the order statistics of Johnk's method: gamma variables of a shape below 1. */
    private static double[] dirichlet(RandomStream random, int n, double shape) {
        double[] p = new double[n];
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double x;
            double y;
            do {
                x = Math.pow(random.nextDouble(), 1 / shape);
                y = Math.pow(random.nextDouble(), 1 / (1 - shape));
            } while (x + y > 1 || x + y == 0);
            p[i] = -Math.log(1 - random.nextDouble()) * x / (x + y);
            sum += p[i];
        }
        for (int i = 0; i < n; i++) p[i] = Math.min(1, p[i] / sum);
        return p;
    }

    private static double told(LatentMdp process) {
        double told = 0;
        for (int m = 0; m < CONTEXTS; m++) {
            told += process.weights()[m] * BackwardInduction.solve(process.contexts().get(m), process.horizon()).value(0, process.start());
        }
        return told;
    }

    /** Acts as if the context were told after the next step (Littman, Cassandra and Kaelbling 1995). */
    private static HistoryPolicy hopeful(LatentMdp process) {
        List<BackwardInduction> solved = new ArrayList<>();
        for (int m = 0; m < CONTEXTS; m++) solved.add(BackwardInduction.solve(process.contexts().get(m), process.horizon()));
        return HistoryPolicy.of(process, (step, state, belief) -> {
            int best = 0;
            double highest = Double.NEGATIVE_INFINITY;
            for (int a = 0; a < ACTIONS; a++) {
                double q = 0;
                for (int m = 0; m < CONTEXTS; m++) q += belief[m] * solved.get(m).actionValue(step, state, a);
                if (q > highest) {
                    highest = q;
                    best = a;
                }
            }
            return best;
        });
    }

    static Experiment planning() {
        return Experiment.named("latent-mdp", "Latent processes: planning by belief")
                .paper("Kwon, Efroni, Caramanis, Mannor: RL for Latent MDPs, 2021; Zhou, Wang, Du: Horizon-Free and Variance-Dependent "
                        + "Reinforcement Learning for Latent MDPs, 2023")
                .claim("Who keeps a belief about the hidden context earns much more than who plans in the average of the contexts, and most of what "
                        + "someone earns who is told.")
                .metric("reward of an episode of 6 steps, mean of 20 random processes", Direction.HIGHER)
                .method("belief").baseline("hopeful (QMDP)").control("belief never updated").reference("told the context")
                .atLeastAbove(0.4, "belief never updated").beats("hopeful (QMDP)")
                .require("nothing exceeds being told", outcome -> outcome.wins("belief", "told the context") == 0)
                .inTests(2)
                .trial((seed, scale, curves) -> {
                    int processes = scale == Scale.SMALL ? 3 : 20;
                    double[] sums = new double[4];
                    for (int i = 0; i < processes; i++) {
                        LatentMdp process = random(seed, 10 + i, 6);
                        BackwardInduction average = BackwardInduction.solve(process.average(), 6);
                        sums[0] += BeliefPlanning.solve(process).policy().value(process) / processes;
                        sums[1] += hopeful(process).value(process) / processes;
                        sums[2] += HistoryPolicy.of(process, (step, state, belief) -> average.bestAction(step, state)).value(process) / processes;
                        sums[3] += told(process) / processes;
                    }
                    return sums;
                });
    }

    static Experiment learning() {
        return Experiment.named("latent-learn", "Latent processes: learning from contexts in hindsight")
                .paper("Kwon, Efroni, Caramanis, Mannor: RL for Latent MDPs, 2021; Zhou, Wang, Du: Horizon-Free and Variance-Dependent "
                        + "Reinforcement Learning for Latent MDPs, 2023")
                .claim("When the context is told after each episode, optimistic belief planning in the counts comes within 5 % of the best policy; "
                        + "when it is never told, counts of mixed contexts do not.")
                .metric("lost share of the best value in the last 200 of 2000 episodes, mean of 4 processes", Direction.LOWER)
                .method("optimistic").baseline("without bonus").control("never told")
                .atMost(0.05)
                .curvesOver("episodes, first process").inTests(1)
                .trial((seed, scale, curves) -> {
                    int processes = scale == Scale.SMALL ? 1 : 4;
                    double[] lost = new double[3];
                    for (int i = 0; i < processes; i++) {
                        LatentMdp process = random(seed, 50 + i, 5);
                        Curves shown = i == 0 ? curves : new Curves();
                        lost[0] += learn(process, 0.5, true, seed, shown, "optimistic") / processes;
                        lost[1] += learn(process, 0, true, seed, shown, "without bonus") / processes;
                        lost[2] += learn(process, 0.5, false, seed, shown, "never told") / processes;
                    }
                    return lost;
                });
    }

    private static double learn(LatentMdp process, double bonus, boolean told, long seed, Curves curves, String name) {
        int episodes = 2000;
        var random = new RandomStream(seed, 5);
        double best = BeliefPlanning.solve(process).value();
        var learner = new HindsightContexts(CONTEXTS, STATES, ACTIONS, process.start(), process.horizon(), OptimismRule.inverseRoot(bonus), 1);
        SwitchSchedule schedule = SwitchSchedule.doubling(CONTEXTS * STATES * ACTIONS);
        HistoryPolicy policy = learner.plan();
        double value = policy.value(process);
        double lost = 0;
        double[] x = new double[20];
        double[] y = new double[20];
        int[] states = new int[process.horizon() + 1];
        int[] actions = new int[process.horizon()];
        for (int episode = 0; episode < episodes; episode++) {
            int context = random.nextInt(CONTEXTS);
            states[0] = process.start();
            int node = policy.root();
            for (int t = 0; t < process.horizon(); t++) {
                actions[t] = policy.action(node);
                states[t + 1] = Processes.next(process.contexts().get(context), states[t], actions[t], random.nextDouble());
                if (t + 1 < process.horizon()) node = policy.child(node, t, states[t + 1]);
            }
            int believed = told ? context : random.nextInt(CONTEXTS);
            learner.episode(believed);
            boolean due = false;
            for (int t = 0; t < process.horizon(); t++) {
                double reward = process.contexts().get(context).expectedReward(states[t], actions[t]);
                long visits = learner.add(believed, states[t], actions[t], reward, states[t + 1]);
                due |= schedule.due((believed * STATES + states[t]) * ACTIONS + actions[t], visits);
            }
            if (due) {
                policy = learner.plan();
                value = policy.value(process);
            }
            x[episode / 100] = episode + 1;
            y[episode / 100] += (best - value) / best / 100;
            if (episode >= episodes - 200) lost += (best - value) / best / 200;
        }
        curves.add(name, x, y);
        return lost;
    }
}
