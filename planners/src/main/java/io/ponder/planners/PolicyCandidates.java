package io.ponder.planners;

import io.ponder.engine.Checks;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.Policy;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Problem;
import io.ponder.engine.plan.SequenceLaw;

/**
 * Puts sequences that a policy plays in the model among the candidates of another method: a share of every population where it samples, the
 * starts where it improves plans by gradients. With a terminal value this is planning around a learned policy and value.
 *
 * <p>The rollouts of the policy are made at the beginning of a call and count as model steps.
 *
 * <p>Source: Hansen, Wang and Su 2022, Temporal difference learning for model predictive control.
 */
public final class PolicyCandidates implements SearchDistribution {
    /** Sample numbers that no candidate has. */
    private static final int FIRST_SAMPLE = 1 << 28;

    private final SearchDistribution inner;
    private final Policy policy;
    private final WorldModel model;
    private final Problem problem;
    private final int count;
    private final float[][] sequences;
    private final StepBuffer[] steps;
    private final ColumnKeys keys;
    private final float[] actions;
    private final int[] index;

    /**
     * Creates the distribution.
     *
     * @param inner draws the other candidates and learns; belongs to this one from now on
     * @param share share of the candidates that are the policy's, above 0 and at most 1; at least one is
     * @throws IllegalArgumentException if the problem has no policy
     */
    public PolicyCandidates(SearchDistribution inner, double share, Problem problem, int rows) {
        this.inner = inner;
        this.problem = problem;
        Policy given = problem.policy();
        if (given == null) {
            throw new IllegalArgumentException("The problem has no policy, but " + name() + " needs one.\nMaybe use Problem.withPolicy.");
        }
        policy = given;
        Checks.inRange("share", share, Double.MIN_VALUE, 1);
        model = problem.model().fork();
        count = Math.max(1, (int) Math.round(share * inner.size().candidates()));
        int actionSize = problem.actionSize();
        sequences = new float[rows][Math.multiplyExact(inner.size().horizon() * actionSize, count)];
        steps = new StepBuffer[] {new StepBuffer(model.spec(), count), new StepBuffer(model.spec(), count)};
        keys = new ColumnKeys(count);
        actions = new float[actionSize * count];
        index = new int[count];
    }

    @Override
    public String name() {
        return "policy-" + inner.name();
    }

    @Override
    public SearchSize size() {
        return inner.size();
    }

    @Override
    public int candidates(int iteration) {
        return inner.candidates(iteration);
    }

    @Override
    public boolean answersWithBestSeen() {
        return inner.answersWithBestSeen();
    }

    @Override
    public boolean needsGradients() {
        return inner.needsGradients();
    }

    @Override
    public boolean plans(int actionCount) {
        return inner.plans(actionCount);
    }

    @Override
    public void init(Population population, int row) {
        inner.init(population, row);
        StepBuffer from = steps[0];
        StepBuffer to = steps[1];
        for (int k = 0; k < count; k++) index[k] = row;
        from.next().gather(population.roots(), index, count);
        keys.resize(count).step(0).set(0, count, population.requestKey(row), FIRST_SAMPLE);
        model.begin(from.next(), keys);
        int actionSize = problem.actionSize();
        for (int t = 0; t < population.horizon(); t++) {
            ModelState state = from.next();
            policy.act(state, keys.step(t), actions);
            for (int a = 0; a < actionSize; a++) {
                for (int k = 0; k < count; k++) {
                    float action = Math.max(problem.actionLow(a), Math.min(problem.actionHigh(a), actions[a * count + k]));
                    actions[a * count + k] = action;
                    sequences[row][(t * actionSize + a) * count + k] = action;
                }
            }
            model.step(state, actions, keys, to);
            StepBuffer swap = from;
            from = to;
            to = swap;
        }
        population.chargeModelSteps((long) count * population.horizon() * model.stepCost());
    }

    @Override
    public void sample(Population population, int row, int first, int number) {
        inner.sample(population, row, first, number);
        if (inner.needsGradients() && population.iteration() > 0) return;
        int own = Math.min(count, population.size());
        int begin = population.size() - own;
        for (int k = Math.max(first, begin); k < first + number; k++) {
            for (int i = 0; i < population.length(); i++) {
                population.sequences()[population.at(row, i) + k] = sequences[row][i * count + k - begin];
            }
        }
    }

    /** States nothing: what the policy plays is not drawn from a law. */
    @Override
    public void state(Population population, int row, SequenceLaw law) {}

    @Override
    public void update(Population population, int row) {
        inner.update(population, row);
    }
}
