package io.ponder.examples.watch;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanDiagnostics;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Planner;
import io.ponder.planners.Population;
import io.ponder.planners.SamplingPlanner;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Turns a plan into what the page shows: the chosen trajectory, some of those sampled, and the distribution of their costs. */
final class PlanView {
    private static final int SHOWN = 32;
    private static final int BINS = 32;
    /** Costs beyond this share of the population are drawn in the last bin. */
    private static final double SHARE = 0.95;

    private final WatchScene scene;
    private final WorldModel model;

    PlanView(WatchScene scene, WorldModel model) {
        this.scene = scene;
        this.model = model;
    }

    Map<String, Object> of(Planner planner, PlanRequest request, Plan plan) {
        Map<String, Object> view = new LinkedHashMap<>();
        PlanDiagnostics found = plan.diagnostics();
        view.put("ess", found.effectiveSampleSize()[0]);
        view.put("best", finite(found.bestReturn()[0]));
        view.put("mean", finite(found.meanReturn()[0]));
        view.put("promised", finite(plan.predictedReturn()[0]));
        view.put("millis", found.nanos() / 1e6);
        view.put("overrun", found.overrunNanos() / 1e6);
        view.put("iterations", found.iterations());
        view.put("modelSteps", found.modelSteps());
        view.put("stopReason", String.valueOf(found.stopReason()));
        view.put("nonFinite", found.nonFiniteRollouts());
        view.put("failures", found.modelFailures());
        Population population = planner instanceof SamplingPlanner sampling ? sampling.population() : null;
        float[][] paths = paths(request, plan, population);
        view.put("chosen", paths[0]);
        view.put("samples", Arrays.copyOfRange(paths, 1, paths.length));
        if (population != null) histogram(population, view);
        return view;
    }

    private static Object finite(float value) {
        return Float.isFinite(value) ? (Object) value : "none";
    }

    /** Rolls the chosen plan and some candidates out; returns the points of each, x and y in turn. */
    private float[][] paths(PlanRequest request, Plan plan, @org.jspecify.annotations.Nullable Population population) {
        int shown = population == null ? 0 : Math.min(SHOWN, population.size());
        int columns = shown + 1;
        int actionSize = plan.actionSize();
        var from = new StepBuffer(model.spec(), columns);
        var to = new StepBuffer(model.spec(), columns);
        from.next().repeat(request.roots(), columns, 0, columns);
        var keys = new ColumnKeys(columns).resize(columns);
        float[][] paths = new float[columns][2 * plan.horizon() + 2];
        float[] actions = new float[actionSize * columns];
        write(from.next(), 0, paths);
        for (int t = 0; t < plan.horizon(); t++) {
            for (int a = 0; a < actionSize; a++) {
                actions[a * columns] = plan.sequence()[t * actionSize + a];
                for (int j = 0; population != null && j < shown; j++) {
                    int candidate = (int) ((long) j * population.size() / shown);
                    actions[a * columns + 1 + j] = population.sequences()[population.at(0, t * actionSize + a) + candidate];
                }
            }
            model.step(from.next(), actions, keys.step(t), to);
            write(to.next(), t + 1, paths);
            StepBuffer swap = from;
            from = to;
            to = swap;
        }
        return paths;
    }

    private void write(ModelState state, int t, float[][] paths) {
        for (int j = 0; j < paths.length; j++) {
            scene.follow().point(state.values(), state.columns(), j, paths[j], 2 * t);
            // What has diverged is not drawn, and JSON knows no NaN.
            for (int i = 2 * t; i < 2 * t + 2; i++) paths[j][i] = Float.isFinite(paths[j][i]) ? Math.round(paths[j][i] * 1000) / 1000f : 99;
        }
    }

    private static void histogram(Population population, Map<String, Object> view) {
        float[] costs = Arrays.copyOfRange(population.costs(), 0, population.size());
        Arrays.sort(costs);
        int finite = 0;
        while (finite < costs.length && costs[finite] < Float.POSITIVE_INFINITY) finite++;
        if (finite == 0) return;
        float low = costs[0];
        float high = costs[(int) (SHARE * (finite - 1))];
        if (!(high > low)) high = low + 1e-6f;
        int[] counts = new int[BINS];
        for (int i = 0; i < finite; i++) counts[(int) Math.min(BINS - 1, (costs[i] - low) / (high - low) * BINS)]++;
        view.put("histogram", counts);
        view.put("lowCost", low);
        view.put("highCost", high);
    }
}
