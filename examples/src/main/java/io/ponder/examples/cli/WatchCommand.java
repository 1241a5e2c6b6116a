package io.ponder.examples.cli;

import io.ponder.examples.comparison.PlannerRecipes;
import io.ponder.examples.watch.WatchScene;
import io.ponder.examples.watch.WatchServer;
import io.ponder.examples.watch.WatchSession;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ponder watch}: a page that shows a planner at work. */
@Command(
        name = "watch",
        description = "Runs a system with a planner in real time and shows both on a page, with sliders.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"", "The page is for browsers on this machine only. Ctrl-C ends it."})
final class WatchCommand implements Callable<Integer> {
    /** Planners that plan one environment's continuous actions on any model. */
    private static final String TYPICAL = "Pendulum-v1";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--env", paramLabel = "NAME", description = "pendulum, cartpole-swingup, reacher or obstacles. Default: pendulum.")
    private String env = "pendulum";

    @Option(names = "--planner", paramLabel = "NAME", description = "A planner of continuous actions, as in compare. Default: mppi.")
    private String planner = "mppi";

    @Option(names = "--port", paramLabel = "N", description = "Port of the page, 0 for any free one. Default: 8642.")
    private String port = "8642";

    @Option(names = "--seconds", paramLabel = "N", description = "End after so many seconds. Default: at Ctrl-C.")
    private @Nullable String seconds;

    @Override
    public Integer call() throws InterruptedException {
        String scene = OptionValues.choice("--env", env, WatchScene.names());
        List<String> fitting = PlannerRecipes.fitting(List.of(TYPICAL));
        String name = OptionValues.choice("--planner", planner, fitting);
        int number = OptionValues.wholeNumber("--port", port, 0, 65_535);
        int patience = seconds == null ? 0 : OptionValues.wholeNumber("--seconds", seconds, 1, 1_000_000);
        PrintWriter out = spec.commandLine().getOut();
        var end = new CountDownLatch(1);
        try (var interruption = new Interruption(end::countDown);
                var session = session(scene, name);
                var server = new WatchServer(session, number)) {
            out.println(name + " on " + scene + ": " + server.address());
            out.flush();
            if (patience == 0) end.await();
            else if (end.await(patience, TimeUnit.SECONDS)) return 0;
        } catch (BindException taken) {
            throw new UsageException("--port is " + number + ", but another program listens there.", "choose another one, or 0 for any that is free.");
        } catch (IOException error) {
            throw new RunFailedException("The page cannot be served: " + error.getMessage(), error);
        }
        return 0;
    }

    private static WatchSession session(String scene, String name) {
        try {
            return new WatchSession(WatchScene.find(scene), name);
        } catch (IllegalArgumentException refused) {
            throw new UsageException("--planner is '" + name + "', but it cannot plan on " + scene + ": " + refused.getMessage(), refused);
        }
    }
}
