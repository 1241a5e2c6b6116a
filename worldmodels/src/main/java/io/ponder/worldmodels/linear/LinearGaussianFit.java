package io.ponder.worldmodels.linear;

import io.ponder.engine.Checks;
import io.ponder.engine.data.RunningStatistics;
import io.ponder.engine.data.TransitionStore;
import io.ponder.worldmodels.objective.SampleWeighting;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_FDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.jspecify.annotations.Nullable;

/**
 * Estimates a {@link LinearGaussianModel} from stored transitions by ridge regression, and its noise covariance from the residuals.
 *
 * <p>Inputs are standardised first, so that the ridge means the same for every entry. The normal equations are summed in double and
 * solved by EJML's Cholesky decomposition in float with iterative refinement in double. Stateless, safe for several threads.
 */
public final class LinearGaussianFit {
    private static final int REFINEMENTS = 4;

    private LinearGaussianFit() {}

    /**
     * Returns the fitted model, with its noise drawn.
     *
     * @param data  transitions with continuous actions, at least 2
     * @param ridge penalty on the squared weights of standardised inputs relative to the mean squared error, at least 0; 1e-6 is enough
     *     to allow entries that never change
     * @throws IllegalArgumentException if there are too few transitions, or the inputs depend linearly on each other and ridge is 0
     */
    public static LinearGaussianModel fit(TransitionStore data, double ridge) {
        return fit(data, ridge, (float[]) null);
    }

    /**
     * Returns the model fitted by weighted least squares, with its noise drawn.
     *
     * @param data      transitions with continuous actions, at least 2
     * @param ridge     as in {@link #fit(TransitionStore, double)}
     * @param weighting how much each transition counts
     */
    public static LinearGaussianModel fit(TransitionStore data, double ridge, SampleWeighting weighting) {
        return fit(data, ridge, SampleWeighting.ofAll(weighting, data));
    }

    private static LinearGaussianModel fit(TransitionStore data, double ridge, float @Nullable [] weights) {
        Checks.inRange("rows of the store", data.size(), 2, Integer.MAX_VALUE);
        Checks.inRange("ridge", ridge, 0, Double.MAX_VALUE);
        int n = data.observationSize();
        int m = data.actionSize();
        var inputs = new RunningStatistics(n + m);
        var targets = new RunningStatistics(n);
        var x = new float[n + m];
        var y = new float[n];
        for (int row = 0; row < data.size(); row++) {
            read(data, row, x, y);
            inputs.add(x);
            targets.add(y);
        }
        double[] centre = centre(inputs, n + m);
        double[] targetCentre = centre(targets, n);
        if (weights != null) weighCentres(data, weights, centre, targetCentre);
        double[][] gram = new double[n + m][n + m];
        double[][] cross = new double[n + m][n];
        var z = new double[n + m];
        for (int row = 0; row < data.size(); row++) {
            read(data, row, x, y);
            double weight = weights == null ? 1 : weights[row];
            for (int i = 0; i < n + m; i++) z[i] = (x[i] - centre[i]) / inputs.scale(i);
            for (int i = 0; i < n + m; i++) {
                for (int j = 0; j < n + m; j++) gram[i][j] += weight * (z[i] * z[j] / data.size());
                for (int j = 0; j < n; j++) cross[i][j] += weight * (z[i] * (y[j] - targetCentre[j]) / data.size());
            }
        }
        for (int i = 0; i < n + m; i++) gram[i][i] += ridge;
        double[][] coefficients = solve(gram, cross);
        return model(data, weights, coefficients, inputs, centre, targetCentre);
    }

    private static double[] centre(RunningStatistics statistics, int size) {
        var centre = new double[size];
        for (int i = 0; i < size; i++) centre[i] = statistics.mean(i);
        return centre;
    }

