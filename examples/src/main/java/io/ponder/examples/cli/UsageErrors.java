package io.ponder.examples.cli;

import io.ponder.examples.NearestMatch;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what the option parser did not understand into one sentence and one line of advice. */
final class UsageErrors {
    private UsageErrors() {}

    static int handle(ParameterException error, String[] arguments) {
        CommandLine command = error.getCommandLine();
        UsageException usage = describe(error, command);
        command.getErr().println("ponder: " + usage.getMessage());
        for (String argument : arguments) if (argument.equals("--debug")) error.printStackTrace(command.getErr());
        command.getErr().flush();
        return Ponder.WRONG_USE;
    }

    private static UsageException describe(ParameterException error, CommandLine command) {
        String help = "run '" + command.getCommandSpec().qualifiedName() + " --help' to see what is possible.";
        if (error instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
            String argument = unmatched.getUnmatched().get(0);
            boolean wantsCommand = !command.getSubcommands().isEmpty() && !argument.startsWith("-");
            List<String> allowed = wantsCommand ? new ArrayList<>(command.getSubcommands().keySet()) : optionNames(command);
            String kind = wantsCommand ? "command" : argument.startsWith("-") ? "option" : "argument";
            String name = argument.contains("=") && kind.equals("option") ? argument.substring(0, argument.indexOf('=')) : argument;
            return new UsageException(
                    "The " + kind + " '" + name + "' of " + command.getCommandSpec().qualifiedName() + " is unknown; it takes "
                            + String.join(", ", allowed) + ".",
                    NearestMatch.advice(name, allowed, help));
        }
        if (error instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
            var argument = missing.getMissing().get(0);
            String name = argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
            return new UsageException(
                    name + " is empty, but it needs a value: " + sentence(argument.description()), help);
        }
        String message = String.valueOf(error.getMessage());
        return new UsageException(message.endsWith(".") ? message : message + ".", help);
    }

    private static String sentence(String[] description) {
        return description.length == 0 ? "see the help." : description[0];
    }

    private static List<String> optionNames(CommandLine command) {
        List<String> names = new ArrayList<>();
        for (OptionSpec option : command.getCommandSpec().options()) names.add(option.longestName());
        return names;
    }
}
