package io.ponder.engine.tensor;

import static io.ponder.engine.tensor.VectorConstants.E0;
import static io.ponder.engine.tensor.VectorConstants.E1;
import static io.ponder.engine.tensor.VectorConstants.E2;
import static io.ponder.engine.tensor.VectorConstants.E3;
import static io.ponder.engine.tensor.VectorConstants.E4;
import static io.ponder.engine.tensor.VectorConstants.LOG2_E;
import static io.ponder.engine.tensor.VectorConstants.MINUS_LN2_HIGH;
import static io.ponder.engine.tensor.VectorConstants.MINUS_LN2_LOW;
import static io.ponder.engine.tensor.VectorConstants.ROUNDER;
import static io.ponder.engine.tensor.VectorConstants.ROUNDER_BITS;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The selection kernels with the Vector API; narrow nodes go to the plain ones. Loaded by name.
 *
 * <p>Loops are written out, because a vector that crosses a call which is not inlined becomes an object. What does not fill a vector at
 * the end is done one by one: it comes last, so that the lowest index still wins a tie.
 */
final class VectorSelection implements SelectionKernels {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
    private static final int L = S.length();
    private static final float NOTHING = Float.NEGATIVE_INFINITY;
    /** An index that no lane has. */
    private static final float FAR = 1e9f;
    /** The lane numbers. A loop starts from a copy: started from the field itself, its vectors would become objects. */
    private static final FloatVector LANES = FloatVector.zero(S).addIndex(1);
    /** Fewer edges than this are scanned faster one by one. */
    private static final int NARROW = 2 * L;

    /** Called by name. */
    VectorSelection() {}

    @Override
    public int puct(
            int width, float[] prior, int[] visits, float[] value, int offset,
            float low, float factor, float unvisited, float exploration) {
        if (width < NARROW) return PlainSelection.INSTANCE.puct(width, prior, visits, value, offset, low, factor, unvisited, exploration);
        FloatVector best = FloatVector.broadcast(S, NOTHING);
        FloatVector at = FloatVector.broadcast(S, FAR);
        FloatVector index = LANES.add(0);
        FloatVector fresh = FloatVector.broadcast(S, unvisited);
        int i = 0;
        for (; i + L <= width; i += L) {
            FloatVector n = (FloatVector) IntVector.fromArray(I, visits, offset + i).convertShape(I2F, S, 0);
            FloatVector worth = fresh.blend(FloatVector.fromArray(S, value, offset + i).sub(low).mul(factor), n.compare(GT, 0));
            FloatVector score = worth.add(FloatVector.fromArray(S, prior, offset + i).mul(exploration).div(n.add(1)));
            VectorMask<Float> better = score.compare(GT, best);
            best = best.blend(score, better);
            at = at.blend(index, better);
            index = index.add(L);
        }
        float top = best.reduceLanes(VectorOperators.MAX);
        float first = FloatVector.broadcast(S, FAR).blend(at, best.compare(EQ, top)).reduceLanes(VectorOperators.MIN);
        int chosen = first < FAR ? (int) first : NONE;
        for (; i < width; i++) {
            int n = visits[offset + i];
            float worth = n > 0 ? (value[offset + i] - low) * factor : unvisited;
            float score = worth + prior[offset + i] * exploration / (n + 1);
            if (score > top) {
                top = score;
                chosen = i;
            }
        }
        return chosen;
    }

    @Override
    public int puctAmongSiblings(
            int width, float[] prior, int[] visits, float[] value, int offset, float own, float leastRange, float exploration) {
        if (width < NARROW) {
            return PlainSelection.INSTANCE.puctAmongSiblings(width, prior, visits, value, offset, own, leastRange, exploration);
        }
        FloatVector start = FloatVector.broadcast(S, own);
        FloatVector leasts = start;
        FloatVector largests = start;
        int i = 0;
        for (; i + L <= width; i += L) {
            FloatVector n = IntVector.fromArray(I, visits, offset + i).reinterpretAsFloats();
            // The bits of a positive integer are those of a positive float.
            FloatVector v = start.blend(FloatVector.fromArray(S, value, offset + i), n.compare(GT, 0));
            leasts = leasts.blend(v, v.compare(LT, leasts));
            largests = largests.blend(v, v.compare(GT, largests));
        }
        float least = leasts.reduceLanes(VectorOperators.MIN);
        float largest = largests.reduceLanes(VectorOperators.MAX);
        for (; i < width; i++) {
            float v = visits[offset + i] > 0 ? value[offset + i] : own;
            least = v < least ? v : least;
            largest = v > largest ? v : largest;
        }
        float range = largest - least;
        return puct(width, prior, visits, value, offset, least, 1 / (range > leastRange ? range : leastRange), 0, exploration);
    }