    /** Replaces the means by weighted ones. */
    private static void weighCentres(TransitionStore data, float[] weights, double[] centre, double[] targetCentre) {
        Arrays.fill(centre, 0);
        Arrays.fill(targetCentre, 0);
        var x = new float[centre.length];
        var y = new float[targetCentre.length];
        for (int row = 0; row < data.size(); row++) {
            read(data, row, x, y);
            for (int i = 0; i < x.length; i++) centre[i] += (double) weights[row] * x[i] / data.size();
            for (int i = 0; i < y.length; i++) targetCentre[i] += (double) weights[row] * y[i] / data.size();
        }
    }

    /** Reads a row; the target is the next observation. */
    private static void read(TransitionStore data, int row, float[] x, float[] y) {
        data.readObservation(row, x);
        var action = new float[data.actionSize()];
        data.readAction(row, action);
        System.arraycopy(action, 0, x, data.observationSize(), action.length);
        data.readNextObservation(row, y);
    }

    private static double[][] solve(double[][] gram, double[][] cross) {
        int p = gram.length;
        int n = cross[0].length;
        LinearSolverDense<FMatrixRMaj> solver = LinearSolverFactory_FDRM.chol(p);
        if (!solver.setA(toFloat(gram))) {
            throw new IllegalArgumentException("The inputs depend linearly on each other, so the least-squares fit has no single solution.\n"
                    + "Maybe set ridge to 1e-6, or collect data with more varied actions.");
        }
        double[][] weights = new double[p][n];
        double[][] residual = cross;
        var part = new FMatrixRMaj(p, n);
        for (int round = 0; round <= REFINEMENTS; round++) {
            solver.solve(toFloat(residual), part);
            for (int i = 0; i < p; i++) for (int j = 0; j < n; j++) weights[i][j] += part.get(i, j);
            residual = new double[p][n];
            for (int i = 0; i < p; i++) {
                for (int j = 0; j < n; j++) {
                    double sum = cross[i][j];
                    for (int l = 0; l < p; l++) sum -= gram[i][l] * weights[l][j];
                    residual[i][j] = sum;
                }
            }
        }
        return weights;
    }

    private static FMatrixRMaj toFloat(double[][] matrix) {
        var copy = new FMatrixRMaj(matrix.length, matrix[0].length);
        for (int i = 0; i < matrix.length; i++) for (int j = 0; j < matrix[0].length; j++) copy.set(i, j, (float) matrix[i][j]);
        return copy;
    }

    /** Undoes the standardisation and measures the residuals. */
    private static LinearGaussianModel model(
            TransitionStore data,
            float @Nullable [] sampleWeights,
            double[][] weights,
            RunningStatistics inputs,
            double[] centre,
            double[] targetCentre) {
        int n = data.observationSize();
        int m = data.actionSize();
        double[][] a = new double[n][n];
        double[][] b = new double[n][m];
        double[] bias = new double[n];
        for (int i = 0; i < n; i++) {
            bias[i] = targetCentre[i];
            for (int j = 0; j < n + m; j++) {
                double weight = weights[j][i] / inputs.scale(j);
                bias[i] -= weight * centre[j];
                if (j < n) a[i][j] = weight;
                else b[i][j - n] = weight;
            }
        }
        double[][] covariance = new double[n][n];
        var x = new float[n + m];
        var y = new float[n];
        var residual = new double[n];
        int freedom = Math.max(1, data.size() - n - m - 1);
        for (int row = 0; row < data.size(); row++) {
            read(data, row, x, y);
            for (int i = 0; i < n; i++) {
                residual[i] = y[i] - bias[i];
                for (int j = 0; j < n; j++) residual[i] -= a[i][j] * x[j];
                for (int j = 0; j < m; j++) residual[i] -= b[i][j] * x[n + j];
            }
            double share = sampleWeights == null ? 1 : sampleWeights[row];
            for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) covariance[i][j] += share * (residual[i] * residual[j] / freedom);
        }
        return new LinearGaussianModel(a, b, bias, covariance, true);
    }
}
