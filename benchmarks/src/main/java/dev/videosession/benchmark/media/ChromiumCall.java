package dev.videosession.benchmark.media;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** A call between two peer connections of one page in a headless Chromium, with the same video as the other paths. */
public final class ChromiumCall implements AutoCloseable {
    private static final int LIMIT_SECONDS = 30;
    private static final int DIGITS = 3;
    private static final int NO_CONTENT = 204;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final Path profile = Files.createTempDirectory("chromium");
    private final HttpServer pages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final Histogram micros = new ConcurrentHistogram(DIGITS);
    private final CompletableFuture<Boolean> started = new CompletableFuture<>();
    private final Process browser;
    private volatile boolean counting;

    /**
     * Starts the browser.
     *
     * @param sourceOnly whether the page only draws its video
     * @throws IOException if the browser cannot be started
     */
    public ChromiumCall(boolean sourceOnly) throws IOException {
        pages.createContext("/", this::answer);
        pages.start();
        browser = new ProcessBuilder(List.of(
                        "chromium",
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--disable-features=WebRtcHideLocalIpsWithMdns",
                        "--no-first-run",
                        "--user-data-dir=" + profile,
                        "http://127.0.0.1:" + pages.getAddress().getPort() + (sourceOnly ? "/?source" : "/")))
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("log").toFile())
                .start();
    }

    /** {@return whether Chromium is installed} */
    public static boolean isInstalled() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "chromium")));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            switch (exchange.getRequestURI().getPath()) {
                case "/" -> page(exchange);
                case "/micros" -> {
                    received(body);
                    exchange.sendResponseHeaders(NO_CONTENT, -1);
                }
                case "/problem" -> {
                    started.completeExceptionally(new IllegalStateException("the page in Chromium failed: " + body));
                    exchange.sendResponseHeaders(NO_CONTENT, -1);
                }
                default -> exchange.sendResponseHeaders(NOT_FOUND, -1);
            }
        }
    }

    private static void page(HttpExchange exchange) throws IOException {
        try (InputStream page = Objects.requireNonNull(ChromiumCall.class.getResourceAsStream("call.html"))) {
            exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(OK, 0);
            page.transferTo(exchange.getResponseBody());
        }
    }

    private void received(String body) {
        if (counting && !body.isEmpty()) {
            Arrays.stream(body.split(" ", -1)).mapToLong(Long::parseLong).forEach(micros::recordValue);
        }
        started.complete(true);
    }

    /** Waits until the page receives video, or draws it, up to 30 s. */
    public void awaitStart() {
        started.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    }

    /**
     * Counts frames from now on, or no longer. The page reports twice a second.
     *
     * @param count whether to count
     */
    public void count(boolean count) {
        counting = count;
    }

    /** {@return the times of the counted frames from source to sink, in microseconds} */
    public Histogram micros() {
        return micros;
    }

    /** Ends the browser. */
    @Override
    public void close() throws IOException {
        List<ProcessHandle> processes = Stream.concat(browser.descendants(), Stream.of(browser.toHandle()))
                .toList();
        processes.forEach(ProcessHandle::destroyForcibly);
        processes.forEach(
                each -> each.onExit().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join());
        pages.stop(0);
        try (Stream<Path> files = Files.walk(profile)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