    @Override
    public int ucb(
            int width, float[] prior, int[] visits, float[] value, int offset,
            float low, float factor, float unvisited, float exploration) {
        if (width < NARROW) return PlainSelection.INSTANCE.ucb(width, prior, visits, value, offset, low, factor, unvisited, exploration);
        FloatVector best = FloatVector.broadcast(S, NOTHING);
        FloatVector at = FloatVector.broadcast(S, FAR);
        FloatVector index = LANES.add(0);
        FloatVector fresh = FloatVector.broadcast(S, unvisited);
        FloatVector none = FloatVector.broadcast(S, NOTHING);
        FloatVector reach = FloatVector.broadcast(S, exploration);
        int i = 0;
        for (; i + L <= width; i += L) {
            FloatVector n = (FloatVector) IntVector.fromArray(I, visits, offset + i).convertShape(I2F, S, 0);
            FloatVector tried = FloatVector.fromArray(S, value, offset + i).sub(low).mul(factor).add(reach.div(n).sqrt());
            FloatVector score = fresh.blend(tried, n.compare(GT, 0));
            score = score.blend(none, FloatVector.fromArray(S, prior, offset + i).compare(EQ, NOTHING));
            VectorMask<Float> better = score.compare(GT, best);
            best = best.blend(score, better);
            at = at.blend(index, better);
            index = index.add(L);
        }
        float top = best.reduceLanes(VectorOperators.MAX);
        float first = FloatVector.broadcast(S, FAR).blend(at, best.compare(EQ, top)).reduceLanes(VectorOperators.MIN);
        int chosen = first < FAR ? (int) first : NONE;
        for (; i < width; i++) {
            if (prior[offset + i] == NOTHING) continue;
            int n = visits[offset + i];
            float score = n > 0 ? (value[offset + i] - low) * factor + (float) Math.sqrt(exploration / n) : unvisited;
            if (score > top) {
                top = score;
                chosen = i;
            }
        }
        return chosen;
    }

    @Override
    public int quota(int width, float[] prior, int[] visits, int offset) {
        if (width < NARROW) return PlainSelection.INSTANCE.quota(width, prior, visits, offset);
        FloatVector best = FloatVector.broadcast(S, NOTHING);
        FloatVector at = FloatVector.broadcast(S, FAR);
        FloatVector index = LANES.add(0);
        int i = 0;
        for (; i + L <= width; i += L) {
            FloatVector n = (FloatVector) IntVector.fromArray(I, visits, offset + i).convertShape(I2F, S, 0);
            FloatVector score = FloatVector.fromArray(S, prior, offset + i).div(n.add(1));
            VectorMask<Float> better = score.compare(GT, best);
            best = best.blend(score, better);
            at = at.blend(index, better);
            index = index.add(L);
        }
        float top = best.reduceLanes(VectorOperators.MAX);
        float first = FloatVector.broadcast(S, FAR).blend(at, best.compare(EQ, top)).reduceLanes(VectorOperators.MIN);
        int chosen = first < FAR ? (int) first : NONE;
        for (; i < width; i++) {
            float score = prior[offset + i] / (visits[offset + i] + 1);
            if (score > top) {
                top = score;
                chosen = i;
            }
        }
        return chosen;
    }

