package io.ponder.examples.papers;

import io.ponder.engine.game.Bits;
import io.ponder.engine.game.Game;
import io.ponder.engine.game.ImperfectInformationGame;
import io.ponder.engine.game.imperfect.BehaviourPolicy;
import io.ponder.engine.game.imperfect.ExtensiveForm;
import io.ponder.engine.game.imperfect.PolicyValues;
import io.ponder.engine.game.imperfect.UniformPolicy;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.examples.games.DarkHex;
import io.ponder.examples.games.KuhnPoker;
import io.ponder.examples.games.LeducPoker;
import io.ponder.examples.games.Signalling;
import io.ponder.planners.policy.Argmax;
import io.ponder.planners.policy.MagneticMirrorDescent;
import io.ponder.planners.policy.MirrorDescent;
import io.ponder.planners.policy.PolicyOperator;
import io.ponder.planners.update.ExactBelief;
import io.ponder.planners.update.LastIterateLearner;
import io.ponder.planners.update.OwnHistory;
import io.ponder.planners.update.RejectionBelief;
import io.ponder.planners.update.UpdateSearch;
import org.jspecify.annotations.Nullable;

/**
 * Update search: every information set of a small game is searched, and the exploitability of the policy that comes out is
 * measured exactly. The control is the same search with the operator of Monte Carlo search, the best action.
 */
final class UpdateSearchExperiments {
    private static final String PAPER = "Sokota et al.: The Update-Equivalence Framework for Decision-Time Planning, 2023";
    private static final int ROLLOUTS = 50;

    private UpdateSearchExperiments() {}

    /** Blueprints near an equilibrium, learnt once; nobody writes to them. */
    private static final class Blueprints {
        static final BehaviourPolicy KUHN = learnt(new KuhnPoker(), 3000, 1);
        static final BehaviourPolicy LEDUC = learnt(new LeducPoker(), 300, 5);

        private Blueprints() {}
    }

    private static BehaviourPolicy learnt(ImperfectInformationGame game, int updates, double pull) {
        var learner = new LastIterateLearner(new BehaviourPolicy(new ExtensiveForm(game)));
        for (int t = 1; t <= updates; t++) {
            learner.update(new MagneticMirrorDescent(1 / Math.sqrt(t), pull / Math.sqrt(t)));
        }
        return learner.policy();
    }

    /** Returns the policy of searching everywhere: every information set from its own random numbers. */
    private static BehaviourPolicy searched(BehaviourPolicy blueprint, PolicyOperator operator, long seed) {
        ExtensiveForm form = blueprint.form();
        BehaviourPolicy result = blueprint.copy();
        var search = new UpdateSearch(form.game(), new ExactBelief(blueprint), blueprint, operator, ROLLOUTS);
        var history = new OwnHistory();
        int[] position = new int[form.game().positionSize()];
        double[] policy = new double[form.game().actionCount()];
        for (int i = 0; i < form.sets(); i++) {
            form.position(form.member(i, 0), position);
            search.search(position, history.begin(form.player(i)).at(form.informationSet(i)), CounterRandom.key(seed, i), policy);
            for (int e = form.first(i); e < form.first(i + 1); e++) result.table()[e] = policy[form.action(e)];
        }
        return result;
    }

    private static double[] exploitabilities(BehaviourPolicy blueprint, long seed, PolicyOperator... operators) {
        var values = new PolicyValues(blueprint.form());
        double[] out = new double[operators.length + 1];
        for (int i = 0; i < operators.length; i++) out[i] = values.exploitability(searched(blueprint, operators[i], seed));
        out[operators.length] = values.exploitability(blueprint);
        return out;
    }

    static Experiment keeps() {
        return Experiment.named("mmd-keeps", "Magnetic mirror descent search from a strong policy")
                .paper(PAPER)
                .claim("Searching at every decision of Kuhn poker leaves a policy near an equilibrium there; taking the best"
                        + " action destroys it.")
                .metric("exploitability", Direction.LOWER)
                .method("step 0.1, pull 0.01").method("step 0.5, pull 0.1").control("best action").reference("blueprint")
                .atMost(0.02)
                .require("the best action is exploitable by at least 0.12", outcome -> outcome.mean("best action") >= 0.12)
                .logarithmic().inTests(3)
                .trial((seed, scale, curves) -> exploitabilities(Blueprints.KUHN, seed,
                        new MagneticMirrorDescent(0.1, 0.01), new MagneticMirrorDescent(0.5, 0.1), new Argmax()));
    }

