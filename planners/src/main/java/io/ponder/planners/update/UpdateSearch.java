package io.ponder.planners.update;

import io.ponder.engine.Checks;
import io.ponder.engine.game.ImperfectInformationGame;
import io.ponder.engine.game.imperfect.GamePolicy;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.planners.policy.PolicyOperator;
import java.util.Arrays;

/**
 * Searches at one information set: draws positions the player may be facing, tries every legal action in each, plays on with
 * the blueprint to the end, and lets a {@link PolicyOperator} improve the blueprint's policy by the mean returns. With {@code
 * MirrorDescent} it is mirror descent search, for common payoffs; with {@code MagneticMirrorDescent} magnetic mirror descent
 * search, for two players whose payoffs sum to 0; with {@code Argmax} Monte Carlo search, which can make a good blueprint much
 * worse there. The magnet is uniform over the legal actions.
 *
 * <p>The games of all pairs of an action and a position are one batch, played in step. All actions are tried in the same
 * positions, with the same random numbers as far as the games go alike. Returns are not scaled: the scale of the game's payoffs
 * decides what a step means. The policy is to be sampled; its largest entry alone has none of the guarantees.
 *
 * <p>One thread at a time; a warm search allocates nothing but what belief and blueprint do.
 *
 * <p>Source: S. Sokota, G. Farina, D. Wu, H. Hu, K. Wang, Z. Kolter, N. Brown, "The update-equivalence framework for
 * decision-time planning", 2023.
 */
public final class UpdateSearch {
    private static final long BELIEF = 0x42454C494546L;
    private static final long ROLLOUT = 0x524F4C4C4F5554L;

    private final ImperfectInformationGame game;
    private final BeliefSampler belief;
    private final GamePolicy blueprint;
    private final PolicyOperator operator;
    private final int samples;
    private final BlueprintRollouts rollouts;
    private final int[][] drawn;
    private final int[][] here = new int[1][];
    private final int[] legal;
    private final int[] moves;
    private final float[] asked;
    private final double[] policy;
    private final double[] magnet;
    private final double[] q;
    private int found;

    /**
     * Creates a search.
     *
     * @param belief    draws what the player may be facing
     * @param blueprint what all players play after this decision
     * @param operator  improves the policy; its parameters are in units of the game's payoffs
     * @param samples   positions that are drawn, so many rollouts an action; at least 1
     */
    public UpdateSearch(
            ImperfectInformationGame game, BeliefSampler belief, GamePolicy blueprint, PolicyOperator operator, int samples) {
        this.game = game;
        this.belief = belief;
        this.blueprint = blueprint;
        this.operator = operator;
        this.samples = Checks.positive("samples", samples);
        int actions = game.actionCount();
        int columns = Math.multiplyExact(actions, samples);
        rollouts = new BlueprintRollouts(game, blueprint, columns);
        drawn = new int[samples][game.positionSize()];
        legal = new int[actions];
        moves = new int[columns];
        asked = new float[actions];
        policy = new double[actions];
        magnet = new double[actions];
        q = new double[actions];
    }

    /**
     * Searches.
     *
     * @param position the true position, of which only what the player knows is looked at: the legal actions and the
     *     blueprint's policy
     * @param history  what the player knows
     * @param key      random numbers
     * @param out      {@code [actionCount]}: the improved policy; the blueprint's where the belief finds no position. Modified.
     * @return the regularised value of the operator; NaN where the belief finds no position
     */
    public double search(int[] position, OwnHistory history, long key, double[] out) {
        int count = game.legalActions(position, legal);
        found = belief.sample(history, CounterRandom.key(key, BELIEF), samples, drawn);
        here[0] = position;
        blueprint.probabilities(here, 1, asked);
        for (int i = 0; i < count; i++) {
            policy[i] = asked[legal[i]];
            magnet[i] = 1.0 / count;
        }
        Arrays.fill(out, 0, game.actionCount(), 0);
        if (found == 0) {
            for (int i = 0; i < count; i++) out[legal[i]] = policy[i];
            return Double.NaN;
        }
        for (int i = 0; i < count; i++) {
            for (int s = 0; s < found; s++) {
                int k = i * found + s;
                System.arraycopy(drawn[s], 0, rollouts.position[k], 0, drawn[s].length);
                rollouts.seed[k] = CounterRandom.key(key ^ ROLLOUT, s);
                moves[k] = legal[i];
            }
        }
        rollouts.play(count * found, moves, history.player());
        for (int i = 0; i < count; i++) {
            double sum = 0;
            for (int s = 0; s < found; s++) sum += rollouts.returns[i * found + s];
            q[i] = sum / found;
        }
        double value = operator.apply(policy, magnet, q, 0, count, policy);
        for (int i = 0; i < count; i++) out[legal[i]] = policy[i];
        return value;
    }

    /** Returns how many positions the belief found in the last search. */
    public int found() {
        return found;
    }

    /** Returns the mean return of the legal actions in the last search, in their order. A view. */
    public double[] actionValues() {
        return q;
    }
}
