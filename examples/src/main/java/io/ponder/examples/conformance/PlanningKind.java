package io.ponder.examples.conformance;

import org.jspecify.annotations.Nullable;

/** Replays decisions of pytorch_mppi and sequences of colorednoise: see {@link PlanningReplay}. */
final class PlanningKind implements GoldenKind {
    @Override
    public String name() {
        return "planning";
    }

    @Override
    public boolean recognises(GoldenFile file) {
        return file.json() != null && PlanningReplay.handles(file.json());
    }

    @Override
    public Verdict replay(GoldenFile file) {
        @Nullable String difference = PlanningReplay.firstDifference(file.content());
        return difference == null ? Verdict.pass() : Verdict.fail(difference);
    }
}
