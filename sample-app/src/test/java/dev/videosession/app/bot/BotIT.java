package dev.videosession.app.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import dev.videosession.app.Main;
import dev.videosession.app.process.Child;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server and bots, each in a process of its own. */
class BotIT {
    private static final Duration STARTING = Duration.ofSeconds(30);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    private Path directory;

    private final List<Child> children = new ArrayList<>();
    private Child server;
    private String url;
    private String session;

    @BeforeEach
    void startServer() throws IOException {
        server = child("server", "server", "--dev", "--port", "0");
        url = server.line("ready", STARTING, line -> line.startsWith("listening on "))
                .substring("listening on ".length());
        session = printed("session");
    }

    @AfterEach
    void endEverything() {
        children.forEach(Child::close);
    }

    @Test
    void videoAndAudioArriveAndAForceDisconnectReachesEveryParticipant() throws Exception {
        Child ada = bot("ada", "moderator", "--tone", "440");
        ada.event("publisherStreamCreated", STARTING);
        Child ben = bot("ben", "publisher", "--tone", "523", "--video", "320x240@20");
        long joined = at(ben.event("sessionConnected", STARTING));
        String stream = (String) ben.event("publisherStreamCreated", LIMIT).get("streamId");
        String connection = (String) ben.event("sessionConnected", LIMIT).get("connectionId");

        assertThat(at(ben.event("firstFrame", LIMIT)) - joined).isLessThan(2000);
        assertThat(at(ada.event("firstFrame", LIMIT)) - joined).isLessThan(2000);
        assertMedia(ada, 20, 320, 240, 523);
        assertMedia(ben, 30, 640, 360, 440);

        ada.send("{\"do\":\"forceDisconnect\",\"connection\":\"" + connection + "\",\"message\":\"enough\"}");
        assertThat(ada.event("done", LIMIT)).containsEntry("do", "forceDisconnect");
        assertThat(ben.event("sessionDisconnected", LIMIT))
                .containsEntry("reason", "forceDisconnected")
                .containsEntry("detail", "kicked")
                .containsEntry("message", "enough")
                .containsEntry("prevented", false);
        assertThat(ada.event("connectionDestroyed", LIMIT))
                .containsEntry("connectionId", connection)
                .containsEntry("reason", "forceDisconnected");
        assertThat(ada.event("streamDestroyed", LIMIT))
                .containsEntry("streamId", stream)
                .containsEntry("reason", "forceDisconnected");
        assertThat(types(ada)).containsSubsequence("streamDestroyed", "connectionDestroyed");
        ben.event("publisherDestroyed", LIMIT);

        assertThat(ben.terminate()).isZero();
        assertThat(types(ben)).containsOnlyOnce("sessionDisconnected").doesNotContain("connectionDestroyed");
        ada.send("{\"do\":\"exit\"}");
        assertThat(ada.exitCode()).isZero();
        assertThat(ada.event("sessionDisconnected", LIMIT)).containsEntry("reason", "clientDisconnected");
        assertThat(server.terminate()).isZero();
    }

    @Test
    void aPreventedDisconnectLeavesThePublisherRunningAndItCanComeBack() throws Exception {
        Child ada = bot("ada", "publisher");
        ada.event("publisherStreamCreated", STARTING);
        ada.send("{\"do\":\"preventDefault\"}");
        ada.send("{\"do\":\"disconnect\"}");
        assertThat(ada.event("sessionDisconnected", LIMIT)).containsEntry("prevented", true);
        Map<String, Object> alone = ada.event("publisherMedia", LIMIT, event -> event.get("streamId") == null);
        ada.event("publisherMedia", LIMIT, event -> number(event, "frames") > number(alone, "frames"));
        ada.send("{\"do\":\"connect\"}");
        ada.event("done", LIMIT, event -> "connect".equals(event.get("do")));
        ada.send("{\"do\":\"publish\"}");
        ada.event("done", LIMIT, event -> "publish".equals(event.get("do")));
        assertThat(types(ada)).doesNotContain("publisherDestroyed");
        ada.send("{\"do\":\"exit\"}");
        assertThat(ada.exitCode()).isZero();
    }

