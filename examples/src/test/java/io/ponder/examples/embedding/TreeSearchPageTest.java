package io.ponder.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.planners.tree.SearchRecipes;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page on tree search shows the programs that are run here, and what they print. */
class TreeSearchPageTest {
    private static final Path ROOT = Path.of("..");

    @ParameterizedTest
    @ValueSource(strings = {"OwnHeads", "SearchProfile"})
    void thePageShowsTheProgramThatIsRun(String program) throws Exception {
        String source = Files.readString(ROOT.resolve("examples/src/main/java/io/ponder/examples/embedding/" + program + ".java"));
        assertThat(Files.readString(ROOT.resolve("docs/tree-search.md"))).contains(source.substring(source.indexOf("import ")).strip());
    }

    @Test
    void aModelOfOnesOwnIsSearchedRight() {
        String printed = EmbeddingTest.printed(() -> OwnHeads.main(new String[0]));
        assertThat(printed.lines().map(line -> line.substring(0, 6))).containsExactly("take 1", "take 2", "take 3");
    }

    @Test
    void theProfileSharesSumToAHundred() {
        String printed = EmbeddingTest.printed(() -> SearchProfile.main(new String[0]));
        assertThat(printed).contains("column ", "selection ", "model and playouts ", "back-up ");
    }

    @Test
    void gumbelChoosesBetterThanPuctAfterABadPrior() {
        double gumbel = HowManySimulations.chosenValue(SearchRecipes.gumbel(), 16, 16);
        double muzero = HowManySimulations.chosenValue(SearchRecipes.muzero(), 16, 16);
        assertThat(gumbel).isGreaterThan(muzero + 0.1);
        assertThat(muzero).isGreaterThan(0.55);
    }
}
