package io.ponder.examples.cli;

import io.ponder.engine.game.Game;
import io.ponder.examples.arena.Advisor;
import io.ponder.examples.arena.Agent;
import io.ponder.examples.arena.AgentSpec;
import io.ponder.examples.arena.GameFile;
import io.ponder.examples.arena.GameLog;
import io.ponder.examples.arena.GameRecord;
import io.ponder.examples.arena.PlaySession;
import io.ponder.examples.comparison.PlanBudget;
import io.ponder.examples.games.Games;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ponder play}: a game on the terminal, for a person against an agent, two people, or two agents. */
@Command(
        name = "play",
        description = "Plays a game on the terminal: you against an agent, two people, or two agents.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"", "Agents: human (you); " + AgentSpec.HELP, "While you play, 'help' lists what you can type: hint, undo, save, ..."})
final class PlayCommand implements Callable<Integer> {
    private static final String HUMAN = "human";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "GAME", description = "The game: ${COMPLETION-CANDIDATES}.",
            completionCandidates = HelpLists.AllGames.class)
    private String game = "";

    @Option(names = "--agent", paramLabel = "NAME", description = "Who plays against you. Default: uct.")
    private String agent = "uct";

    @Option(names = "--opponent", paramLabel = "NAME", description = "Who takes your place. Default: human, that is you.")
    private String opponent = HUMAN;

    @Option(names = "--second", description = "The agent makes the first move, and you the second.")
    private boolean second;

    @Option(names = "--think", paramLabel = "LIMIT", description = "What an agent may use for a move: a time such as 1s or 100ms, or"
            + " simulations such as 10k. Default: 1s.")
    private String think = "1s";

    @Option(names = "--seed", paramLabel = "N", description = "Seed of chance and of the agents. Default: from the clock.")
    private @Nullable String seed;

    @Option(names = "--load", paramLabel = "FILE", description = "Go on with a saved game.")
    private @Nullable String load;

    @Option(names = "--save", paramLabel = "FILE", description = "Save the game when it is over, you quit, or the program is told to stop (Ctrl-C).")
    private @Nullable String save;

    @Override
    public Integer call() throws IOException {
        Game rules = Games.make(OptionValues.choice("GAME", game, Games.names()));
        PlanBudget limit = GameOptions.think("--think", think);
        if (load != null && seed != null) {
            throw new UsageException(
                    "--seed is '" + seed + "', but a loaded game goes on with the seed it was begun with.", "leave --seed out.");
        }
        GameLog log = load == null ? new GameLog(rules, seedNumber()) : loaded(rules, load);
        Path file = save == null ? null : OutputFile.prepare("--save", save);
        List<@Nullable Agent> agents = new ArrayList<>();
        int atOnce = rules.players() + 1;
        boolean noAgent = HUMAN.equalsIgnoreCase(agent.trim());
        try (Agent helper = GameOptions.agent("--agent", noAgent ? "uct" : agent, limit, rules, atOnce, HUMAN).make()) {
            for (int p = 0; p < rules.players(); p++) {
                boolean yours = p == (second && rules.players() > 1 ? 1 : 0);
                agents.add(seat(yours ? "--opponent" : "--agent", yours ? opponent : agent, limit, rules, atOnce));
            }
            var in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
            PrintWriter out = spec.commandLine().getOut();
            Advisor advisor = helper instanceof Advisor adviser ? adviser : null;
            boolean colour = Progress.onTerminal() && System.getenv("NO_COLOR") == null;
            var session = new PlaySession(log, Games.text(rules.name()), agents, advisor, in, out, colour);
            if (file == null) {
                session.run();
            } else {
                keeping(session, file);
            }
            return 0;
        } finally {
            for (Agent seated : agents) if (seated != null) seated.close();
        }
    }

    private long seedNumber() {
        return seed == null ? System.nanoTime() : OptionValues.wholeNumber("--seed", seed, 0, Integer.MAX_VALUE);
    }

    private static @Nullable Agent seat(String option, String name, PlanBudget limit, Game rules, int atOnce) {
        return HUMAN.equalsIgnoreCase(name.trim()) ? null : GameOptions.agent(option, name, limit, rules, atOnce, HUMAN).make();
    }

    private static GameLog loaded(Game rules, String name) {
        Path file = OutputFolder.path("--load", name);
        try {
            GameRecord record = GameFile.read(file);
            if (!record.game().equals(rules.name())) {
                throw new UsageException("--load is '" + name + "', but it is a game of " + record.game() + " and not of " + rules.name() + ".",
                        Games.names().contains(record.game())
                                ? "run 'ponder play " + record.game() + " --load " + name + "'."
                                : "it was saved by another version.");
            }
            return GameLog.of(rules, record);
        } catch (IOException error) {
            throw new UsageException(
                    "--load is '" + name + "', but it must be a saved game: " + OutputFolder.reason(error) + ".",
                    "save one with 'save FILE' while you play.");
        } catch (IllegalArgumentException otherRules) {
            throw new UsageException("--load is '" + name + "', but " + otherRules.getMessage(), otherRules);
        }
    }

    /** Plays, and saves the game however that ends. */
    private void keeping(PlaySession session, Path file) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        var whenStopped = new Thread(() -> {
            try {
                save(file, session.record(), out);
            } catch (RunFailedException failed) {
                err.println("ponder: " + failed.getMessage());
                err.flush();
            }
        }, "save");
        Runtime.getRuntime().addShutdownHook(whenStopped);
        GameRecord record = session.run();
        try {
            Runtime.getRuntime().removeShutdownHook(whenStopped);
        } catch (IllegalStateException stopping) {
            return; // The other thread saves.
        }
        save(file, record, out);
    }

    private static void save(Path file, GameRecord record, PrintWriter out) {
        try {
            GameFile.write(file, record);
        } catch (IOException error) {
            throw new RunFailedException(
                    "The game cannot be written to " + file + ": " + OutputFolder.reason(error) + ".\nMaybe free some space there.", error);
        }
        out.println("Saved: " + file);
        out.flush();
    }
}
