package io.ponder.examples.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.ponder.engine.model.LambdaModel;
import io.ponder.engine.model.ValueFunction;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Problem;
import io.ponder.planners.ActionNoise;
import io.ponder.planners.ColouredNoise;
import io.ponder.planners.ControlCost;
import io.ponder.planners.Execution;
import io.ponder.planners.Mppi;
import io.ponder.planners.MppiParameters;
import io.ponder.planners.NoiseSource;
import io.ponder.planners.SamplingPlanner;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Replays golden files of planning: decisions of pytorch_mppi with the noise that it drew, and sequences of the Python package
 * colorednoise with the normals that went into them.
 */
final class PlanningReplay {
    /** Relative to the largest expected value; all is computed in float32. */
    private static final double MPPI_TOLERANCE = 5e-4;
    private static final double NOISE_TOLERANCE = 1e-5;
    /** Stands for a bound that the file does not have. */
    private static final float UNBOUNDED = 1e6f;

    private PlanningReplay() {}

    /** Tells whether this class replays the files of that name. */
    static boolean handles(JsonNode file) {
        return file.path("name").asText().equals("coloured_noise") || file.path("made_by").asText().startsWith("pytorch_mppi");
    }

    /** Returns the first number that differs, or null where all agree. */
    static @Nullable String firstDifference(JsonNode file) {
        return file.path("name").asText().equals("coloured_noise") ? noise(file) : decisions(file);
    }

    private static @Nullable String noise(JsonNode file) {
        for (JsonNode c : file.get("cases")) {
            int length = c.get("length").asInt();
            double[] real = tensor(c.get("real"));
            double[] imaginary = tensor(c.get("imaginary"));
            int frequencies = length / 2 + 1;
            int columns = real.length / frequencies;
            float[] normal = new float[length * columns];
            for (int k = 0; k < columns; k++) {
                for (int i = 0; i < length; i++) {
                    int frequency = (i + 1) / 2;
                    double[] part = i == 0 || i % 2 == 1 ? real : imaginary;
                    normal[i * columns + k] = (float) part[k * frequencies + frequency];
                }
            }
            float[] noise = new float[normal.length];
            new ColouredNoise(c.get("beta").asDouble(), length).transform(columns, normal, noise, 0, columns);
            String difference = difference(
                    "noise of beta " + c.get("beta") + ", length " + length,
                    tensor(c.get("noise")),
                    at -> noise[at % length * columns + at / length],
                    NOISE_TOLERANCE);
            if (difference != null) return difference;
        }
        return null;
    }

    private static @Nullable String decisions(JsonNode file) {
        JsonNode options = file.get("options");
        JsonNode problemNode = file.get("problem");
        int actionSize = options.get("noise_mean").size();
        int stateSize = file.get("commands").get(0).get("state").get("shape").get(0).asInt();
        LambdaModel model = LambdaModel.of(stateSize, actionSize, motion(problemNode, options.get("u_scale").asDouble()));
        Problem problem = Problem.of(model, bounds(options.get("u_min"), actionSize, -UNBOUNDED), bounds(options.get("u_max"), actionSize, UNBOUNDED))
                .withRestAction(floats(options.get("u_init")))
                .withTerminalValue(options.get("terminal_cost").asBoolean() ? terminal(problemNode) : null);
        var mppi = new Mppi(parameters(file, options), problem, 1);
        var noise = new Injected();
        int command = 0;
        try (var planner = new SamplingPlanner(problem, mppi, Execution.rows(1).withNoise(noise))) {
            for (JsonNode c : file.get("commands")) {
                noise.normals = tensor(c.get("standard_noise"));
                planner.warmStart(0, floats(c.get("nominal_before").get("values")));
                var request = new PlanRequest(model, 1).observe(model, floats(c.get("state").get("values")));
                request.elapsedSteps()[0] = options.get("shift_nominal_trajectory").asBoolean() ? 1 : 0;
                Plan plan = planner.plan(request, Budget.UNLIMITED);
                String difference = compare(c, plan, planner, mppi);
                if (difference != null) return "command " + command + ": " + difference;
                command++;
            }
        }
        return null;
    }

    private static @Nullable String compare(JsonNode c, Plan plan, SamplingPlanner planner, Mppi mppi) {
        String[] names = {"rollout_costs", "costs", "weights", "nominal_after", "action"};
        float[][] seen = {
            planner.population().costs(), mppi.totalCosts(), mppi.weights(), plan.sequence(), plan.actions(),
        };
        for (int i = 0; i < names.length; i++) {
            float[] values = seen[i];
            String difference = difference(names[i], tensor(c.get(names[i])), at -> values[at], MPPI_TOLERANCE);
            if (difference != null) return difference;
        }
        return null;
    }