    @Override
    public int largest(int width, float[] prior, int offset, float[] others) {
        if (width < NARROW) return PlainSelection.INSTANCE.largest(width, prior, offset, others);
        FloatVector best = FloatVector.broadcast(S, NOTHING);
        FloatVector at = FloatVector.broadcast(S, FAR);
        FloatVector index = LANES.add(0);
        int i = 0;
        for (; i + L <= width; i += L) {
            FloatVector score = FloatVector.fromArray(S, prior, offset + i);
            VectorMask<Float> better = score.compare(GT, best);
            best = best.blend(score, better);
            at = at.blend(index, better);
            index = index.add(L);
        }
        float top = best.reduceLanes(VectorOperators.MAX);
        float first = FloatVector.broadcast(S, FAR).blend(at, best.compare(EQ, top)).reduceLanes(VectorOperators.MIN);
        int chosen = first < FAR ? (int) first : NONE;
        for (; i < width; i++) {
            if (prior[offset + i] > top) {
                top = prior[offset + i];
                chosen = i;
            }
        }
        others[0] = sumWithout(chosen, width, prior, offset);
        return chosen;
    }

    private static float sumWithout(int chosen, int width, float[] prior, int offset) {
        FloatVector zero = FloatVector.zero(S);
        FloatVector sums = zero;
        int i = 0;
        for (; i + L <= width; i += L) {
            FloatVector p = FloatVector.fromArray(S, prior, offset + i);
            p = p.blend(zero, p.compare(LT, 0));
            if (chosen >= i && chosen < i + L) p = p.withLane(chosen - i, 0);
            sums = sums.add(p);
        }
        float sum = 0;
        float[] lanes = Lanes.scratch();
        sums.intoArray(lanes, 0);
        for (int lane = 0; lane < L; lane++) sum += lanes[lane];
        for (; i < width; i++) if (i != chosen && prior[offset + i] > 0) sum += prior[offset + i];
        return sum;
    }

    @Override
    public void statistics(int width, float[] prior, int[] visits, float[] value, int offset, float start, float[] out) {
        if (width < NARROW) {
            PlainSelection.INSTANCE.statistics(width, prior, visits, value, offset, start, out);
            return;
        }
        boolean started = start - start == 0;
        FloatVector high = FloatVector.broadcast(S, Float.POSITIVE_INFINITY);
        FloatVector lowest = FloatVector.broadcast(S, NOTHING);
        FloatVector zero = FloatVector.zero(S);
        FloatVector leasts = high;
        FloatVector largests = lowest;
        FloatVector priors = zero;
        FloatVector products = zero;
        FloatVector visited = zero;
        IntVector sums = IntVector.zero(I);
        IntVector maxima = IntVector.zero(I);
        int i = 0;
        for (; i + L <= width; i += L) {
            IntVector n = IntVector.fromArray(I, visits, offset + i);
            VectorMask<Float> tried = n.reinterpretAsFloats().compare(GT, 0);
            FloatVector v = FloatVector.fromArray(S, value, offset + i);
            FloatVector p = zero.blend(FloatVector.fromArray(S, prior, offset + i), tried);
            FloatVector small = high.blend(v, tried);
            FloatVector large = lowest.blend(v, tried);
            leasts = leasts.blend(small, small.compare(LT, leasts));
            largests = largests.blend(large, large.compare(GT, largests));
            priors = priors.add(p);
            products = products.add(p.mul(v));
            visited = visited.add(zero.blend(1, tried));
            sums = sums.add(n);
            maxima = maxima.max(n);
        }
        float least = leasts.reduceLanes(VectorOperators.MIN);
        float largest = largests.reduceLanes(VectorOperators.MAX);
        // The order in which the Vector API adds lanes is left open: only sums of whole numbers may be left to it.
        float priorSum = 0;
        float priorValueSum = 0;
        float[] lanes = Lanes.scratch();
        priors.intoArray(lanes, 0);
        products.intoArray(lanes, L);
        for (int lane = 0; lane < L; lane++) {
            priorSum += lanes[lane];
            priorValueSum += lanes[L + lane];
        }
        float count = visited.reduceLanes(VectorOperators.ADD);
        int visitSum = sums.reduceLanes(VectorOperators.ADD);
        int visitMax = maxima.reduceLanes(VectorOperators.MAX);
        for (; i < width; i++) {
            int n = visits[offset + i];
            if (n == 0) continue;
            float v = value[offset + i];
            float p = prior[offset + i];
            least = v < least ? v : least;
            largest = v > largest ? v : largest;
            priorSum += p;
            priorValueSum += p * v;
            visitSum += n;
            visitMax = Math.max(visitMax, n);
            count++;
        }
        out[LEAST] = started && start < least ? start : least;
        out[LARGEST] = started && start > largest ? start : largest;
        out[PRIOR_SUM] = priorSum;
        out[PRIOR_VALUE_SUM] = priorValueSum;
        out[VISIT_SUM] = visitSum;
        out[VISIT_MAX] = visitMax;
        out[VISITED] = count;
    }

