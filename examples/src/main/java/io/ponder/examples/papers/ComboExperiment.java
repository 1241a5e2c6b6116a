package io.ponder.examples.papers;

import io.ponder.engine.tabular.EmpiricalMdp;
import io.ponder.engine.tabular.MdpTable;
import io.ponder.engine.tabular.PolicyEvaluation;
import io.ponder.engine.tabular.PolicyIteration;
import io.ponder.engine.tabular.TabularMdp;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.engine.tensor.RandomStream;
import io.ponder.worldmodels.tabular.ComboIteration;
import io.ponder.worldmodels.tabular.ComboParameters;

/**
 * A lake as a grid: the farther right, the better, until there is a fall that none of the data came near. The data are random
 * walks in two harbours; between them is open water that nobody sailed. The model is a displacement for each action, the same
 * everywhere: right about the open water, and without a fall. To be good is to cross the water, which is a few steps off the
 * data, and then to stay where the data are.
 */
final class ComboExperiment {
    private static final int COLUMNS = 12;
    private static final int ROWS = 5;
    private static final int CELLS = COLUMNS * ROWS;
    private static final int ACTIONS = 4;
    /** First columns of the harbours, whose walks end where they leave them. */
    private static final int[] HARBOURS = {0, 5};
    private static final int HARBOUR = 3;
    /** Whoever comes to this column is lost, and pays in every step. */
    private static final int FALL = 9;
    private static final double LOST = -1;
    private static final int WALKS = 60;
    private static final int STEPS = 30;
    private static final int MEMBERS = 7;
    private static final int ROUNDS = 400;
    private static final double DISCOUNT = 0.95;
    private static final double TEMPERATURE = 0.1;
    private static final ComboParameters PARAMETERS = new ComboParameters(DISCOUNT, 0.5, 0.5, DISCOUNT, 0.02);
    /** CQL: COMBO with rollouts of one pair, and real data alone; a share of 1 would leave pairs without data without a value. */
    private static final ComboParameters CQL = new ComboParameters(DISCOUNT, 0.5, 0.99, 0, 0.02);
    /** The first four are arms, the others are only drawn. */
    private static final double[] BETAS = {0.5, 0, 0.1, 3, 0.2, 0.3, 1};
    private static final int ARMS = 4;
    private static final double[] NO_PENALTY = new double[CELLS * ACTIONS];
    private static final int[] DX = {1, -1, 0, 0};
    private static final int[] DY = {0, 0, 1, -1};

    private ComboExperiment() {}

    static Experiment experiment() {
        return Experiment.named("combo", "COMBO: conservative values from data and a wrong model")
                .paper("Yu, Kumar, Rafailov, Rajeswaran, Levine, Finn: COMBO, 2021")
                .claim("Pushing values down where imagined rollouts go and up where the data are keeps a learner from what only a "
                        + "wrong model promises, without an estimate of uncertainty, and still lets it use the model between the data.")
                .metric("real value of the learned policy, share of the best possible", Direction.HIGHER)
                .method("COMBO, beta 0.5").baseline("CQL, data alone").baseline("plan in the data").baseline("MOPO, ensemble")
                .control("beta 0").control("beta 0.1").reference("beta 3")
                .reference("MOPO, counts x 1").reference("MOPO, counts x 0.3")
                .detail("beta 0.5, promised above real value").detail("beta 0, promised above real value")
                .atLeastAbove(0.6, "beta 0").beats("beta 0").beats("CQL, data alone").beats("MOPO, ensemble")
                .require("COMBO is above CQL by 0.15",
                        outcome -> outcome.mean("COMBO, beta 0.5") > outcome.mean("CQL, data alone") + 0.15)
                .require("COMBO promises no more than it keeps, beta 0 promises 5 more",
                        outcome -> outcome.mean("beta 0.5, promised above real value") < 0
                                && outcome.mean("beta 0, promised above real value") > 5)
                .curvesOver("beta").inTests(2)
                .remark("Values in tables, rollouts and fits exact, so that there is nothing but the method. The ensemble's members "
                        + "are fitted to resampled data; they share the assumption that water is the same everywhere, so their penalty is, "
                        + "whatever its weight. Counts of the pairs themselves know better and, with the right weight, do better than "
                        + "COMBO; a third of that weight is too little.")
                .trial((seed, scale, curves) -> trial(seed, scale, curves));
    }

