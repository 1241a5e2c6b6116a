package io.ponder.examples.cli;

import io.ponder.examples.knownanswers.KnownAnswers;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ponder known-answers}: measures cases whose answer is known. */
@Command(
        name = "known-answers",
        description = "Measures planners on cases with a known answer: known value, measured value, tolerance, pass.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit code 1 where a value is off."})
final class KnownAnswersCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "CASE", arity = "0..*", completionCandidates = HelpLists.KnownAnswerCases.class,
            description = "What to measure: ${COMPLETION-CANDIDATES}; all of these where none is named.")
    private List<String> cases = List.of();

    @Option(names = "--quick", description = "Leave out the cases that take more than about a second, unless they are named.")
    private boolean quick;

    @Override
    public Integer call() {
        List<String> chosen = quick ? KnownAnswers.quickNames() : KnownAnswers.names();
        if (!cases.isEmpty()) chosen = OptionValues.choices("CASE", String.join(",", cases), KnownAnswers.names());
        PrintWriter out = spec.commandLine().getOut();
        int failures = KnownAnswers.run(chosen, line -> {
            out.println(line);
            out.flush();
        }).failures();
        return failures == 0 ? 0 : Ponder.FAILED;
    }
}
