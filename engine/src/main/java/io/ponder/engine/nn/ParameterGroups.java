package io.ponder.engine.nn;

import io.ponder.engine.Checks;
import java.util.ArrayList;
import java.util.List;

/**
 * States weight decay and learning-rate factor of every parameter: one value for all, and others for single tensors.
 *
 * <p>Immutable: the {@code with} methods return a changed copy.
 */
public final class ParameterGroups {
    private final double weightDecay;
    private final List<Special> specials;

    private record Special(ParameterTensor tensor, double weightDecay, double learningRateFactor) {}

    private ParameterGroups(double weightDecay, List<Special> specials) {
        this.weightDecay = weightDecay;
        this.specials = List.copyOf(specials);
    }

    /** Returns groups without weight decay. */
    public static ParameterGroups plain() {
        return new ParameterGroups(0, List.of());
    }

    /** Returns groups with one weight decay for all. */
    public static ParameterGroups weightDecay(double decay) {
        return new ParameterGroups(Checks.inRange("weightDecay", decay, 0, Double.MAX_VALUE), List.of());
    }

    /**
     * Returns these groups with other values for one tensor.
     *
     * @param decay              weight decay, at least 0
     * @param learningRateFactor multiplies the learning rate, at least 0; 0 freezes the tensor
     */
    public ParameterGroups with(ParameterTensor tensor, double decay, double learningRateFactor) {
        Checks.inRange("weightDecay", decay, 0, Double.MAX_VALUE);
        Checks.inRange("learningRateFactor", learningRateFactor, 0, Double.MAX_VALUE);
        List<Special> more = new ArrayList<>(specials);
        more.removeIf(special -> special.tensor() == tensor);
        more.add(new Special(tensor, decay, learningRateFactor));
        more.sort((x, y) -> Integer.compare(x.tensor().offset(), y.tensor().offset()));
        return new ParameterGroups(weightDecay, more);
    }

    /** One stretch of parameters that are treated alike. */
    record Range(int from, int to, double weightDecay, double learningRateFactor) {}

    /** Cuts {@code count} parameters into stretches. */
    Range[] ranges(int count) {
        List<Range> ranges = new ArrayList<>();
        int at = 0;
        for (Special special : specials) {
            int from = special.tensor().offset();
            int to = from + special.tensor().size();
            if (to > count) throw new IllegalArgumentException("Tensor " + special.tensor() + " lies beyond the " + count + " parameters.");
            if (at < from) ranges.add(new Range(at, from, weightDecay, 1));
            ranges.add(new Range(from, to, special.weightDecay(), special.learningRateFactor()));
            at = to;
        }
        if (at < count) ranges.add(new Range(at, count, weightDecay, 1));
        return ranges.toArray(new Range[0]);
    }
}