    private static int moved(int cell, int direction) {
        int x = cell % COLUMNS + DX[direction];
        int y = cell / COLUMNS + DY[direction];
        return x < 0 || y < 0 || x >= COLUMNS || y >= ROWS ? cell : y * COLUMNS + x;
    }

    private static double pays(int cell) {
        return (cell % COLUMNS) / (double) (COLUMNS - 1);
    }

    /** Returns a process in which action a goes into direction b with probability {@code displacement[a][b]}. */
    private static MdpTable process(double[][] displacement, boolean fall, double[] penalty) {
        var table = new MdpTable.Builder(CELLS, ACTIONS);
        for (int y = 0; y < ROWS; y++) table.start(y * COLUMNS, 1.0 / ROWS);
        for (int cell = 0; cell < CELLS; cell++) {
            for (int action = 0; action < ACTIONS; action++) {
                double left = 1;
                for (int b = 0; b < ACTIONS; b++) {
                    double p = b == ACTIONS - 1 ? Math.max(0, left) : displacement[action][b];
                    left -= p;
                    boolean lost = fall && cell % COLUMNS >= FALL;
                    int next = lost ? cell : moved(cell, b);
                    boolean paid = !(fall && next % COLUMNS >= FALL);
                    table.outcome(p, next, (paid ? pays(next) : LOST) - penalty[cell * ACTIONS + action], false);
                }
                table.endRow();
            }
        }
        return table.build();
    }

    private static double[][] slippery(double success) {
        double[][] displacement = new double[ACTIONS][ACTIONS];
        for (int a = 0; a < ACTIONS; a++) {
            for (int b = 0; b < ACTIONS; b++) displacement[a][b] = a == b ? success : (1 - success) / 3;
        }
        return displacement;
    }

    private static double[] trial(long seed, Scale scale, Curves curves) {
        var random = new RandomStream(seed, 0);
        MdpTable world = process(slippery(0.75 + 0.15 * random.nextDouble()), true, NO_PENALTY);
        var data = new EmpiricalMdp(CELLS, ACTIONS);
        double[][] steps = new double[ACTIONS][ACTIONS];
        walk(world, data, steps, random);
        double[][] displacement = normalised(steps);
        MdpTable model = process(displacement, false, NO_PENALTY);
        double best = worth(world, greedy(world));
        double[] starts = new double[CELLS];
        for (int s = 0; s < CELLS; s++) starts[s] = world.startProbability(s);
        double[] share = shares(data);
        double[] shown = new double[BETAS.length];
        double[] above = new double[BETAS.length];
        int betas = scale == Scale.FULL ? BETAS.length : ARMS;
        for (int i = 0; i < betas; i++) {
            var combo = new ComboIteration(data, share, model, starts, PARAMETERS.withConservatism(BETAS[i]));
            double[] policy = learned(combo);
            double real = worth(world, policy);
            shown[i] = real / best;
            above[i] = promised(combo, policy, starts) - real;
        }
        if (betas == BETAS.length) curves.add("COMBO", new double[] {0, 0.1, 0.2, 0.3, 0.5, 1, 3},
                new double[] {shown[1], shown[2], shown[4], shown[5], shown[0], shown[6], shown[3]});
        return new double[] {
            shown[0], worth(world, learned(new ComboIteration(data, share, data, states(share), CQL))) / best,
            worth(world, greedy(data)) / best,
            worth(world, greedy(process(displacement, false, disagreement(steps, seed)))) / best,
            shown[1], shown[2], shown[3],
            worth(world, greedy(process(displacement, false, rarity(data, 1)))) / best,
            worth(world, greedy(process(displacement, false, rarity(data, 0.3)))) / best,
            above[0], above[1]
        };
    }

    private static void walk(MdpTable world, EmpiricalMdp data, double[][] steps, RandomStream random) {
        for (int walk = 0; walk < WALKS; walk++) {
            int from = HARBOURS[walk % HARBOURS.length];
            int cell = random.nextInt(ROWS) * COLUMNS + from + random.nextInt(HARBOUR);
            for (int t = 0; t < STEPS && cell % COLUMNS >= from && cell % COLUMNS < from + HARBOUR; t++) {
                int action = random.nextInt(ACTIONS);
                int next = Processes.next(world, cell, action, random.nextDouble());
                data.add(cell, action, pays(next), next, false);
                // A step against a wall says nothing about the direction.
                for (int b = 0; b < ACTIONS; b++) if (next != cell && next == moved(cell, b)) steps[action][b]++;
                cell = next;
            }
        }
    }

