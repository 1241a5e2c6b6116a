package io.ponder.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The programs in the README are the ones that the tests run, and as short as it says. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..");

    @ParameterizedTest
    @CsvSource({"QuickStart, 31", "CustomTask, 60"})
    void theReadmeShowsTheProgramThatIsRun(String program, int longest) throws Exception {
        String source = Files.readString(ROOT.resolve("examples/src/main/java/io/ponder/examples/embedding/" + program + ".java"));
        String shown = source.substring(source.indexOf("import ")).strip();

        assertThat(Files.readString(ROOT.resolve("README.md"))).contains(shown);
        assertThat(source.lines().count()).isLessThanOrEqualTo(longest);
    }
}
