package io.ponder.engine.tensor;

/** The selection kernels in plain Java. */
final class PlainSelection implements SelectionKernels {
    static final SelectionKernels INSTANCE = new PlainSelection();

    private static final float NOTHING = Float.NEGATIVE_INFINITY;

    private PlainSelection() {}

    @Override
    public int puct(
            int width, float[] prior, int[] visits, float[] value, int offset,
            float low, float factor, float unvisited, float exploration) {
        int chosen = NONE;
        float best = NOTHING;
        for (int i = 0; i < width; i++) {
            int n = visits[offset + i];
            float worth = n > 0 ? (value[offset + i] - low) * factor : unvisited;
            float score = worth + exploration * prior[offset + i] / (n + 1);
            if (score > best) {
                best = score;
                chosen = i;
            }
        }
        return chosen;
    }

    @Override
    public int puctAmongSiblings(
            int width, float[] prior, int[] visits, float[] value, int offset, float own, float leastRange, float exploration) {
        float least = own;
        float largest = own;
        for (int i = 0; i < width; i++) {
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
        int chosen = NONE;
        float best = NOTHING;
        for (int i = 0; i < width; i++) {
            if (prior[offset + i] == NOTHING) continue;
            int n = visits[offset + i];
            float score = n > 0 ? (value[offset + i] - low) * factor + (float) Math.sqrt(exploration / n) : unvisited;
            if (score > best) {
                best = score;
                chosen = i;
            }
        }
        return chosen;
    }

    @Override
    public int quota(int width, float[] prior, int[] visits, int offset) {
        int chosen = NONE;
        float best = NOTHING;
        for (int i = 0; i < width; i++) {
            float score = prior[offset + i] / (visits[offset + i] + 1);
            if (score > best) {
                best = score;
                chosen = i;
            }
        }
        return chosen;
    }

    @Override
    public int largest(int width, float[] prior, int offset, float[] others) {
        int chosen = NONE;
        float best = NOTHING;
        for (int i = 0; i < width; i++) {
            if (prior[offset + i] > best) {
                best = prior[offset + i];
                chosen = i;
            }
        }
        float sum = 0;
        for (int i = 0; i < width; i++) if (i != chosen && prior[offset + i] > 0) sum += prior[offset + i];
        others[0] = sum;
        return chosen;
    }

    @Override
    public void statistics(int width, float[] prior, int[] visits, float[] value, int offset, float start, float[] out) {
        boolean started = start - start == 0;
        float least = started ? start : Float.POSITIVE_INFINITY;
        float largest = started ? start : Float.NEGATIVE_INFINITY;
        float priorSum = 0;
        float priorValueSum = 0;
        int visitSum = 0;
        int visitMax = 0;
        int visited = 0;
        for (int i = 0; i < width; i++) {
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
            visited++;
        }
        out[LEAST] = least;
        out[LARGEST] = largest;
        out[PRIOR_SUM] = priorSum;
        out[PRIOR_VALUE_SUM] = priorValueSum;
        out[VISIT_SUM] = visitSum;
        out[VISIT_MAX] = visitMax;
        out[VISITED] = visited;
    }

    @Override
    public int gumbelInterior(
            int width, float[] prior, int[] visits, float[] value, int offset,
            float low, float factor, float unvisited, float largest, float visitSum, float others, float[] scratch) {
        float sum = 0;
        // Most edges have no visits, and all those share one exponential.
        float elsewhere = ScalarTwins.exp(unvisited - largest);
        for (int i = 0; i < width; i++) {
            float p = prior[offset + i];
            float weight = p * (visits[offset + i] > 0 ? ScalarTwins.exp((value[offset + i] - low) * factor - largest) : elsewhere);
            scratch[i] = weight;
            sum += p >= 0 ? weight : 0;
        }
        if (others > 0) sum += others * elsewhere;
        // The scores, all multiplied by the sum of the weights.
        float perVisit = (sum > 0 ? sum : 1) / (1 + visitSum);
        int chosen = NONE;
        float best = NOTHING;
        for (int i = 0; i < width; i++) {
            float score = scratch[i] - visits[offset + i] * perVisit;
            if (score > best) {
                best = score;
                chosen = i;
            }
        }
        return chosen;
    }

    @Override
    public int halving(
            int width, float[] base, int baseOffset, int[] visits, float[] value, int offset, int required,
            float low, float factor, float unvisited) {
        int chosen = NONE;
        float best = NOTHING;
        for (int i = 0; i < width; i++) {
            int n = visits[offset + i];
            if (n != required) continue;
            float score = base[baseOffset + i] + (n > 0 ? (value[offset + i] - low) * factor : unvisited);
            if (score > best) {
                best = score;
                chosen = i;
            }
        }
        return chosen;
    }

    @Override
    public int priors(int count, float[] logits, int logitOffset, int logitStride, float[] prior, int priorOffset) {
        float largest = NOTHING;
        int broken = 0;
        for (int i = 0; i < count; i++) {
            float x = logits[logitOffset + i * logitStride];
            if (!(x < Float.POSITIVE_INFINITY)) {
                x = NOTHING;
                broken++;
            }
            prior[priorOffset + i] = x;
            largest = x > largest ? x : largest;
        }
        if (largest == NOTHING) return broken << 16;
        float sum = 0;
        int legal = 0;
        for (int i = 0; i < count; i++) {
            float x = prior[priorOffset + i];
            if (x == NOTHING) continue;
            float weight = ScalarTwins.exp(x - largest);
            prior[priorOffset + i] = weight;
            sum += weight;
            legal++;
        }
        float factor = 1 / sum;
        for (int i = 0; i < count; i++) prior[priorOffset + i] *= factor;
        return legal | broken << 16;
    }
}
