package io.ponder.examples.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Shows a session to browsers on this machine: the page at {@code /}, what it shows at {@code /frame} (JSON, asked for again and again), and
 * {@code POST /set?NAME=VALUE}, {@code /reset} and {@code /push}. Listens on the loopback address only and refuses requests that name
 * another host and changes that another page asks for, so that no page from elsewhere can reach it.
 */
public final class WatchServer implements AutoCloseable {
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int THREADS = 3;

    private final WatchSession session;
    private final HttpServer server;
    private final ExecutorService threads;
    private final ObjectMapper mapper = new ObjectMapper();
    private final byte[] page;

    /**
     * Starts.
     *
     * @param port where to listen, 0 for any free port
     * @throws java.net.BindException if the port is taken
     */
    public WatchServer(WatchSession session, int port) throws IOException {
        this.session = session;
        try (InputStream in = Objects.requireNonNull(WatchServer.class.getResourceAsStream("watch.html"), "watch.html")) {
            page = in.readAllBytes();
        }
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        threads = Executors.newFixedThreadPool(THREADS, work -> {
            var thread = new Thread(work, "watch-page");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Returns the address of the page. */
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String named = String.valueOf(exchange.getRequestHeaders().getFirst("Host"));
            String host = named.replaceFirst(":\\d+$", "");
            // Browsers say from where a change is asked for; what is no browser says nothing.
            String origin = exchange.getRequestHeaders().getFirst("Origin");
            boolean foreign = origin != null && !origin.equals("http://" + named);
            boolean post = exchange.getRequestMethod().equals("POST");
            String path = exchange.getRequestURI().getPath();
            if (!host.equals("127.0.0.1") && !host.equals("localhost") && !host.equals("[::1]") || post && foreign) {
                answer(exchange, FORBIDDEN, "text/plain", "This page is for this machine only.".getBytes(StandardCharsets.UTF_8));
            } else if (post) {
                change(exchange, path);
            } else if (path.equals("/")) {
                answer(exchange, OK, "text/html; charset=utf-8", page);
            } else if (path.equals("/frame")) {
                answer(exchange, OK, "application/json", json());
            } else {
                answer(exchange, NOT_FOUND, "text/plain", "There is nothing here.".getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private byte[] json() {
        try {
            return mapper.writeValueAsBytes(session.frame());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void change(HttpExchange exchange, String path) throws IOException {
        try {
            switch (path) {
                case "/reset" -> session.reset();
                case "/push" -> session.push();
                case "/set" -> set(String.valueOf(exchange.getRequestURI().getQuery()));
                default -> throw new IllegalArgumentException("There is nothing to change at " + path + ".");
            }
            answer(exchange, OK, "text/plain", new byte[0]);
        } catch (IllegalArgumentException refused) {
            answer(exchange, BAD_REQUEST, "text/plain", String.valueOf(refused.getMessage()).getBytes(StandardCharsets.UTF_8));
        }
    }

    private void set(String query) {
        int equals = query.indexOf('=');
        if (equals < 1) throw new IllegalArgumentException("'" + query + "' is not NAME=VALUE.");
        session.set(query.substring(0, equals), query.substring(equals + 1));
    }

    private static void answer(HttpExchange exchange, int code, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
        if (body.length > 0) exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