    private static double[] shares(EmpiricalMdp data) {
        double[] share = new double[CELLS * ACTIONS];
        double size = 0;
        for (int i = 0; i < share.length; i++) size += data.visits(i / ACTIONS, i % ACTIONS);
        for (int i = 0; i < share.length; i++) share[i] = data.visits(i / ACTIONS, i % ACTIONS) / size;
        return share;
    }

    private static double[] states(double[] share) {
        double[] states = new double[CELLS];
        for (int i = 0; i < share.length; i++) states[i / ACTIONS] += share[i];
        return states;
    }

    private static double[][] normalised(double[][] counts) {
        double[][] out = new double[counts.length][];
        for (int a = 0; a < counts.length; a++) {
            double sum = 0;
            for (double count : counts[a]) sum += count;
            out[a] = counts[a].clone();
            for (int b = 0; b < out[a].length; b++) out[a][b] /= sum;
        }
        return out;
    }

    /** The largest total variation between members that are fitted to resampled data, in the reward's units. */
    private static double[] disagreement(double[][] steps, long seed) {
        double[][][] member = new double[MEMBERS][][];
        for (int m = 0; m < MEMBERS; m++) {
            var random = new RandomStream(CounterRandom.key(seed, 1), m);
            double[][] counts = new double[ACTIONS][ACTIONS];
            for (int a = 0; a < ACTIONS; a++) {
                double sum = 0;
                for (double count : steps[a]) sum += count;
                for (int i = 0; i < (int) sum; i++) {
                    double left = random.nextDouble() * sum;
                    int b = 0;
                    while (b < ACTIONS - 1 && left >= steps[a][b]) left -= steps[a][b++];
                    counts[a][b]++;
                }
            }
            member[m] = normalised(counts);
        }
        double[] penalty = new double[CELLS * ACTIONS];
        for (int a = 0; a < ACTIONS; a++) {
            double most = 0;
            for (int i = 0; i < MEMBERS; i++) {
                for (int j = 0; j < i; j++) {
                    double variation = 0;
                    for (int b = 0; b < ACTIONS; b++) variation += Math.abs(member[i][a][b] - member[j][a][b]) / 2;
                    most = Math.max(most, variation);
                }
            }
            for (int cell = 0; cell < CELLS; cell++) penalty[cell * ACTIONS + a] = most;
        }
        return penalty;
    }

    private static double[] rarity(EmpiricalMdp data, double weight) {
        double[] penalty = new double[CELLS * ACTIONS];
        for (int i = 0; i < penalty.length; i++) penalty[i] = weight / Math.sqrt(1 + data.visits(i / ACTIONS, i % ACTIONS));
        return penalty;
    }

    private static double[] greedy(TabularMdp mdp) {
        PolicyIteration solved = PolicyIteration.solve(mdp, DISCOUNT);
        int[] action = new int[CELLS];
        for (int s = 0; s < CELLS; s++) action[s] = solved.bestAction(s);
        return PolicyEvaluation.deterministic(action, ACTIONS);
    }

    private static double[] learned(ComboIteration combo) {
        double[] policy = new double[CELLS * ACTIONS];
        for (int round = 0; round < ROUNDS; round++) {
            combo.policy(TEMPERATURE, policy);
            combo.round(policy);
        }
        return policy;
    }

    private static double promised(ComboIteration combo, double[] policy, double[] starts) {
        double sum = 0;
        for (int i = 0; i < policy.length; i++) {
            sum += starts[i / ACTIONS] * policy[i] * combo.actionValue(i / ACTIONS, i % ACTIONS);
        }
        return sum;
    }

    private static double worth(TabularMdp world, double[] policy) {
        double[] values = PolicyEvaluation.values(world, policy, DISCOUNT);
        double sum = 0;
        for (int s = 0; s < CELLS; s++) sum += world.startProbability(s) * values[s];
        return sum;
    }
}
