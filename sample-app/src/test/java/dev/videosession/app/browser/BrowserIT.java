package dev.videosession.app.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import com.squareup.moshi.Types;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.videosession.app.process.Child;
import dev.videosession.app.process.LiveSession;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A page in a real browser, written from PROTOCOL.md alone, and a bot exchange media. Both ends get nothing but descriptions that
 * were parsed and rebuilt: by the server, and by the SDK once more.
 */
@Tag("faults")
class BrowserIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final JsonAdapter<Map<String, Object>> JSON =
            new Moshi.Builder().build().adapter(Types.newParameterizedType(Map.class, String.class, Object.class));

    @TempDir
    private Path directory;

    private final AtomicReference<Map<String, Object>> report = new AtomicReference<>(Map.of());

    @ParameterizedTest
    @EnumSource(Browser.class)
    void aBrowserAndABotExchangeMedia(Browser browser) throws Exception {
        HttpServer pages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        pages.createContext("/", this::answer);
        pages.start();
        Path sound = directory.resolve("sound");
        try (LiveSession session = new LiveSession(directory);
                Child soundServer = soundServer(sound)) {
            await("a sound server").atMost(LIMIT).until(() -> soundServer.isAlive() && Files.exists(sound));
            Child bot = session.bot("bot", session.token("publisher"), "--video", "320x180@15", "--tone", "440");
            String page = "http://127.0.0.1:" + pages.getAddress().getPort() + "/?url=" + encoded(session.url())
                    + "&session=" + encoded(session.id()) + "&token=" + encoded(session.token("publisher", "browser"));
            try (Child running = browser.open(directory, "unix:" + sound, page)) {
                await("media at both ends")
                        .atMost(LIMIT)
                        .failFast("the browser has ended", () -> !running.isAlive())
                        .untilAsserted(() -> {
                            assertThat(report.get())
                                    .as("what the page reports")
                                    .containsEntry("problems", "")
                                    .containsEntry("width", 320.0)
                                    .matches(it -> number(it, "frames") > 30, "frames")
                                    .matches(it -> Math.abs(number(it, "toneHz") - 440) < 30, "tone");
                            assertThat(lastMedia(bot))
                                    .as("what the bot reports, and the page %s", report.get())
                                    .containsEntry("width", 320.0)
                                    .containsEntry("height", 240.0)
                                    .matches(it -> number(it, "frames") > 30, "frames")
                                    .matches(it -> Math.abs(number(it, "toneHz") - 700) < 30, "tone");
                        });
            }
        } finally {
            pages.stop(0);
        }
    }

    private Child soundServer(Path socket) throws IOException {
        return Child.start(
                "pulseaudio",
                directory,
                Map.of("HOME", directory.toString(), "XDG_RUNTIME_DIR", directory.toString()),
                List.of(
                        "pulseaudio",
                        "-n",
                        "--daemonize=no",
                        "--exit-idle-time=-1",
                        "--load=module-null-sink",
                        "--load=module-native-protocol-unix auth-anonymous=1 socket=" + socket));
    }

    private static Map<String, Object> lastMedia(Child bot) {
        return bot.events().stream()
                .filter(event -> "media".equals(event.get("event")))
                .reduce(Map.of(), (before, after) -> after);
    }

    private static double number(Map<String, Object> event, String name) {
        return event.get(name) instanceof Number number ? number.doubleValue() : 0;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (exchange.getRequestMethod().equals("POST")) {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                report.set(Objects.requireNonNull(JSON.fromJson(body)));
                exchange.sendResponseHeaders(204, -1);
                return;
            }
            try (InputStream page = Objects.requireNonNull(BrowserIT.class.getResourceAsStream("client.html"))) {
                byte[] bytes = page.readAllBytes();
                exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }
    }
}
