package io.ponder.examples.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * Runs a command line as the program does, but for the exit, and keeps what it wrote.
 *
 * @param code exit code
 * @param out  what went to standard output
 * @param err  what went to standard error
 */
record CommandLineRun(int code, String out, String err) {
    static CommandLineRun of(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        CommandLine line = Ponder.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        int code = line.execute(arguments);
        return new CommandLineRun(code, out.toString(), err.toString());
    }
}
