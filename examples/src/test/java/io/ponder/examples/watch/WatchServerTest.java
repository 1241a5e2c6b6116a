package io.ponder.examples.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ponder.engine.model.LambdaModel;
import io.ponder.engine.model.WorldModel;
import io.ponder.examples.cli.Ponder;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WatchServerTest {
    private static final int PATIENCE_MILLIS = 20_000;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper mapper = new ObjectMapper();

    private HttpResponse<String> get(String address) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private int post(String address) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(address)).POST(HttpRequest.BodyPublishers.noBody()).build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    /** Posts as a browser does for a page of that origin. */
    private int postFrom(WatchServer server, String origin) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(server.address() + "push")).header("Origin", origin)
                .POST(HttpRequest.BodyPublishers.noBody()).build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    /** Returns the first frame whose plan came after {@code plans} others. */
    private JsonNode frame(WatchServer server, int plans) throws Exception {
        long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
        JsonNode frame;
        do {
            frame = mapper.readTree(get(server.address() + "frame").body());
            Thread.sleep(5);
        } while ((frame.path("tick").path("counts").path("plans").asInt() <= plans || !frame.path("plan").has("chosen"))
                && System.nanoTime() < deadline);
        return frame;
    }

    @ParameterizedTest
    @CsvSource({"pendulum,cem,1,2", "cartpole-swingup,gradient,1,4", "reacher,mppi,2,6", "obstacles,icem,2,4"})
    void aFrameHoldsWhatThePageShows(String scene, String planner, int actionSize, int stateSize) throws Exception {
        try (var session = new WatchSession(WatchScene.find(scene), planner);
                var server = new WatchServer(session, 0)) {
            session.set("budget", "2");
            session.set("candidates", "40");
            JsonNode frame = frame(server, 2);

            assertThat(frame.path("format").asText()).isEqualTo("ponder.watch/1");
            assertThat(frame.path("tick").path("action")).hasSize(actionSize);
            assertThat(frame.path("tick").path("state")).hasSize(stateSize);
            int horizon = frame.path("settings").path("horizon").asInt();
            assertThat(frame.path("plan").path("chosen")).hasSize(2 * (horizon + 1));
            assertThat(frame.path("plan").path("samples")).isNotEmpty().allSatisfy(path -> assertThat(path).hasSize(2 * (horizon + 1)));
            assertThat(frame.path("plan").path("histogram")).isNotEmpty();
            assertThat(frame.path("millis")).isNotEmpty();
            assertThat(frame.path("plan").path("failures").asInt()).isZero();
        }
    }

    @Test
    void slidersChangeWhatRunsAndNonsenseIsRefused() throws Exception {
        try (var session = new WatchSession(WatchScene.find("pendulum"), "cem");
                var server = new WatchServer(session, 0)) {
            assertThat(post(server.address() + "set?horizon=7")).isEqualTo(200);
            assertThat(post(server.address() + "push")).isEqualTo(200);
            assertThat(post(server.address() + "reset")).isEqualTo(200);
            long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
            while (frame(server, 0).path("plan").path("chosen").size() != 16 && System.nanoTime() < deadline) Thread.sleep(5);
            assertThat(frame(server, 0).path("plan").path("chosen")).hasSize(16);

            for (String wrong : new String[] {"set?horizon=0", "set?horizon=NaN", "set?colour=3", "set?horizon", "set", "nothing"}) {
                assertThat(post(server.address() + wrong)).as(wrong).isEqualTo(400);
            }
            assertThatThrownBy(() -> session.set("noise", "abc")).hasMessageStartingWith("noise is 'abc', but it must be a number from 0.0 to 0.2.\nMaybe ");
            assertThat(post(server.address() + "set?noise=abc")).isEqualTo(400);
            assertThat(postFrom(server, server.address().replaceFirst("/$", ""))).isEqualTo(200);
            assertThat(postFrom(server, "https://evil.example")).isEqualTo(403);
            assertThat(postFrom(server, "null")).isEqualTo(403);
            assertThat(get(server.address() + "elsewhere").statusCode()).isEqualTo(404);
            assertThat(get(server.address()).body()).contains("<canvas id=\"scene\"").doesNotContain("http://", "https://");
            // A page from elsewhere that has this address under a name of its own is refused.
            try (var socket = new java.net.Socket(InetAddress.getLoopbackAddress(), URI.create(server.address()).getPort())) {
                socket.getOutputStream().write("GET /frame HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).startsWith("HTTP/1.1 403");
            }
            assertThatThrownBy(() -> new WatchServer(session, URI.create(server.address()).getPort())).isInstanceOf(BindException.class);
        }
    }

    @Test
    void aSystemThatHasEndedBeginsAnew() throws Exception {
        WorldModel model = LambdaModel.of(1, 1, (x, u, next) -> {
            next[0] = x[0] + 1;
            return 1;
        }).endingWhere(x -> x[0] >= 4);
        var scene = new WatchScene("ladder", () -> model, new float[] {-1}, new float[] {1}, 0.005, 5, random -> new float[] {0},
                (x, n, k, out, at) -> out[at] = x[k], Map.of());
        try (var session = new WatchSession(scene, "random-shooting");
                var server = new WatchServer(session, 0)) {
            Set<Double> seen = new HashSet<>();
            long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
            JsonNode frame;
            do {
                frame = mapper.readTree(get(server.address() + "frame").body());
                if (frame.path("tick").has("state")) seen.add(frame.path("tick").path("state").get(0).asDouble());
            } while (frame.path("rewards").size() < 40 && System.nanoTime() < deadline);

            assertThat(frame.path("rewards")).hasSizeGreaterThanOrEqualTo(40);
            assertThat(seen).isSubsetOf(1.0, 2.0, 3.0, 4.0);
        }
    }

    private static String watch(int code, String... options) {
        var out = new StringWriter();
        var line = Ponder.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
        String[] arguments = new String[options.length + 1];
        arguments[0] = "watch";
        System.arraycopy(options, 0, arguments, 1, options.length);
        assertThat(line.execute(arguments)).isEqualTo(code);
        return out.toString();
    }

    @Test
    void theCommandServesAndSaysWhatIsWrongInASentence() throws Exception {
        assertThat(watch(0, "--port", "0", "--seconds", "1", "--planner", "random-shooting")).startsWith("random-shooting on pendulum: http://127.0.0.1:");
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(watch(2, "--port", "" + taken.getLocalPort())).contains("another program listens there.\nMaybe ");
        }
        assertThat(watch(2, "--env", "reacher", "--planner", "gradient", "--port", "0")).contains("cannot plan on reacher", "not Differentiable", "\nMaybe ");
        assertThat(watch(2, "--planner", "uct")).contains("--planner");
        assertThat(watch(2, "--env", "pendulu")).contains("Maybe you meant pendulum");
    }

    /** What a browser makes of the page. Takes some seconds. */
    @Test
    @Tag("evidence")
    void aBrowserFillsThePage(@TempDir Path folder) throws Exception {
        Assumptions.assumeTrue(new File("/usr/bin/chromium").canExecute(), "no Chromium");
        try (var session = new WatchSession(WatchScene.find("obstacles"), "mppi");
                var server = new WatchServer(session, 0)) {
            frame(server, 5);
            Process browser = new ProcessBuilder("/usr/bin/chromium", "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=" + folder,
                    "--virtual-time-budget=2000", "--dump-dom", server.address())
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String page = new String(browser.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(browser.waitFor(1, TimeUnit.MINUTES)).isTrue();

            assertThat(page).contains("<title>Ponder: mppi on obstacles</title>").containsPattern("id=\"ess\">\\d").containsPattern("id=\"plans\">\\d")
                    .contains("id=\"set-budget\"").contains("id=\"status\">running");
        }
    }
}