    static Experiment improves() {
        return Experiment.named("mmd-improves", "Magnetic mirror descent search from the uniform policy")
                .paper(PAPER)
                .claim("Searching at every decision of Kuhn poker halves the exploitability of random play; with a huge step"
                        + " it is the best action, which gains much less.")
                .metric("exploitability", Direction.LOWER)
                .method("step 0.5, pull 0.1").baseline("best action").control("step 50, pull 0.1").reference("blueprint")
                .atMost(0.28).beats("best action")
                .inTests(3)
                .trial((seed, scale, curves) -> exploitabilities(new BehaviourPolicy(new ExtensiveForm(new KuhnPoker())), seed,
                        new MagneticMirrorDescent(0.5, 0.1), new Argmax(), new MagneticMirrorDescent(50, 0.1)));
    }

    static Experiment leduc() {
        return Experiment.named("mmd-leduc", "Magnetic mirror descent search in Leduc poker")
                .paper(PAPER)
                .claim("In a game of 9 300 histories as well: small steps keep a learnt policy, the best action destroys it.")
                .metric("exploitability", Direction.LOWER)
                .method("step 0.1, pull 0.01").control("best action").reference("blueprint")
                .detail("uniform blueprint").detail("uniform, step 0.5, pull 0.1").detail("uniform, best action")
                .threshold("mean <= 1.3 x blueprint", (outcome, arm) -> outcome.mean(arm) <= 1.3 * outcome.mean("blueprint"))
                .require("from the uniform policy, a step of 0.5 takes off a fifth", outcome ->
                        outcome.mean("uniform, step 0.5, pull 0.1") <= 0.8 * outcome.mean("uniform blueprint"))
                .logarithmic()
                .trial((seed, scale, curves) -> {
                    double[] strong = exploitabilities(
                            Blueprints.LEDUC, seed, new MagneticMirrorDescent(0.1, 0.01), new Argmax());
                    double[] weak = exploitabilities(new BehaviourPolicy(Blueprints.LEDUC.form()), seed,
                            new MagneticMirrorDescent(0.5, 0.1), new Argmax());
                    return new double[] {strong[0], strong[1], strong[2], weak[2], weak[0], weak[1]};
                });
    }

    static Experiment darkHex() {
        return Experiment.named("mmd-dark-hex", "Magnetic mirror descent search in dark hex")
                .paper(PAPER)
                .claim("In abrupt dark hex of 2 by 2 cells, where a try is all that tells of the other's stones, search"
                        + " lowers the exploitability of random play; the best action is worse than random play.")
                .metric("exploitability", Direction.LOWER)
                .method("step 2, pull 0.1").baseline("blueprint").control("best action")
                .atMostTimes(0.93, "blueprint").beats("blueprint")
                .remark("The paper plays 3 by 3 cells, with an approximate exploitability; 2 by 2 can be measured exactly in"
                        + " milliseconds.")
                .inTests(2)
                .trial((seed, scale, curves) -> {
                    double[] found = exploitabilities(
                            new BehaviourPolicy(new ExtensiveForm(new DarkHex(2, true))), seed,
                            new MagneticMirrorDescent(2, 0.1), new Argmax());
                    return new double[] {found[0], found[2], found[1]};
                });
    }

    static Experiment darkHexPlay() {
        return Experiment.named("mmd-play", "Magnetic mirror descent search, games of dark hex")
                .paper(PAPER)
                .claim("In abrupt dark hex of 3 by 3 cells, too large to list, search with positions drawn by rejection beats the"
                        + " random play that it takes for its blueprint.")
                .metric("share of games won against random play", Direction.HIGHER)
                .method("step 5, pull 0.1").baseline("blueprint").control("step 5, pull 1000")
                .atLeastAbove(0.1, "blueprint")
                .remark("A huge pull holds the policy at the magnet, which is uniform: a search whose values decide nothing.")
                .trial((seed, scale, curves) -> {
                    int games = scale == Scale.SMALL ? 20 : 60;
                    return new double[] {
                        won(new MagneticMirrorDescent(5, 0.1), seed, games), won(null, seed, games),
                        won(new MagneticMirrorDescent(5, 1000), seed, games)
                    };
                });
    }

