package io.ponder.examples.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The root of the command line: {@code ponder COMMAND [OPTIONS]}.
 *
 * <p>Exit codes: 0 where everything went well, 1 where a run failed, 2 where it was asked for wrongly, 130 where it was interrupted.
 */
@Command(
        name = "ponder",
        description = "Learns models of environments, plans with them, and shows how well that works.",
        subcommands = {
            CompareCommand.class,
            ResultsCommand.class,
            EvidenceCommand.class,
            FitCommand.class,
            TrainCommand.class,
            PlayCommand.class,
            TournamentCommand.class,
            TuneCommand.class,
            BenchCommand.class,
            WatchCommand.class,
            SurveyCommand.class,
            DoctorCommand.class,
            ConformanceCommand.class,
            KnownAnswersCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Ponder.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "The main job: ponder compare          Smaller and sooner: ponder compare --quick"})
public final class Ponder implements Callable<Integer> {
    /** Exit code of a run that was asked for correctly and failed. */
    public static final int FAILED = 1;

    /** Exit code of a command that was asked for wrongly. */
    public static final int WRONG_USE = 2;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show the stack trace of an error.")
    private boolean debug;

    /** Runs a command and exits. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** Returns the command line with the error handling of this program. */
    public static CommandLine commandLine() {
        var line = new CommandLine(new Ponder());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpLongOptionsMaxWidth(28);
        line.setParameterExceptionHandler(UsageErrors::handle);
        line.setExecutionExceptionHandler((error, command, parsed) -> failed(error, command));
        return line;
    }

    /** Shows the help: no command is a question, not a mistake. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return 0;
    }

    private static int failed(Exception error, CommandLine command) {
        PrintWriter out = command.getErr();
        boolean wrongUse = error instanceof UsageException;
        if (wrongUse || error instanceof RunFailedException) {
            out.println("ponder: " + error.getMessage());
        } else {
            String message = plainMessage(error);
            out.println("ponder: " + command.getCommandName() + " failed: " + message
                    + (message.contains("\nMaybe ") ? "" : "\nMaybe run it again with --debug to see where."));
        }
        if (debugs(command)) error.printStackTrace(out);
        out.flush();
        return wrongUse ? WRONG_USE : FAILED;
    }

    private static String plainMessage(Throwable error) {
        String message = error.getMessage();
        return message == null || message.isBlank() ? error.getClass().getSimpleName() : message;
    }

    private static boolean debugs(CommandLine command) {
        CommandLine root = command;
        while (root.getParent() != null) root = root.getParent();
        return root.getCommand() instanceof Ponder ponder && ponder.debug;
    }

    /** Says which version runs, and on what. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Ponder.class.getPackage().getImplementationVersion();
            List<String> lines = new ArrayList<>();
            lines.add("ponder " + (version == null ? "(built from source)" : version));
            lines.add("Java " + System.getProperty("java.version") + " (" + System.getProperty("java.vm.name") + ")");
            return lines.toArray(String[]::new);
        }
    }
}
