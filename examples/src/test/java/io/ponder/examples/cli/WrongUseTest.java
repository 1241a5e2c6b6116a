package io.ponder.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.examples.arena.AgentSpec;
import io.ponder.examples.bench.Benchmarks;
import io.ponder.examples.comparison.PlannerRecipes;
import io.ponder.examples.comparison.Tasks;
import io.ponder.examples.games.Games;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every wrong use is one sentence with name and value, one line of advice, exit code 2, and no stack trace. */
class WrongUseTest {
    @TempDir
    private Path folder;

    static Stream<Arguments> wrongUses() {
        return Stream.of(
                Arguments.of("compre", "'compre'", "compare"),
                Arguments.of("compare --plannres cem", "'--plannres'", "--planners"),
                Arguments.of("compare --planners=cme", "'cme'", "cem"),
                Arguments.of("compare --planners cem,,icem", "'cem,,icem'", "empty place"),
                Arguments.of("compare --env pendulm", "'pendulm'", "Pendulum-v1"),
                Arguments.of("compare --env zork", "'zork'", "choose one"),
                Arguments.of("compare --models exact", "'exact'", "choose one"),
                Arguments.of("compare --seeds three", "'three'", "leave --seeds out"),
                Arguments.of("compare --seeds 0", "'0'", "leave --seeds out"),
                Arguments.of("compare --seeds 99999999999999", "'99999999999999'", "leave --seeds out"),
                Arguments.of("compare --episodes 1", "'1'", "leave --episodes out"),
                Arguments.of("compare --threads -2", "'-2'", "leave --threads out"),
                Arguments.of("compare --budget fast", "'fast'", "write 200k"),
                Arguments.of("compare --budget 0", "'0'", "write 200k"),
                Arguments.of("compare --budget -5ms", "'-5ms'", "write 200k"),
                Arguments.of("compare --budget 5h", "'5h'", "write 200k"),
                Arguments.of("compare --seeds", "--seeds", "--help"),
                Arguments.of("compare extra", "'extra'", "--help"),
                Arguments.of("compare --quick=perhaps", "perhaps", "--help"),
                Arguments.of("compare --seeds 1 --seeds 2", "--seeds", "--help"),
                Arguments.of("compare --config /nowhere/at/all.settings", "'/nowhere/at/all.settings'", "check the name"),
                Arguments.of("compare --config /", "'/'", "check the name"),
                Arguments.of("compare --load /nowhere/at/all", "'/nowhere/at/all'", "--save-models"),
                Arguments.of("conformance /nowhere/at/all", "'/nowhere/at/all'", "spelling"),
                Arguments.of("conformance", "PATH", "--help"),
                Arguments.of("--verson", "'--verson'", "--version"));
    }

    @ParameterizedTest
    @MethodSource("wrongUses")
    void isOneSentenceAndAdvice(String line, String value, String advice) {
        CommandLineRun run = CommandLineRun.of(line.split(" "));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertWellFormed(run.err(), value, advice);
    }

    @Test
    void anOutputFolderThatIsAFileIsFoundBeforeTheRun() throws IOException {
        Path file = Files.writeString(folder.resolve("taken"), "mine");

        CommandLineRun run = CommandLineRun.of("compare", "--out", file.toString());

        assertThat(run.code()).isEqualTo(2);
        assertWellFormed(run.err(), "'" + file + "'", "name another folder");
        assertThat(file).hasContent("mine");
    }

    @Test
    void anOutputFolderBelowAFileIsFoundBeforeTheRun() throws IOException {
        Path file = Files.writeString(folder.resolve("taken"), "mine");

        CommandLineRun run = CommandLineRun.of("compare", "--out", file.resolve("below").toString());

        assertThat(run.code()).isEqualTo(2);
        assertWellFormed(run.err(), "below'", "name a");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void anOutputFolderThatCannotBeMadeIsSaidToBeSo() {
        CommandLineRun run = CommandLineRun.of("compare", "--out", "/proc/made/below");

        assertThat(run.code()).isEqualTo(2);
        assertWellFormed(run.err(), "no folder can be made in /proc.", "name a folder of your own");
    }

    static Stream<Arguments> wrongFiles() {
        return Stream.of(
                Arguments.of("seedz = 3", "'seedz' in line 1", "seeds"),
                Arguments.of("# fine\n\nseeds = 3\nseeds = 4", "'seeds' in line 4", "remove one"),
                Arguments.of("seeds 3", "'seeds 3'", "comment"),
                Arguments.of("seeds = many", "seeds (line 1", "leave seeds out"),
                Arguments.of("quick = perhaps", "'perhaps'", "quick = true"),
                Arguments.of("budget = soon", "'soon'", "200k"),
                Arguments.of("planners = cem, icme", "'", "icem"));
    }

    @ParameterizedTest
    @MethodSource("wrongFiles")
    void aWrongSettingsFileIsNamedWithItsLine(String content, String value, String advice) throws IOException {
        Path file = Files.writeString(folder.resolve("my.settings"), content);

        CommandLineRun run = CommandLineRun.of("compare", "--config", file.toString());

        assertThat(run.code()).isEqualTo(2);
        assertWellFormed(run.err(), value, advice);
    }

    @Test
    void aBinarySettingsFileIsRefused() throws IOException {
        Path file = Files.write(folder.resolve("picture"), new byte[] {(byte) 0x89, 0x50, (byte) 0xFF, (byte) 0xFE, 0});

        CommandLineRun run = CommandLineRun.of("compare", "--config", file.toString());

        assertThat(run.code()).isEqualTo(2);
        assertWellFormed(run.err(), "UTF-8", "another file");
    }

    @Test
    void debugShowsTheStackTrace() {
        CommandLineRun run = CommandLineRun.of("compare", "--seeds", "x", "--debug");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("\tat io.ponder");
    }

    @Test
    void helpVersionAndNothingAreNoMistake() {
        assertThat(CommandLineRun.of("--help").out()).contains("compare", "conformance", "--version");
        assertThat(CommandLineRun.of("--version").out()).contains("ponder", "Java");
        assertThat(CommandLineRun.of("compare", "--help").out()).contains("--planners", "--config", "--quick");
        assertThat(CommandLineRun.of().code()).isZero();
    }

    @Test
    void helpListsWhatThereIs() {
        String compare = plain("compare");
        assertThat(PlannerRecipes.names()).isNotEmpty().allSatisfy(name -> assertThat(compare).contains(name));
        assertThat(Tasks.ids()).allSatisfy(name -> assertThat(compare).contains(name));
        String bench = plain("bench");
        assertThat(Benchmarks.names()).allSatisfy(name -> assertThat(bench).contains(name));
        String play = plain("play");
        assertThat(Games.names()).allSatisfy(name -> assertThat(play).contains(name));
        assertThat(AgentSpec.names()).allSatisfy(name -> assertThat(play).contains(name));
        assertThat(plain("tournament")).contains("othello8").doesNotContain("2048");
    }

    /** Returns the help of a command without its line breaks. */
    private static String plain(String command) {
        return CommandLineRun.of(command, "--help").out().replaceAll("\\s+", " ");
    }

    private static void assertWellFormed(String error, String value, String advice) {
        assertThat(error).startsWith("ponder: ").contains(value).doesNotContain("\tat ", "Exception");
        String[] lines = error.strip().split("\\R");
        assertThat(lines).hasSize(2);
        assertThat(lines[0]).endsWith(".");
        assertThat(lines[1]).startsWith("Maybe ").contains(advice);
    }
}
