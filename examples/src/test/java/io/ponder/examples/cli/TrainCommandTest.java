package io.ponder.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainCommandTest {
    private static final String SMALL = """
            # a run of a second
            environments = 2
            simulations = 4
            batch = 8
            positionsBefore = 20
            learnsPerStep = 0.2
            evaluationEpisodes = 4
            hidden = 8
            latent = 8
            """;

    private static Path config(Path folder, String text) throws IOException {
        Path file = folder.resolve("config");
        Files.writeString(file, text);
        return file;
    }

    @Test
    void aRunTellsItsCurveAndGoesOn(@TempDir Path folder) throws IOException {
        String out = folder.resolve("run").toString();
        String config = config(folder, SMALL).toString();
        CommandLineRun run = CommandLineRun.of(
                "train", "muzero", "--env", "cartpole-v1", "--steps", "60", "--seed", "2", "--config", config, "--out", out, "--threads", "1");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("muzero on CartPole-v1, 60 steps, seed 2", "search/network/learning", "Curve: file:", "Saved in ");
        run = CommandLineRun.of("train", "muzero", "--out", out);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("holds a run already").contains("\nMaybe go on with it (--resume)");
        run = CommandLineRun.of("train", "--resume", "--steps", "90", "--out", out);
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("Going on from step 60.", "muzero on CartPole-v1, 90 steps, seed 2");
        run = CommandLineRun.of("train", "--resume", "--env", "Acrobot-v1", "--out", out);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("is of CartPole-v1").contains("\nMaybe");
    }

    @Test
    void aTrainedAgentPlays(@TempDir Path folder) throws IOException {
        String out = folder.resolve("agent").toString();
        String config = config(folder, "{\"simulations\": 4, \"hidden\": 8, \"evaluationEpisodes\": 2, \"batch\": 8}").toString();
        for (String method : new String[] {"muzero", "alphazero"}) {
            String agent = out + "-" + method;
            CommandLineRun run = CommandLineRun.of(
                    "train", method, "--env", "tictactoe", "--steps", "40", "--config", config, "--out", agent, "--threads", "1");
            assertThat(run.err()).isEmpty();
            assertThat(run.code()).isZero();
            run = CommandLineRun.of("play", "tictactoe", "--agent", agent, "--opponent", "random", "--seed", "4");
            assertThat(run.err()).isEmpty();
            assertThat(run.out()).contains("X (random) plays", "O (" + agent + ") plays");
            run = CommandLineRun.of("tournament", "tictactoe", "--agents", "random," + agent + "," + agent + ":8", "--games", "2");
            assertThat(run.err()).isEmpty();
            assertThat(run.out()).contains(agent + ":8");
            run = CommandLineRun.of("play", "connect4", "--agent", agent);
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).contains("was trained on tictactoe, but the game is connect4").contains("\nMaybe");
        }
    }

    @Test
    void anAgentThatIsNotThereIsOneSentence(@TempDir Path folder) {
        CommandLineRun run = CommandLineRun.of("play", "tictactoe", "--agent", folder.resolve("none").toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err().strip().lines()).hasSize(2);
        assertThat(run.err()).contains("no agent can be loaded").contains("\nMaybe");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "learningrate = 0.1; 'learningrate'; you meant learningRate.",
        "simulation = 5; line 1 of; you meant simulations.",
        "hidden = many; hidden (line 1 of; Maybe leave it out",
        "hidden = 0; a whole number from 1 to 65536; Maybe leave it out",
        "{\"hiden\": 5}; 'hiden'; you meant hidden.",
        "{\"hidden\": ; no whole JSON object; Maybe",
        "scaling = cube; one of none, min_max; Maybe",
        "nonsense; but it must be 'name = value'; Maybe",
    })
    void aWrongOptionOfAFileIsNamedWithTheNearestKnownOne(String text, String sentence, String advice, @TempDir Path folder) throws IOException {
        CommandLineRun run = CommandLineRun.of(
                "train", "muzero", "--config", config(folder, text).toString(), "--out", folder.resolve("run").toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(sentence).contains(advice);
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "muzro; Maybe you meant muzero.",
        "muzero --env cartpol; Maybe you meant CartPole-v1.",
        "muzero --env Pendulum-v1; Maybe train sampled there.",
        "alphazero --env CartPole-v1; Maybe train it on tictactoe.",
        "muzero --env rock-paper-scissors; Maybe train it on tictactoe.",
        "muzero --steps 0; Maybe leave it out",
        "muzero --minutes never; Maybe leave --minutes out",
        "--resume; Maybe write --resume --out DIR.",
        "--resume --out /no/such/run; Maybe the path is wrong",
        "'' ; Maybe write 'ponder train muzero'",
    })
    void wrongUseIsOneSentence(String arguments, String advice, @TempDir Path folder) {
        String[] words = ("train " + arguments).strip().split(" +");
        CommandLineRun run = CommandLineRun.of(words);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err().strip().lines()).hasSize(2);
        assertThat(run.err()).contains(advice);
    }

    @Test
    void allOptionsCanBeShownAndReadBack(@TempDir Path folder) throws IOException {
        CommandLineRun shown = CommandLineRun.of("train", "gumbel", "--steps", "77", "--show-config");
        assertThat(shown.code()).isZero();
        assertThat(shown.out()).contains("steps = 77", "learnsPerStep = ", "scaling = min_max");
        CommandLineRun again = CommandLineRun.of("train", "gumbel", "--config", config(folder, shown.out()).toString(), "--show-config");
        assertThat(again.out()).isEqualTo(shown.out());
    }
}
