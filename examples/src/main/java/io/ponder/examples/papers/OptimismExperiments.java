package io.ponder.examples.papers;

import io.ponder.engine.tabular.EmpiricalMdp;
import io.ponder.engine.tabular.MdpTable;
import io.ponder.engine.tabular.RelativeValueIteration;
import io.ponder.engine.tabular.TabularMdp;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.engine.tensor.RandomStream;
import io.ponder.planners.tabular.HypothesisSet;
import io.ponder.planners.tabular.LocalOptimism;
import io.ponder.planners.tabular.OptimismRule;
import io.ponder.planners.tabular.OptimisticValueIteration;
import io.ponder.planners.tabular.RaviUcb;
import io.ponder.planners.tabular.SwitchSchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntUnaryOperator;
import java.util.function.ToIntFunction;

/** Exploration by optimism on river swims: the regret is what the best average reward would have earned more. */
final class OptimismExperiments {
    private static final int STATES = 12;
    private static final double DISCOUNT = 0.98;
    private static final double CEILING = 1 / (1 - DISCOUNT);
    private static final double BONUS = 0.05;
    private static final int POINTS = 40;

    private OptimismExperiments() {}

    /** Acts for some steps and notes the regret. */
    private static final class Swim {
        final TabularMdp world;
        final int steps;
        final double gain;
        final RandomStream random;
        final double[] x = new double[POINTS];
        final double[] y = new double[POINTS];
        double earned;
        int state;
        int switches;

        Swim(TabularMdp world, int steps, long seed) {
            this.world = world;
            this.steps = steps;
            gain = RelativeValueIteration.solve(world, 0.5, 1e-10, 100_000).gain();
            random = new RandomStream(seed, 1);
        }

        /** One step of a learner. */
        interface Learner {
            void learn(int state, int action, double reward, int next);
        }

        Swim run(IntUnaryOperator policy, Learner learner) {
            for (int t = 1; t <= steps; t++) {
                int action = policy.applyAsInt(state);
                int next = Processes.next(world, state, action, random.nextDouble());
                double reward = world.expectedReward(state, action);
                earned += reward;
                learner.learn(state, action, reward, next);
                state = next;
                if (t % (steps / POINTS) == 0) {
                    x[t / (steps / POINTS) - 1] = t;
                    y[t / (steps / POINTS) - 1] = regret(t);
                }
            }
            return this;
        }

        double regret(int t) {
            return t * gain - earned;
        }

        /** How much of the regret came in the last quarter. */
        double lastQuarter() {
            return y[POINTS - 1] - y[3 * POINTS / 4 - 1];
        }

        double end() {
            return y[POINTS - 1];
        }
    }

    /** Plans from scratch with full optimistic value iteration whenever the schedule says so. */
    private static Swim optimistic(long seed, int steps, double bonus, double exploration, SwitchSchedule schedule) {
        MdpTable world = Processes.riverSwim(STATES);
        var swim = new Swim(world, steps, seed);
        var counts = new EmpiricalMdp(STATES, 2);
        var planner = new OptimisticValueIteration(counts, OptimismRule.inverseRoot(bonus * CEILING), DISCOUNT, CEILING);
        int[] policy = new int[STATES];
        return swim.run(
                s -> swim.random.nextDouble() < exploration ? (swim.random.nextBoolean() ? 1 : 0) : policy[s],
                (s, a, reward, next) -> {
                    counts.add(s, a, reward, next, false);
                    if (!schedule.due(s * 2 + a, counts.visits(s, a))) return;
                    planner.plan(1e-6, 5000);
                    swim.switches++;
                    for (int k = 0; k < STATES; k++) policy[k] = planner.bestAction(k);
                });
    }

    private static Swim regularised(long seed, int steps, double bonus, double eta) {
        MdpTable world = Processes.riverSwim(STATES);
        var swim = new Swim(world, steps, seed);
        var counts = new EmpiricalMdp(STATES, 2);
        var planner = new RaviUcb(STATES, 2, DISCOUNT, eta);
        SwitchSchedule epochs = SwitchSchedule.geometric(1 - DISCOUNT, seed);
        OptimismRule rule = OptimismRule.inverseRoot(bonus * CEILING);
        double[] bonuses = new double[STATES * 2];
        return swim.run(
                s -> planner.action(s, swim.random.nextDouble()),
                (s, a, reward, next) -> {
                    counts.add(s, a, reward, next, false);
                    if (!epochs.due(s * 2 + a, 0)) return;
                    swim.switches++;
                    for (int pair = 0; pair < bonuses.length; pair++) bonuses[pair] = rule.width(counts.visits(pair / 2, pair % 2));
                    planner.epoch(counts, bonuses);
                });
    }

