package io.ponder.engine.nn;

/** Squashes a scalar so that equal steps of the result are about equally important, and back; in double throughout. Thread-safe. */
public enum ScalarTransform {
    /** y = x. */
    IDENTITY {
        @Override
        public double apply(double x) {
            return x;
        }

        @Override
        public double inverse(double y) {
            return y;
        }
    },
    /** y = sign(x) (sqrt(|x| + 1) - 1) + 0.001 x (Pohlen et al. 2018), used by MuZero. */
    MUZERO {
        @Override
        public double apply(double x) {
            // sqrt(|x| + 1) - 1 without its cancellation near 0.
            double magnitude = Math.abs(x);
            return Math.copySign(magnitude / (Math.sqrt(magnitude + 1) + 1), x) + EPSILON * x;
        }

        @Override
        public double inverse(double y) {
            // With r = (sqrt(1 + 4 e (|y| + 1 + e)) - 1) / (2 e), |x| = r^2 - 1 = (r - 1) (r + 1); r - 1 is expanded because r is near 1.
            double magnitude = Math.abs(y);
            double root = Math.sqrt(1 + 4 * EPSILON * (magnitude + 1 + EPSILON));
            double above = 2 * magnitude / (root + 1 + 2 * EPSILON);
            return Math.copySign(above * (above + 2), y);
        }
    },
    /** y = sign(x) ln(1 + |x|), the symmetric logarithm (Hafner et al. 2023). */
    SYMLOG {
        @Override
        public double apply(double x) {
            return Math.copySign(Math.log1p(Math.abs(x)), x);
        }

        @Override
        public double inverse(double y) {
            return Math.copySign(Math.expm1(Math.abs(y)), y);
        }
    };

    private static final double EPSILON = 0.001;

    /** Returns the transformed value. */
    public abstract double apply(double x);

    /** Returns the value whose transform is {@code y}. */
    public abstract double inverse(double y);
}