    /** Returns the share of games that a search wins, or the blueprint where there is no operator; it begins every other game. */
    private static double won(@Nullable PolicyOperator operator, long seed, int games) {
        var game = new DarkHex(3, true);
        var blueprint = new UniformPolicy(game);
        var belief = new RejectionBelief(game, blueprint, 64, 200);
        UpdateSearch search = operator == null ? null : new UpdateSearch(game, belief, blueprint, operator, 30);
        var history = new OwnHistory();
        int[] position = new int[game.positionSize()];
        double[] policy = new double[game.actionCount()];
        int won = 0;
        for (int g = 0; g < games; g++) {
            long key = CounterRandom.key(seed, g);
            game.start(position);
            history.begin(g % 2);
            for (int i = 0; game.playerToMove(position) != Game.TERMINAL; i++) {
                long random = Bits.random(key, i);
                int action = game.randomAction(position, random);
                if (search != null && game.playerToMove(position) == history.player()) {
                    search.search(position, history.at(game.informationSet(position, history.player())), random, policy);
                    action = drawn(policy, Bits.uniform(~random));
                    history.chose(action);
                }
                game.play(position, action);
            }
            if (game.reward(position, g % 2) > 0) won++;
        }
        return (double) won / games;
    }

    private static int drawn(double[] policy, double uniform) {
        double left = uniform;
        int chosen = 0;
        for (int a = 0; a < policy.length && left >= 0; a++) {
            if (policy[a] == 0) continue;
            left -= policy[a];
            chosen = a;
        }
        return chosen;
    }

    static Experiment mirror() {
        return Experiment.named("mirror", "Mirror descent with common payoffs")
                .paper(PAPER)
                .claim("A step of mirror descent at all decisions at once never makes a team worse, for any step up to 10;"
                        + " the best action does at times.")
                .metric("largest loss of value in 200 games of signalling", Direction.LOWER)
                .method("step 1").method("step 10").control("best action")
                .detail("mean gain, step 1").detail("mean gain, step 10").detail("mean gain, best action")
                .atMost(1e-9)
                .require("a step of 10 gains at least 0.08", outcome -> outcome.mean("mean gain, step 10") >= 0.08)
                .inTests(3)
                .trial((seed, scale, curves) -> {
                    double[] step1 = signalling(new MirrorDescent(1), seed);
                    double[] step10 = signalling(new MirrorDescent(10), seed);
                    double[] best = signalling(new Argmax(), seed);
                    return new double[] {step1[0], step10[0], best[0], step1[1], step10[1], best[1]};
                });
    }

    /** Returns the largest loss and the mean gain over games with random tables and random policies, with exact action values. */
    private static double[] signalling(PolicyOperator operator, long seed) {
        double loss = 0;
        double gain = 0;
        int games = 200;
        for (int g = 0; g < games; g++) {
            long key = CounterRandom.key(seed, g);
            var form = new ExtensiveForm(new Signalling(3, 3, key));
            var policy = new BehaviourPolicy(form);
            randomise(policy, key);
            var values = new PolicyValues(form);
            double before = values.value(policy, 0);
            new LastIterateLearner(policy).update(operator);
            double change = values.value(policy, 0) - before;
            loss = Math.max(loss, -change);
            gain += change / games;
        }
        return new double[] {loss, gain};
    }

    /** Draws every information set's probabilities uniformly from the simplex. */
    private static void randomise(BehaviourPolicy policy, long key) {
        ExtensiveForm form = policy.form();
        for (int i = 0; i < form.sets(); i++) {
            double sum = 0;
            for (int e = form.first(i); e < form.first(i + 1); e++) {
                policy.table()[e] = CounterRandom.exponential((int) key, (int) (key >>> 32), 1, e);
                sum += policy.table()[e];
            }
            for (int e = form.first(i); e < form.first(i + 1); e++) policy.table()[e] /= sum;
        }
    }
}