    static Experiment ravi() {
        return Experiment.named("ravi-ucb", "RAVI-UCB: optimism by regularised dynamic programming")
                .paper("Moulin, Neu: Optimistic Planning by Regularized Dynamic Programming, 2023")
                .claim("One regularised backup with a bonus per epoch explores a river of 12 states, where epsilon-greedy and the same without the "
                        + "bonus never see its end.")
                .metric("regret after 40 000 steps", Direction.LOWER)
                .method("RAVI-UCB").baseline("epsilon-greedy 0.1").control("bonus off")
                .reference("full optimistic VI")
                .detail("regret of the last quarter").detail("epochs")
                .atMostTimes(0.25, "epsilon-greedy 0.1").beats("epsilon-greedy 0.1")
                .require("its last quarter adds at most 5 % of what never getting there costs",
                        outcome -> outcome.mean("regret of the last quarter") <= 0.05 * outcome.mean("epsilon-greedy 0.1") / 4)
                .curvesOver("steps").logarithmic().inTests(2)
                .remark("On tables full optimistic value iteration, planned anew when a count doubles, is better; the regularised backup earns its "
                        + "place where the estimate of the model has no probabilities for rows.")
                .trial((seed, scale, curves) -> {
                    int steps = 40_000;
                    Swim ravi = regularised(seed, steps, BONUS, 5);
                    Swim greedy = optimistic(seed, steps, 0, 0.1, SwitchSchedule.doubling(2 * STATES));
                    Swim off = regularised(seed, steps, 0, 5);
                    Swim full = optimistic(seed, steps, BONUS, 0, SwitchSchedule.doubling(2 * STATES));
                    curves.add("RAVI-UCB", ravi.x, ravi.y);
                    curves.add("epsilon-greedy 0.1", greedy.x, greedy.y);
                    curves.add("bonus off", off.x, off.y);
                    curves.add("full optimistic VI", full.x, full.y);
                    return new double[] {ravi.end(), greedy.end(), off.end(), full.end(), ravi.lastQuarter(), ravi.switches};
                });
    }

    static Experiment lowSwitching() {
        return Experiment.named("low-switching", "Low switching: planning anew only when the data call for it")
                .paper("Li, Wang, Cheng, Yang: Low-Switching Policy Gradient with Exploration via Online Sensitivity Sampling, 2023")
                .claim("Plans made only when counts have grown enough are few and explore as well as one every 50 steps; as few plans at regular "
                        + "times do not.")
                .metric("regret after 40 000 steps", Direction.LOWER)
                .method("counts double").method("determinant doubles").method("sensitivity sampling")
                .baseline("every 50 steps").control("as few, regularly")
                .detail("plans: counts double").detail("plans: determinant").detail("plans: sensitivity")
                .threshold("mean <= 1.5 x every 50 steps + 100", (outcome, arm) -> outcome.mean(arm) <= 1.5 * outcome.mean("every 50 steps") + 100)
                .require("each schedule plans at most 200 times (every 50 steps: 800 times)", outcome ->
                        outcome.mean("plans: counts double") <= 200 && outcome.mean("plans: determinant") <= 200
                                && outcome.mean("plans: sensitivity") <= 200)
                .curvesOver("steps").logarithmic().inTests(2)
                .remark("The question is not who wins but whether few plans are enough: what is asked is to come close to planning every 50 steps. A "
                        + "transition that sensitivity sampling keeps counts for as many as it took to keep it, without which it would plan on without end.")
                .trial((seed, scale, curves) -> {
                    int steps = 40_000;
                    int pairs = 2 * STATES;
                    Swim doubling = optimistic(seed, steps, BONUS, 0, SwitchSchedule.doubling(pairs));
                    Swim determinant = optimistic(seed, steps, BONUS, 0, SwitchSchedule.determinant(1));
                    Swim sensitivity = optimistic(seed, steps, BONUS, 0, SwitchSchedule.sensitivity(pairs, 1, 1, seed));
                    Swim often = optimistic(seed, steps, BONUS, 0, SwitchSchedule.every(50));
                    Swim few = optimistic(seed, steps, BONUS, 0, SwitchSchedule.every(Math.max(1, steps / Math.max(1, doubling.switches))));
                    curves.add("counts double", doubling.x, doubling.y);
                    curves.add("determinant doubles", determinant.x, determinant.y);
                    curves.add("sensitivity sampling", sensitivity.x, sensitivity.y);
                    curves.add("every 50 steps", often.x, often.y);
                    curves.add("as few, regularly", few.x, few.y);
                    return new double[] {doubling.end(), determinant.end(), sensitivity.end(), often.end(), few.end(),
                        doubling.switches, determinant.switches, sensitivity.switches};
                });
    }

