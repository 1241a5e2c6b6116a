package io.ponder.examples.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sums up the seeds of one planner with one kind of model on one environment.
 *
 * @param environment   the environment's id
 * @param model         what the planner imagined with
 * @param planner       the planner's name
 * @param finalReturn   final return over seeds
 * @param planMillisP50 median time of a planning call over all seeds, NaN where nothing was planned
 * @param planMillisP99 99th percentile of the same
 */
public record Summary(
        String environment, ModelKind model, String planner, Interval finalReturn, double planMillisP50, double planMillisP99) {

    private record Group(String environment, ModelKind model, String planner) {}

    /** Returns the summaries of all experiments, in the order in which their groups first appear. */
    public static List<Summary> of(List<ExperimentResult> results) {
        Map<Group, List<ExperimentResult>> groups = new LinkedHashMap<>();
        for (ExperimentResult result : results) {
            var group = new Group(result.key().environment(), result.key().model(), result.key().planner());
            groups.computeIfAbsent(group, unused -> new ArrayList<>()).add(result);
        }
        List<Summary> summaries = new ArrayList<>();
        groups.forEach((group, members) -> {
            double[] scores = members.stream().mapToDouble(ExperimentResult::finalScore).toArray();
            double[] millis = members.stream().flatMapToDouble(member -> Arrays.stream(member.planMillis())).sorted().toArray();
            summaries.add(new Summary(
                    group.environment, group.model, group.planner, Interval.of(scores),
                    Interval.quantile(millis, 0.5), Interval.quantile(millis, 0.99)));
        });
        return summaries;
    }
}