    @Override
    public int gumbelInterior(
            int width, float[] prior, int[] visits, float[] value, int offset,
            float low, float factor, float unvisited, float largest, float visitSum, float others, float[] scratch) {
        if (width < NARROW) {
            return PlainSelection.INSTANCE.gumbelInterior(
                    width, prior, visits, value, offset, low, factor, unvisited, largest, visitSum, others, scratch);
        }
        float sum = weights(width, prior, visits, value, offset, low, factor, unvisited, largest, scratch);
        if (others > 0) sum += others * ScalarTwins.exp(unvisited - largest);
        // The scores, all multiplied by the sum of the weights.
        float perVisit = (sum > 0 ? sum : 1) / (1 + visitSum);
        FloatVector best = FloatVector.broadcast(S, NOTHING);
        FloatVector at = FloatVector.broadcast(S, FAR);
        FloatVector index = LANES.add(0);
        int i = 0;
        for (; i + L <= width; i += L) {
            FloatVector n = (FloatVector) IntVector.fromArray(I, visits, offset + i).convertShape(I2F, S, 0);
            FloatVector score = FloatVector.fromArray(S, scratch, i).sub(n.mul(perVisit));
            VectorMask<Float> better = score.compare(GT, best);
            best = best.blend(score, better);
            at = at.blend(index, better);
            index = index.add(L);
        }
        float top = best.reduceLanes(VectorOperators.MAX);
        float first = FloatVector.broadcast(S, FAR).blend(at, best.compare(EQ, top)).reduceLanes(VectorOperators.MIN);
        int chosen = first < FAR ? (int) first : NONE;
        for (; i < width; i++) {
            float score = scratch[i] - visits[offset + i] * perVisit;
            if (score > top) {
                top = score;
                chosen = i;
            }
        }
        return chosen;
    }

    /** Writes prior times exp(transformed value - largest) and returns the sum over the legal edges. */
    private static float weights(
            int width, float[] prior, int[] visits, float[] value, int offset,
            float low, float factor, float unvisited, float largest, float[] scratch) {
        float elsewhere = ScalarTwins.exp(unvisited - largest);
        FloatVector fresh = FloatVector.broadcast(S, elsewhere);
        FloatVector zero = FloatVector.zero(S);
        FloatVector sums = zero;
        int i = 0;
        for (; i + L <= width; i += L) {
            VectorMask<Float> tried = IntVector.fromArray(I, visits, offset + i).reinterpretAsFloats().compare(GT, 0);
            FloatVector weight = fresh;
            // Only visited edges need an exponential of their own.
            if (tried.anyTrue()) {
                FloatVector c = FloatVector.fromArray(S, value, offset + i).sub(low).mul(factor).sub(largest);
                c = c.blend(-104, c.compare(LT, -104));
                c = c.blend(88, c.compare(GT, 88));
                FloatVector t = c.fma(LOG2_E, ROUNDER);
                FloatVector k = t.sub(ROUNDER);
                FloatVector r = k.fma(MINUS_LN2_LOW, k.fma(MINUS_LN2_HIGH, c));
                FloatVector p = r.fma(E4, E3).fma(r, E2).fma(r, E1).fma(r, E0).fma(r.mul(r), r).add(1);
                IntVector exponent = t.reinterpretAsInts().sub(ROUNDER_BITS);
                IntVector half = exponent.lanewise(VectorOperators.ASHR, 1);
                p = p.mul(half.add(127).lanewise(LSHL, 23).reinterpretAsFloats());
                p = p.mul(exponent.sub(half).add(127).lanewise(LSHL, 23).reinterpretAsFloats());
                weight = fresh.blend(p, tried);
            }
            FloatVector share = FloatVector.fromArray(S, prior, offset + i);
            weight = weight.mul(share);
            weight.intoArray(scratch, i);
            sums = sums.add(zero.blend(weight, share.compare(VectorOperators.GE, 0)));
        }
        float sum = 0;
        float[] lanes = Lanes.scratch();
        sums.intoArray(lanes, 0);
        for (int lane = 0; lane < L; lane++) sum += lanes[lane];
        for (; i < width; i++) {
            float p = prior[offset + i];
            float weight = p * (visits[offset + i] > 0 ? ScalarTwins.exp((value[offset + i] - low) * factor - largest) : elsewhere);
            scratch[i] = weight;
            sum += p >= 0 ? weight : 0;
        }
        return sum;
    }

