package io.ponder.planners.tree;

import java.util.Arrays;

/**
 * Teaches {@code softmax(logits + transformed Q)} over the legal edges, untried ones completed by the mixed value: Gumbel
 * MuZero's target (Danihelka and others 2022, section 4). With exact values it is never worse than the prior. It is the step of
 * {@code io.ponder.planners.policy.MirrorDescent} from the prior, with the transform's scale as its size.
 */
public record CompletedPolicy(CompletedQ values) implements PolicyTarget {
    /** mctx's defaults. */
    public static final CompletedPolicy DEFAULT = new CompletedPolicy(CompletedQ.DEFAULT);

    @Override
    public Writer writer(SearchContext context) {
        SearchTree tree = context.tree();
        Roots roots = context.roots();
        var completion = new Completion(context, values);
        return (row, slot, out) -> {
            completion.complete(slot);
            int offset = tree.from(slot);
            int count = tree.allEdgesOf(slot);
            float largest = Float.NEGATIVE_INFINITY;
            for (int a = 0; a < count; a++) {
                out[a] = roots.logits[row * roots.width + a] + completion.transformed(offset + a);
                largest = Math.max(largest, out[a]);
            }
            double sum = 0;
            for (int a = 0; a < count; a++) {
                out[a] = largest == Float.NEGATIVE_INFINITY ? 1 : (float) Math.exp(out[a] - largest);
                sum += out[a];
            }
            for (int a = 0; a < count; a++) out[a] /= (float) sum;
            Arrays.fill(out, count, out.length, 0);
        };
    }
}