    private static MppiParameters parameters(JsonNode file, JsonNode options) {
        boolean absolute = options.get("noise_abs_cost").asBoolean();
        double[] covariance = tensor(options.get("noise_covariance"));
        int size = options.get("noise_mean").size();
        double[][] matrix = new double[size][size];
        for (int i = 0; i < covariance.length; i++) matrix[i / size][i % size] = covariance[i];
        double[] mean = new double[size];
        for (int a = 0; a < size; a++) mean[a] = options.get("noise_mean").get(a).asDouble();
        return new MppiParameters(
                file.get("horizon").asInt(),
                1,
                file.get("samples").asInt(),
                options.get("lambda").asDouble(),
                0,
                ActionNoise.ofCovariance(matrix).withMean(mean),
                absolute ? ControlCost.ABSOLUTE : ControlCost.INFORMATION_THEORETIC,
                options.get("sample_null_action").asBoolean(),
                0);
    }

    /** The motion and the reward, which is that of the state after the step. */
    private static LambdaModel.Step motion(JsonNode problem, double scale) {
        if (problem.get("kind").asText().equals("pendulum")) return (x, u, next) -> pendulum(x, scale * u[0], next);
        double[] a = tensor(problem.get("A"));
        double[] b = tensor(problem.get("B"));
        double[] q = tensor(problem.get("Q"));
        double[] r = tensor(problem.get("R"));
        return (x, u, next) -> {
            for (int i = 0; i < x.length; i++) {
                double sum = 0;
                for (int j = 0; j < x.length; j++) sum += a[i * x.length + j] * x[j];
                for (int j = 0; j < u.length; j++) sum += b[i * u.length + j] * scale * u[j];
                next[i] = (float) sum;
            }
            return -quadratic(q, next, 1) - quadratic(r, u, scale);
        };
    }

    private static double pendulum(float[] x, double torque, float[] next) {
        double clipped = Math.max(-2, Math.min(2, torque));
        double speed = x[1] + (15 * Math.sin(x[0]) + 3 * clipped) * 0.05;
        speed = Math.max(-8, Math.min(8, speed));
        double angle = x[0] + speed * 0.05;
        next[0] = (float) angle;
        next[1] = (float) speed;
        double wrapped = wrap(angle);
        return -(wrapped * wrapped + 0.1 * speed * speed + 0.001 * clipped * clipped);
    }

    private static double wrap(double angle) {
        double turn = 2 * Math.PI;
        return angle + Math.PI - Math.floor((angle + Math.PI) / turn) * turn - Math.PI;
    }

    private static double quadratic(double[] matrix, float[] x, double scale) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x.length; j++) sum += matrix[i * x.length + j] * x[i] * scale * x[j] * scale;
        }
        return sum;
    }

    private static ValueFunction terminal(JsonNode problem) {
        boolean pendulum = problem.get("kind").asText().equals("pendulum");
        double factor = pendulum ? problem.get("terminal_factor").asDouble() : 0;
        double[] q = pendulum ? new double[0] : tensor(problem.get("terminal_Q"));
        return (state, out) -> {
            float[] x = new float[state.stateSize()];
            for (int k = 0; k < state.columns(); k++) {
                for (int d = 0; d < x.length; d++) x[d] = state.values()[d * state.columns() + k];
                double cost = pendulum ? factor * (wrap(x[0]) * wrap(x[0]) + 0.1 * x[1] * x[1]) : quadratic(q, x, 1);
                out[k] = (float) -cost;
            }
        };
    }

    private static float[] bounds(JsonNode given, int size, float otherwise) {
        if (!given.isNull()) return floats(given);
        float[] out = new float[size];
        Arrays.fill(out, otherwise);
        return out;
    }

    private static double[] tensor(JsonNode node) {
        JsonNode values = node.get("values");
        double[] out = new double[values.size()];
        for (int i = 0; i < out.length; i++) out[i] = values.get(i).asDouble();
        return out;
    }

    private static float[] floats(JsonNode values) {
        float[] out = new float[values.size()];
        for (int i = 0; i < out.length; i++) out[i] = (float) values.get(i).asDouble();
        return out;
    }

    private static @Nullable String difference(String name, double[] expected, Entries seen, double tolerance) {
        double largest = 1;
        for (double value : expected) largest = Math.max(largest, Math.abs(value));
        for (int i = 0; i < expected.length; i++) {
            double value = seen.at(i);
            if (!(Math.abs(value - expected[i]) <= tolerance * largest)) {
                return name + "[" + i + "] is " + value + ", but " + expected[i] + " is expected";
            }
        }
        return null;
    }

    @FunctionalInterface
    private interface Entries {
        double at(int index);
    }

    /** The noise of a file, {@code [K x T x A]}. */
    private static final class Injected implements NoiseSource {
        double[] normals = {};

        @Override
        public void fill(
                long key, int iteration, int row, int first, int count, int length, float[] out, int offset, int stride) {
            for (int i = 0; i < length; i++) {
                for (int k = 0; k < count; k++) out[offset + i * stride + k] = (float) normals[(first + k) * length + i];
            }
        }
    }
}
