package io.ponder.planners.update;

import io.ponder.engine.game.imperfect.BehaviourPolicy;
import io.ponder.engine.game.imperfect.ExtensiveForm;
import io.ponder.engine.game.imperfect.PolicyValues;
import io.ponder.engine.tensor.CounterRandom;

/**
 * Draws from the exact belief in a small game, whose histories are listed. It is computed anew where the information set
 * differs from the last one; where the policy's table was written to, make another.
 */
public final class ExactBelief implements BeliefSampler {
    private final ExtensiveForm form;
    private final BehaviourPolicy policy;
    private final PolicyValues values;
    private final double[] belief;
    private int known = -1;

    /** Creates the sampler; the policy is that of all players. */
    public ExactBelief(BehaviourPolicy policy) {
        this.policy = policy;
        form = policy.form();
        values = new PolicyValues(form);
        int most = 0;
        for (int i = 0; i < form.sets(); i++) most = Math.max(most, form.members(i));
        belief = new double[most];
    }

    @Override
    public int sample(OwnHistory history, long key, int count, int[][] out) {
        int set = form.find(history.player(), history.now());
        if (set < 0) return 0;
        if (set != known) values.belief(policy, set, belief);
        known = set;
        for (int k = 0; k < count; k++) {
            double left = CounterRandom.uniform((int) key, (int) (key >>> 32), k, 0);
            int drawn = 0;
            for (int m = 0; m < form.members(set) && left >= 0; m++) {
                if (belief[m] == 0) continue;
                left -= belief[m];
                drawn = m;
            }
            form.position(form.member(set, drawn), out[k]);
        }
        return count;
    }
}
