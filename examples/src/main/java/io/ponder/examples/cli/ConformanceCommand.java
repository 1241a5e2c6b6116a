package io.ponder.examples.cli;

import io.ponder.examples.conformance.Conformance;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ponder conformance}: replays golden files made by other systems. */
@Command(
        name = "conformance",
        description = "Replays golden files of other systems and says where this one differs first.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit code 1 where a file failed."})
final class ConformanceCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Golden files, or folders that hold them.")
    private List<String> paths = List.of();

    @Override
    public Integer call() {
        List<Path> files = new ArrayList<>();
        for (String path : paths) files.add(OutputFolder.path("PATH", path));
        PrintWriter out = spec.commandLine().getOut();
        try {
            int failed = new Conformance().run(files, line -> {
                out.println(line);
                out.flush();
            });
            return failed == 0 ? 0 : Ponder.FAILED;
        } catch (IllegalArgumentException nothingThere) {
            String message = String.valueOf(nothingThere.getMessage());
            throw new UsageException(
                    message.contains("\nMaybe ") ? message : message + "\nMaybe check the spelling of the path.", nothingThere);
        } catch (IOException unreadable) {
            throw new UsageException(
                    "PATH is '" + files.get(0) + "', but it cannot be read: " + OutputFolder.reason(unreadable) + ".",
                    "check its permissions.");
        }
    }
}