    static Experiment loop() {
        return Experiment.named("loop", "LOOP: optimism over hypotheses with few changes of mind")
                .paper("He, Zhong, Yang: Sample-efficient Learning of Infinite-horizon Average-reward MDPs with General Function Approximation, 2024")
                .claim("Believing the most promising of 30 hypotheses that the data allow, until they clearly do not, finds the best average reward "
                        + "with about three changes of policy.")
                .metric("regret after 4000 steps, mean of 8 orders", Direction.LOWER)
                .method("LOOP").baseline("likeliest").baseline("posterior sampling").control("least promising")
                .reference("chosen anew every step").reference("likeliest, epsilon 0.1")
                .detail("switches of LOOP").detail("switches every step").detail("switches of sampling")
                .atMostTimes(0.25, "likeliest").atMost(100)
                .require("LOOP changes its mind at most 6 times, and at most half as often as when it chooses every step", outcome ->
                        outcome.mean("switches of LOOP") <= 6 && outcome.mean("switches of LOOP") <= 0.5 * outcome.mean("switches every step"))
                .curvesOver("steps, first order").inTests(2)
                .remark("Every number is the mean of several orders of the hypotheses, because which of the equally likely ones comes first decides "
                        + "whether the likeliest one ever leaves the near end.")
                .trial((seed, scale, curves) -> {
                    int orders = scale == Scale.SMALL ? 4 : 8;
                    double[] mean = new double[9];
                    for (int i = 0; i < orders; i++) {
                        double[] one = hypotheses(CounterRandom.key(seed, i), i == 0 ? curves : new Curves());
                        for (int arm = 0; arm < mean.length; arm++) mean[arm] += one[arm] / orders;
                    }
                    return mean;
                });
    }

    private static List<TabularMdp> guesses(long seed) {
        double[] pays = {0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5};
        List<TabularMdp> guesses = new ArrayList<>();
        for (double pay : pays) {
            for (double on : new double[] {0.15, 0.35, 0.6}) guesses.add(Processes.river(6, on, pay, 0.2, 3));
        }
        // Which of equally likely guesses comes first is up to the seed.
        int[] order = new int[guesses.size()];
        for (int i = 0; i < order.length; i++) order[i] = i;
        new RandomStream(seed, 2).shuffle(order, 0, order.length);
        List<TabularMdp> shuffled = new ArrayList<>();
        for (int i : order) shuffled.add(guesses.get(i));
        return shuffled;
    }

    private static double[] hypotheses(long seed, Curves curves) {
        List<TabularMdp> guesses = guesses(seed);
        LocalOptimism[] patient = {optimism(guesses, 3), optimism(guesses, 0)};
        Swim[] runs = new Swim[6];
        for (int i = 0; i < 2; i++) {
            LocalOptimism learner = patient[i];
            runs[i] = swim(seed).run(learner::action, learner::observe);
        }
        runs[2] = choosing(seed, guesses, 0, set -> set.likeliest(), () -> true);
        int[] steps = new int[1];
        var draws = new RandomStream(seed, 3);
        runs[3] = choosing(seed, guesses, 0, set -> set.draw(draws.nextDouble()), () -> steps[0]++ % 50 == 0);
        runs[4] = choosing(seed, guesses, 0, OptimismExperiments::leastPromising, () -> true);
        runs[5] = choosing(seed, guesses, 0.1, set -> set.likeliest(), () -> true);
        String[] names = {"LOOP", "chosen anew every step", "likeliest", "posterior sampling", "least promising", "likeliest, epsilon 0.1"};
        for (int i = 0; i < 6; i++) curves.add(names[i], runs[i].x, runs[i].y);
        return new double[] {runs[0].end(), runs[2].end(), runs[3].end(), runs[4].end(), runs[1].end(), runs[5].end(),
            patient[0].switches(), patient[1].switches(), runs[3].switches};
    }

    private static Swim swim(long seed) {
        return new Swim(Processes.river(6, 0.35, 1, 0.2, 3), 4000, seed);
    }

    private static LocalOptimism optimism(List<TabularMdp> guesses, double patience) {
        return new LocalOptimism(new HypothesisSet(guesses, 0.1, 20), 3, patience);
    }

    private static int leastPromising(HypothesisSet set) {
        double bound = set.loss(set.likeliest()) + 3;
        int worst = set.likeliest();
        for (int h = 0; h < set.size(); h++) if (set.loss(h) <= bound && set.gain(h) < set.gain(worst)) worst = h;
        return worst;
    }

    private static Swim choosing(
            long seed, List<TabularMdp> guesses, double exploration, ToIntFunction<HypothesisSet> choice, BooleanSupplier anew) {
        Swim swim = swim(seed);
        var set = new HypothesisSet(guesses, 0.1, 20);
        int[] held = {-1};
        return swim.run(
                s -> {
                    if (anew.getAsBoolean() || held[0] < 0) {
                        int chosen = choice.applyAsInt(set);
                        if (held[0] >= 0 && chosen != held[0]) swim.switches++;
                        held[0] = chosen;
                    }
                    if (exploration > 0 && swim.random.nextDouble() < exploration) return swim.random.nextBoolean() ? 1 : 0;
                    return set.action(held[0], s);
                },
                set::observe);
    }
}
