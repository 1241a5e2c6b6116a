package io.ponder.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ponder.examples.comparison.CompareSettings;
import io.ponder.examples.comparison.PlanBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CompareOptionsTest {
    @TempDir
    private Path folder;

    @Test
    void defaultsAreThoseOfTheDocumentation() {
        CompareSettings settings = read().settings();

        assertThat(settings.environments()).containsExactly("Pendulum-v1", "cartpole-swingup");
        assertThat(settings.planners()).containsExactly("cem", "icem", "mppi", "gradient");
        assertThat(settings.models()).isEqualTo("both");
        assertThat(settings.seeds()).isEqualTo(3);
        assertThat(settings.budget()).isEqualTo(PlanBudget.DEFAULT);
        assertThat(settings.saveModels()).isFalse();
        assertThat(read().out()).isEqualTo("ponder-results");
    }

    @Test
    void optionsAreRead() {
        CompareSettings settings = read(
                "--env", "CartPole-SwingUp", "--planners", "mppi, CEM", "--models", "true", "--seeds", "7", "--episodes", "12",
                "--budget", "1.5k", "--threads", "4", "--save-models", "--quick").settings();

        assertThat(settings.environments()).containsExactly("cartpole-swingup");
        assertThat(settings.planners()).containsExactly("mppi", "cem");
        assertThat(settings.models()).isEqualTo("true");
        assertThat(settings.seeds()).isEqualTo(7);
        assertThat(settings.episodes()).isEqualTo(12);
        assertThat(settings.budget().modelSteps()).isEqualTo(1500);
        assertThat(settings.threads()).isEqualTo(4);
        assertThat(settings.saveModels()).isTrue();
        assertThat(settings.quick()).isTrue();
    }

    @Test
    void settingsFileIsReadAndOptionsWin() throws IOException {
        Path file = Files.writeString(folder.resolve("my.settings"),
                "\uFEFF# mine\n env = pendulum-v1 \nseeds=5\r\nbudget = 5ms\nout = somewhere\nquick = no\nsave-models = true\n");

        CompareOptions.Asked asked = read("--config", file.toString(), "--seeds", "2");

        assertThat(asked.settings().environments()).containsExactly("Pendulum-v1");
        assertThat(asked.settings().seeds()).isEqualTo(2);
        assertThat(asked.settings().budget().nanos()).isEqualTo(5_000_000);
        assertThat(asked.settings().saveModels()).isTrue();
        assertThat(asked.settings().quick()).isFalse();
        assertThat(asked.out()).isEqualTo("somewhere");
    }

    @Test
    void quickAsksForLessUnlessToldOtherwise() {
        CompareSettings quick = read("--quick").settings();

        assertThat(quick.environments()).containsExactly("Pendulum-v1");
        assertThat(quick.planners()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(quick.episodes()).isLessThan(read().settings().episodes());
        assertThat(read("--quick", "--episodes", "20").settings().episodes()).isEqualTo(20);
    }

    @Test
    void plannersAreThoseOfTheKindOfActions() {
        assertThat(read("--env", "cartpole-v1").settings().planners()).contains("categorical-cem").doesNotContain("cem");
        assertThat(read("--env", "cartpole-v1").settings().environments()).containsExactly("CartPole-v1");
        assertThat(read("--env", "pendulum-v1,acrobot-v1").settings().planners()).contains("categorical-cem", "cem");
        CompareSettings mixed = read("--env", "pendulum-v1,mountaincar-v0", "--planners", "cem,random-shooting,categorical-cem").settings();

        assertThat(mixed.experiments()).extracting(key -> key.environment() + " " + key.planner()).contains(
                "Pendulum-v1 cem", "MountainCar-v0 categorical-cem", "MountainCar-v0 random-shooting")
                .doesNotContain("Pendulum-v1 categorical-cem", "MountainCar-v0 cem");
    }

    @Test
    void allPlannersAreAllThatFit() {
        var planners = read("--env", "pendulum-v1", "--planners", "all").settings().planners();

        assertThat(planners).contains("random-shooting", "cem", "cma-es", "archive").doesNotContain("categorical-cem");
        assertThat(read("--env", "pendulum-v1").settings().planners()).doesNotContain("random-shooting", "cma-es");
    }

    @Test
    void plannersOfTheOtherKindOfActionsAreRefused() {
        assertThatThrownBy(() -> read("--env", "cartpole-v1", "--planners", "icem"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--planners is 'icem', but the actions of CartPole-v1 are discrete")
                .hasMessageContaining("\nMaybe choose from random-shooting, categorical-cem, uct, puct.");
        assertThatThrownBy(() -> read("--env", "pendulum-v1,cartpole-v1", "--planners", "cem"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--planners is 'cem', but the actions of CartPole-v1 are discrete");
    }

    private static CompareOptions.Asked read(String... arguments) {
        var options = new CompareOptions();
        new CommandLine(new Holder(options)).parseArgs(arguments);
        return options.read();
    }

    /** A command that has the options alone. */
    @CommandLine.Command
    private static final class Holder {
        @CommandLine.Mixin
        private final CompareOptions options;

        Holder(CompareOptions options) {
            this.options = options;
        }
    }
}
