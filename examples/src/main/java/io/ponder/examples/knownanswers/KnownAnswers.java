package io.ponder.examples.knownanswers;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Runs the cases and shows one table of them. */
public final class KnownAnswers {
    private static final List<KnownAnswer> CASES = List.of(
            new RiccatiAnswer(),
            new IterativeLqrAnswer(),
            new MppiUpdateAnswer(),
            new CemConstantsAnswer(),
            new AcrobotAnswer(),
            new PendulumAnswer(),
            new MinimumEnergyAnswer(),
            new ConstrainedProgramsAnswer(),
            new ColouredNoiseAnswer(),
            new DimensionSweepAnswer(false),
            new DimensionSweepAnswer(true),
            new GradientsAnswer(),
            new TwoSystemsAnswer(),
            EvolutionAnswer.ten(),
            EvolutionAnswer.forty());

    private KnownAnswers() {}

    /** Returns the names of the cases. */
    public static List<String> names() {
        return CASES.stream().map(KnownAnswer::name).toList();
    }

    /** Returns the names of the cases that take no more than about a second. */
    public static List<String> quickNames() {
        return CASES.stream().filter(answer -> !answer.slow()).map(KnownAnswer::name).toList();
    }

    /**
     * Runs cases in the order of the list.
     *
     * @param wanted each one of {@link #names}
     * @param out    takes the lines of the table
     * @throws IllegalArgumentException if there is no case of a name
     */
    public static AnswerTable run(List<String> wanted, Consumer<String> out) {
        for (String name : wanted) {
            if (!names().contains(name)) throw unknown(name);
        }
        var table = new AnswerTable(out);
        for (KnownAnswer answer : CASES) {
            if (!wanted.contains(answer.name())) continue;
            table.begin(answer.name());
            answer.measure(table);
        }
        int failures = table.failures();
        out.accept(String.format(Locale.ROOT, "%d of %d pass%s", table.rows().size() - failures, table.rows().size(),
                failures == 0 ? "." : "; " + failures + " FAIL."));
        return table;
    }

    private static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException("There is no known answer " + name + "; there are " + String.join(", ", names()) + ".");
    }
}
