package io.ponder.examples.cli;

import io.ponder.engine.game.Game;
import io.ponder.examples.arena.AgentSpec;
import io.ponder.examples.arena.Tournament;
import io.ponder.examples.arena.TournamentTable;
import io.ponder.examples.comparison.Cancellation;
import io.ponder.examples.comparison.PlanBudget;
import io.ponder.examples.games.Games;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ponder tournament}: lets agents play each other and rates them. */
@Command(
        name = "tournament",
        description = "Lets agents play each other and shows their Elo ratings with intervals.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"", "Agents: " + AgentSpec.HELP, "Every opening is played twice, with sides exchanged. Ctrl-C keeps what is done."})
final class TournamentCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "GAME", description = "The game, for two players: ${COMPLETION-CANDIDATES}.",
            completionCandidates = HelpLists.GamesForTwo.class)
    private String game = "";

    @Option(names = "--agents", paramLabel = "NAMES", description = "Agents, separated by commas. Default: ${DEFAULT-VALUE}.",
            defaultValue = "random,uct:100,uct:1000")
    private String agents = "";

    @Option(names = "--games", paramLabel = "N", description = "Games of each pair, 2 to 100000, rounded up to even. Default: 20.")
    private String games = "20";

    @Option(names = "--openings", paramLabel = "N", description = "Random moves at the start of each game, 0 to 100. Default: 2.")
    private String openings = "2";

    @Option(names = "--think", paramLabel = "LIMIT", description = "What agents may use for a move where their name does not say it."
            + " Default: 1000 simulations.")
    private String think = "1000";

    @Option(names = "--seed", paramLabel = "N", description = "Seed of openings, chance and agents. Default: 1.")
    private String seed = "1";

    @Option(names = "--threads", paramLabel = "N", description = "Games side by side, 1 to 1024. Default: the number of cores.")
    private @Nullable String threads;

    @Option(names = "--json", paramLabel = "FILE", description = "Write table and games to a file as well.")
    private @Nullable String json;

    @Override
    public Integer call() {
        Game rules = Games.make(OptionValues.choice("GAME", game, Games.names()));
        PlanBudget limit = GameOptions.think("--think", think);
        List<String> names = Arrays.stream(agents.split(",", -1)).map(String::strip).toList();
        if (names.contains("")) {
            throw new UsageException("--agents is '" + agents + "', but it must be agents separated by single commas.",
                    "remove the empty place in the list.");
        }
        if (names.size() < 2) {
            throw new UsageException(
                    "--agents is '" + agents + "', but a tournament needs at least two agents.", "write --agents random,uct:100.");
        }
        if (rules.players() != 2) {
            throw new UsageException(
                    "GAME is '" + game + "', a game for " + rules.players() + ", but a tournament needs a game for two.",
                    "choose from " + String.join(", ", HelpLists.gamesForTwo()) + ".");
        }
        var settings = new Tournament.Settings(
                OptionValues.wholeNumber("--games", games, 2, 100_000),
                OptionValues.wholeNumber("--openings", openings, 0, 100),
                GameOptions.MOST_MOVES,
                OptionValues.wholeNumber("--seed", seed, 0, Integer.MAX_VALUE),
                threads == null
                        ? Runtime.getRuntime().availableProcessors()
                        : OptionValues.wholeNumber("--threads", threads, 1, 1024));
        List<Tournament.AgentMaker> makers = new ArrayList<>();
        for (String name : names) makers.add(GameOptions.agent("--agents", name, limit, rules, 2 * settings.threads()));
        Path file = json == null ? null : OutputFile.prepare("--json", json);
        return play(new Tournament(rules, makers, settings), names, file);
    }

    private int play(Tournament tournament, List<String> names, @Nullable Path file) {
        PrintWriter out = spec.commandLine().getOut();
        var cancellation = new Cancellation();
        int[] done = {0};
        boolean terminal = Progress.onTerminal();
        try (var interruption = new Interruption(cancellation::request)) {
            List<Tournament.Played> played = tournament.run(cancellation, one -> {
                done[0]++;
                if (terminal) out.printf("\r%d of %d games", done[0], tournament.size());
                else out.printf(Locale.ROOT, "%3d of %d: %s - %s %s%n", done[0], tournament.size(), names.get(one.first()),
                        names.get(one.second()), one.record().score() == 1 ? "1-0" : one.record().score() == 0 ? "0-1" : "draw");
                out.flush();
            });
            if (terminal) out.print("\r                              \r");
            var table = new TournamentTable(names, played);
            out.print(table.text());
            if (cancellation.requested()) out.println("Interrupted: this is the table until then.");
            if (file != null) {
                OutputFile.write(file, table.json());
                out.println("Games: " + file);
            }
            out.flush();
            return 0;
        }
    }
}
