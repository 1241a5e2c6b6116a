package io.ponder.examples.cli;

import io.ponder.examples.comparison.Cancellation;
import io.ponder.examples.comparison.PlannerSurvey;
import io.ponder.examples.report.SurveyFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ponder survey}: every planner on five tasks, one table and one picture. */
@Command(
        name = "survey",
        description = "Measures every planner of continuous actions on five tasks, by the model steps of a plan: one table, one picture.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"", "Writes survey.md, survey.svg and survey.json. Ctrl-C keeps what is done."})
final class SurveyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--planners", paramLabel = "NAMES", description = "Planners, separated by commas. Default: all.")
    private @Nullable String planners;

    @Option(names = "--starts", paramLabel = "N", description = "Episodes of each planner, 1 to 1000. Default: 5.")
    private String starts = "5";

    @Option(names = "--out", paramLabel = "DIR", description = "Folder of the files, made if missing. Default: ponder-results/survey.")
    private String out = "ponder-results/survey";

    @Override
    public Integer call() {
        List<String> chosen = planners == null ? PlannerSurvey.planners() : OptionValues.choices("--planners", planners, PlannerSurvey.planners());
        int episodes = OptionValues.wholeNumber("--starts", starts, 1, 1000);
        Path folder = OutputFolder.prepare("--out", out);
        PrintWriter writer = spec.commandLine().getOut();
        var cancellation = new Cancellation();
        try (var interruption = new Interruption(cancellation::request)) {
            List<PlannerSurvey.Row> rows = new PlannerSurvey(chosen, episodes).run(cancellation, row -> {
                writer.println(String.format(Locale.ROOT, "%-24s %-20s %6d steps  %10.2f [%.2f, %.2f]  %.2f ms", row.task(), row.planner(),
                        row.modelSteps(), row.episodeReturn().mean(), row.episodeReturn().low(), row.episodeReturn().high(), row.millis()));
                writer.flush();
            });
            SurveyFiles.write(rows, folder);
            writer.println();
            writer.print(SurveyFiles.table(rows));
            writer.println("Picture: " + folder.resolve("survey.svg"));
            writer.flush();
        } catch (IOException error) {
            throw new RunFailedException("The survey cannot be written to " + folder + ": " + OutputFolder.reason(error), error);
        }
        return 0;
    }
}