    @Override
    public int halving(
            int width, float[] base, int baseOffset, int[] visits, float[] value, int offset, int required,
            float low, float factor, float unvisited) {
        // Few edges have the required visits, and a root is scanned once a simulation.
        return PlainSelection.INSTANCE.halving(
                width, base, baseOffset, visits, value, offset, required, low, factor, unvisited);
    }

    @Override
    public int priors(int count, float[] logits, int logitOffset, int logitStride, float[] prior, int priorOffset) {
        if (count < NARROW) return PlainSelection.INSTANCE.priors(count, logits, logitOffset, logitStride, prior, priorOffset);
        float largest = NOTHING;
        int broken = 0;
        int legal = 0;
        for (int i = 0; i < count; i++) {
            float x = logits[logitOffset + i * logitStride];
            if (!(x < Float.POSITIVE_INFINITY)) {
                x = NOTHING;
                broken++;
            }
            prior[priorOffset + i] = x;
            legal += x > NOTHING ? 1 : 0;
            largest = x > largest ? x : largest;
        }
        if (legal == 0) return broken << 16;
        FloatVector zero = FloatVector.zero(S);
        FloatVector sums = zero;
        int i = 0;
        for (; i + L <= count; i += L) {
            FloatVector x = FloatVector.fromArray(S, prior, priorOffset + i);
            FloatVector c = x.sub(largest);
            c = c.blend(-104, c.compare(LT, -104));
            FloatVector t = c.fma(LOG2_E, ROUNDER);
            FloatVector k = t.sub(ROUNDER);
            FloatVector r = k.fma(MINUS_LN2_LOW, k.fma(MINUS_LN2_HIGH, c));
            FloatVector p = r.fma(E4, E3).fma(r, E2).fma(r, E1).fma(r, E0).fma(r.mul(r), r).add(1);
            IntVector exponent = t.reinterpretAsInts().sub(ROUNDER_BITS);
            IntVector half = exponent.lanewise(VectorOperators.ASHR, 1);
            p = p.mul(half.add(127).lanewise(LSHL, 23).reinterpretAsFloats());
            p = p.mul(exponent.sub(half).add(127).lanewise(LSHL, 23).reinterpretAsFloats());
            VectorMask<Float> illegal = x.compare(EQ, NOTHING);
            p.blend(NOTHING, illegal).intoArray(prior, priorOffset + i);
            sums = sums.add(p.blend(zero, illegal));
        }
        float sum = 0;
        float[] lanes = Lanes.scratch();
        sums.intoArray(lanes, 0);
        for (int lane = 0; lane < L; lane++) sum += lanes[lane];
        for (; i < count; i++) {
            float x = prior[priorOffset + i];
            if (x == NOTHING) continue;
            float weight = ScalarTwins.exp(x - largest);
            prior[priorOffset + i] = weight;
            sum += weight;
        }
        float factor = 1 / sum;
        for (i = 0; i + L <= count; i += L) {
            FloatVector.fromArray(S, prior, priorOffset + i).mul(factor).intoArray(prior, priorOffset + i);
        }
        for (; i < count; i++) prior[priorOffset + i] *= factor;
        return legal | broken << 16;
    }
}