    @Test
    void whatCannotBeDoneIsAnsweredAndTheBotGoesOn() throws Exception {
        Child ada = bot("ada", "publisher", "--no-publish");
        ada.event("sessionConnected", STARTING);
        ada.send("what?");
        ada.event("error", LIMIT, event -> "OT_BADLY_FORMED_MESSAGE".equals(event.get("name")));
        ada.send("{\"do\":\"dance\"}");
        ada.event("error", LIMIT, event -> "dance".equals(event.get("do")));
        ada.send("{\"do\":\"forceDisconnect\",\"connection\":\"unknown\"}");
        assertThat(ada.event("error", LIMIT, event -> "forceDisconnect".equals(event.get("do"))))
                .containsEntry("code", 1520.0)
                .containsEntry("name", "OT_PERMISSION_DENIED");
        ada.send("{\"do\":\"signal\",\"type\":\"chat\",\"data\":\"still here\"}");
        assertThat(ada.event("signal", LIMIT)).containsEntry("data", "still here");
        assertThat(ada.terminate()).isZero();
    }

    @Test
    void aBadTokenEndsTheBotWithOne() throws Exception {
        Child ada = child("ada", "bot", url, session, "forged");
        assertThat(ada.exitCode(STARTING)).isEqualTo(1);
        assertThat(ada.event("error", LIMIT))
                .containsEntry("do", "connect")
                .containsEntry("code", 1004.0)
                .containsEntry("name", "OT_AUTHENTICATION_ERROR")
                .containsEntry("retry", false);
        assertThat(ada.lines()).hasSize(1);
    }

    @Test
    void reportsOnceThatTheAddressIsNotASignalingServer() throws Exception {
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> exchange.sendResponseHeaders(404, -1));
        other.start();
        try {
            String wrong = "http://127.0.0.1:" + other.getAddress().getPort();
            Child ada = child("ada", "bot", wrong, session, printed("token-publisher"));
            assertThat(ada.exitCode(STARTING)).isEqualTo(1);
            assertThat(ada.event("error", LIMIT))
                    .containsEntry("do", "connect")
                    .containsEntry("code", 1006.0)
                    .containsEntry("retry", false)
                    .extractingByKey("message")
                    .asString()
                    .contains(wrong, "404", "Check the address and the path prefix");
            assertThat(ada.lines()).hasSize(1);
            assertThat(Files.readAllLines(directory.resolve("ada.log")))
                    .filteredOn(line -> line.contains("OT_CONNECT_FAILED"))
                    .hasSizeLessThanOrEqualTo(1);
        } finally {
            other.stop(0);
        }
    }

    private static void assertMedia(Child bot, int rate, int width, int height, double hertz) {
        Map<String, Object> first = bot.event("media", LIMIT, event -> number(event, "frames") >= rate);
        Map<String, Object> later =
                bot.event("media", LIMIT, event -> at(event) >= at(first) + 2500 && number(event, "toneHz") > 0);
        double seconds = (at(later) - at(first)) / 1000.0;
        double measured = (number(later, "lastFrameNumber") - number(first, "lastFrameNumber")) / seconds;
        assertThat(measured).isCloseTo(rate, within(rate * 0.2));
        assertThat(number(later, "width")).isEqualTo(width);
        assertThat(number(later, "height")).isEqualTo(height);
        assertThat(number(later, "toneHz")).isCloseTo(hertz, within(hertz * 0.05));
    }

    private static long at(Map<String, Object> event) {
        return (long) number(event, "at");
    }

    private static double number(Map<String, Object> event, String field) {
        return event.get(field) instanceof Double value ? value : -1;
    }

    private static List<Object> types(Child bot) {
        return bot.events().stream().map(event -> event.get("event")).toList();
    }

    private Child bot(String name, String role, String... options) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("bot", url, session, printed("token-" + role), "--name", name));
        arguments.addAll(List.of(options));
        return child(name, arguments.toArray(String[]::new));
    }

    private String printed(String name) {
        return server.line(name, LIMIT, line -> line.startsWith(name + " ")).substring(name.length() + 1);
    }

    private Child child(String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Main.class.getName()));
        command.addAll(List.of(arguments));
        Child child = Child.java(name, directory, Map.of(), command);
        children.add(child);
        return child;
    }
}
