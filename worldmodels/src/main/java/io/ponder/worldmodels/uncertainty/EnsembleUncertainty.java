package io.ponder.worldmodels.uncertainty;

/**
 * The six estimators that Lu et al. 2022 ("Revisiting design choices in offline model-based reinforcement learning", section 4) compare, for
 * members with Gaussians N(m_i, diag v_i), i from 1 to E. Norms are Euclidean over the entries of the observation.
 *
 * <p>A variance of 0 (networks that predict the mean alone) counts as 1e-12 where a density is taken. Allocates nothing.
 */
public enum EnsembleUncertainty implements UncertaintyEstimator {
    /** Norm of the standard deviations of the mixture, v* = mean(v_i + m_i^2) - mean(m_i)^2 (Lakshminarayanan et al. 2017). */
    ENSEMBLE_DEVIATION {
        @Override
        double score(Forecast f, int k) {
            double sum = 0;
            for (int d = 0; d < f.rows(); d++) sum += mixtureVariance(f, d, k, -1);
            return Math.sqrt(sum);
        }
    },
    /** Norm of the variances of the mixture. */
    ENSEMBLE_VARIANCE {
        @Override
        double score(Forecast f, int k) {
            double sum = 0;
            for (int d = 0; d < f.rows(); d++) sum += square(mixtureVariance(f, d, k, -1));
            return Math.sqrt(sum);
        }
    },
    /** Largest distance of two means (MOReL; Kidambi et al. 2020). */
    MAX_PAIRWISE {
        @Override
        double score(Forecast f, int k) {
            double largest = 0;
            for (int i = 0; i < f.members(); i++) {
                for (int j = 0; j < i; j++) {
                    double sum = 0;
                    for (int d = 0; d < f.rows(); d++) sum += square(f.mean(i, d, k) - f.mean(j, d, k));
                    largest = Math.max(largest, sum);
                }
            }
            return Math.sqrt(largest);
        }
    },
    /** Largest norm of a member's own variances (MOPO; Yu et al. 2020): what it holds to be noise. */
    MAX_ALEATORIC {
        @Override
        double score(Forecast f, int k) {
            double largest = 0;
            for (int i = 0; i < f.members(); i++) {
                double sum = 0;
                for (int d = 0; d < f.rows(); d++) sum += square(f.variance(i, d, k));
                largest = Math.max(largest, sum);
            }
            return Math.sqrt(largest);
        }
    },
    /** Variance over the members of the log-density of what was drawn. */
    LIKELIHOOD_VARIANCE {
        @Override
        double score(Forecast f, int k) {
            double mean = 0;
            double squares = 0;
            for (int i = 0; i < f.members(); i++) {
                double logDensity = 0;
                for (int d = 0; d < f.rows(); d++) {
                    double variance = Math.max(LEAST_VARIANCE, f.variance(i, d, k));
                    logDensity -= 0.5 * (square(f.drawn(d, k) - f.mean(i, d, k)) / variance + Math.log(2 * Math.PI * variance));
                }
                double delta = logDensity - mean;
                mean += delta / (i + 1);
                squares += delta * (logDensity - mean);
            }
            return squares / f.members();
        }
    },
    /** Divergence KL(N_i || mixture of the others, as a Gaussian of their moments), i the member that was drawn from. */
    LEAVE_ONE_OUT_KL {
        @Override
        double score(Forecast f, int k) {
            int i = f.member()[k];
            if (f.members() == 1) return 0;
            double sum = 0;
            for (int d = 0; d < f.rows(); d++) {
                double own = Math.max(LEAST_VARIANCE, f.variance(i, d, k));
                double others = Math.max(LEAST_VARIANCE, mixtureVariance(f, d, k, i));
                double distance = f.mean(i, d, k) - mixtureMean(f, d, k, i);
                sum += 0.5 * (own / others + square(distance) / others - 1 + Math.log(others / own));
            }
            return sum;
        }
    };

    private static final double LEAST_VARIANCE = 1e-12;

    abstract double score(Forecast forecast, int k);

    @Override
    public void score(Forecast forecast, float[] out) {
        for (int k = 0; k < forecast.columns(); k++) out[k] = (float) score(forecast, k);
    }

    private static double square(double x) {
        return x * x;
    }

    /** Returns the mean of all members but {@code left}. */
    private static double mixtureMean(Forecast f, int d, int k, int left) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < f.members(); i++) {
            if (i == left) continue;
            sum += f.mean(i, d, k);
            count++;
        }
        return sum / count;
    }

    /** Returns the variance of the equal mixture of all members but {@code left}, around its mean, so that nothing cancels. */
    private static double mixtureVariance(Forecast f, int d, int k, int left) {
        double mean = mixtureMean(f, d, k, left);
        double sum = 0;
        int count = 0;
        for (int i = 0; i < f.members(); i++) {
            if (i == left) continue;
            sum += f.variance(i, d, k) + square(f.mean(i, d, k) - mean);
            count++;
        }
        return sum / count;
    }
}
