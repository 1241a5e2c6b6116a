package io.ponder.worldmodels.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ponder.engine.tabular.EmpiricalMdp;
import io.ponder.engine.tabular.MdpTable;
import io.ponder.engine.tabular.PolicyEvaluation;
import io.ponder.engine.tensor.RandomStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ComboIterationTest {
    private static final int STATES = 5;
    private static final int ACTIONS = 3;
    private static final double DISCOUNT = 0.8;
    /** What 200 sweeps leave over: 0.8^200 is 4e-20. */
    private static final Offset<Double> EXACT = Offset.offset(1e-11);

    private static double[] simplex(int parts, int size, RandomStream random) {
        double[] p = new double[parts * size];
        for (int part = 0; part < parts; part++) {
            double sum = 0;
            for (int i = 0; i < size; i++) sum += p[part * size + i] = -Math.log(1 - random.nextDouble());
            for (int i = 0; i < size; i++) p[part * size + i] /= sum;
        }
        return p;
    }

    private static MdpTable random(long seed) {
        var random = new RandomStream(seed, 0);
        var table = new MdpTable.Builder(STATES, ACTIONS).start(0, 1);
        for (int row = 0; row < STATES * ACTIONS; row++) {
            double[] p = simplex(1, STATES, random);
            double reward = random.nextDouble();
            for (int s = 0; s < STATES; s++) table.outcome(p[s], s, reward, row == 4 && s == 2);
            table.endRow();
        }
        return table.build();
    }

    private static double[] startAtZero() {
        return new double[] {1, 0, 0, 0, 0};
    }

    private static ComboIteration evaluated(MdpTable mdp, double[] share, double[] policy, ComboParameters parameters) {
        var combo = new ComboIteration(mdp, share, mdp, startAtZero(), parameters);
        for (int k = 0; k < 200; k++) combo.round(policy);
        return combo;
    }

    private static double valueAtZero(ComboIteration combo, double[] policy) {
        double sum = 0;
        for (int a = 0; a < ACTIONS; a++) sum += policy[a] * combo.actionValue(0, a);
        return sum;
    }

    @Test
    void withoutConservatismTheValuesAreThePlainOnes() {
        MdpTable mdp = random(1);
        var random = new RandomStream(1, 1);
        double[] policy = simplex(STATES, ACTIONS, random);
        double[] share = simplex(1, STATES * ACTIONS, random);
        double[] values = PolicyEvaluation.values(mdp, policy, DISCOUNT);
        ComboIteration combo = evaluated(mdp, share, policy, new ComboParameters(DISCOUNT, 0, 0.5, 0.7, 1));

        for (int s = 0; s < STATES; s++) {
            for (int a = 0; a < ACTIONS; a++) {
                assertThat(combo.actionValue(s, a)).isCloseTo(mdp.backup(s, a, DISCOUNT, values), EXACT);
            }
        }
    }

    @Test
    void theValueOfTheStartIsLowerByTheExpectedPenaltyOfTheMixture() {
        // With a right model, rollouts as the discounted visits of the policy and no ends, the value falls by
        // beta / (1 - discount) times E_rho[(rho - d) / d_f], which is not negative for any two distributions.
        for (long seed = 0; seed < 20; seed++) {
            var random = new RandomStream(seed, 1);
            MdpTable mdp = endless(seed);
            double[] policy = simplex(STATES, ACTIONS, random);
            double[] share = simplex(1, STATES * ACTIONS, random);
            double f = 0.1 + 0.8 * random.nextDouble();
            ComboIteration combo = evaluated(mdp, share, policy, new ComboParameters(DISCOUNT, 0.3, f, DISCOUNT, 1));

            double penalty = 0;
            for (int pair = 0; pair < share.length; pair++) {
                double rho = combo.imagined(pair / ACTIONS, pair % ACTIONS);
                penalty += rho * (rho - share[pair]) / (f * share[pair] + (1 - f) * rho);
            }
            double value = PolicyEvaluation.values(mdp, policy, DISCOUNT)[0];
            assertThat(penalty).isPositive();
            assertThat(valueAtZero(combo, policy)).isCloseTo(value - 0.3 / (1 - DISCOUNT) * penalty, EXACT).isLessThan(value);
        }
    }

    private static MdpTable endless(long seed) {
        var random = new RandomStream(seed, 0);
        var table = new MdpTable.Builder(STATES, ACTIONS).start(0, 1);
        for (int row = 0; row < STATES * ACTIONS; row++) {
            double[] p = simplex(1, STATES, random);
            for (int s = 0; s < STATES; s++) table.outcome(p[s], s, p[0], false);
            table.endRow();
        }
        return table.build();
    }

    @Test
    void aBackupIsMixedAsDataAndRolloutsAre() {
        // One state and one action: all data and all rollouts are that pair, so the data's reward has weight f; no penalty is left.
        MdpTable data = new MdpTable.Builder(1, 1).start(0, 1).outcome(1, 0, 4, false).endRow().build();
        MdpTable model = new MdpTable.Builder(1, 1).start(0, 1).outcome(1, 0, 8, false).endRow().build();
        var parameters = new ComboParameters(0.5, 9, 0.25, 0.5, 1);
        var combo = new ComboIteration(data, new double[] {1}, model, new double[] {1}, parameters);
        combo.round(new double[] {1});

        assertThat(combo.actionValue(0, 0)).isCloseTo(7, EXACT);
    }

    @Test
    void pairsWithoutDataPayAndDataWithoutRolloutsGain() {
        MdpTable mdp = random(2);
        double[] share = new double[STATES * ACTIONS];
        share[1] = 1;
        double[] policy = PolicyEvaluation.deterministic(new int[STATES], ACTIONS);
        var combo = new ComboIteration(mdp, share, mdp, startAtZero(), new ComboParameters(DISCOUNT, 0.3, 0.25, 0.5, 1));
        combo.round(policy);

        assertThat(combo.actionValue(0, 0)).isCloseTo(mdp.expectedReward(0, 0) - 0.3 / 0.75, EXACT);
        assertThat(combo.actionValue(0, 1)).isCloseTo(mdp.expectedReward(0, 1) + 0.3 / 0.25, EXACT);
        assertThat(combo.actionValue(0, 2)).isCloseTo(mdp.expectedReward(0, 2) - 0.3 / 0.75, EXACT);
    }

    @Test
    void rolloutsThatEndBeginAnew() {
        MdpTable mdp = random(3);
        double[] policy = simplex(STATES, ACTIONS, new RandomStream(3, 1));
        double[] share = simplex(1, STATES * ACTIONS, new RandomStream(3, 2));
        ComboIteration combo = evaluated(mdp, share, policy, new ComboParameters(DISCOUNT, 1, 0.5, 0.9, 1));

        double sum = 0;
        for (int pair = 0; pair < share.length; pair++) sum += combo.imagined(pair / ACTIONS, pair % ACTIONS);
        assertThat(sum).isCloseTo(1, EXACT);
    }

    @Test
    void aColdPolicyTakesTheBestAction() {
        MdpTable mdp = random(4);
        var combo = new ComboIteration(mdp, simplex(1, STATES * ACTIONS, new RandomStream(4, 1)), mdp, startAtZero(),
                new ComboParameters(0, 0, 0.5, 0, 1));
        double[] policy = new double[STATES * ACTIONS];
        combo.policy(1, policy);
        assertThat(policy).containsOnly(1.0 / ACTIONS);
        combo.round(policy);
        combo.policy(1e-4, policy);

        for (int s = 0; s < STATES; s++) {
            int best = 0;
            for (int a = 1; a < ACTIONS; a++) if (mdp.expectedReward(s, a) > mdp.expectedReward(s, best)) best = a;
            assertThat(policy[s * ACTIONS + best]).isGreaterThan(0.99);
        }
    }

    @Test
    void wrongDistributionsAreRefused() {
        var parameters = new ComboParameters(DISCOUNT, 1, 0.5, 0.5, 1);
        var data = new EmpiricalMdp(STATES, ACTIONS);
        assertThatThrownBy(() -> new ComboIteration(data, new double[STATES * ACTIONS], random(1), startAtZero(), parameters))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("share of the data");
        assertThatThrownBy(() -> new ComboParameters(DISCOUNT, 1, 1, 0.5, 1))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("realShare");
    }
}
