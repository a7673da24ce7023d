package dev.videosession.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.videosession.app.server.config.Settings;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.Timings;
import dev.videosession.server.SignalingServer;
import dev.videosession.server.project.Project;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Times of the server come from the command line, the environment or a file, and clients receive theirs. */
class ServerTimesTest {
    private static final MessageCodec CODEC = new MessageCodec();
    private static final Project PROJECT = new Project(42, "0123456789abcdef0123456789abcdef");
    private static final List<String> NAMES =
            List.of("heartbeat", "silence", "resume-window", "connect-timeout", "retry-after");

    @TempDir
    private Path directory;

    /** Everything that comes over one socket, ended by the close code. */
    private static final class Listener implements WebSocket.Listener {
        final BlockingQueue<String> received = new LinkedBlockingQueue<>();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            received.add(text.toString());
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            received.add(Integer.toString(code));
            return null;
        }

        String next() throws InterruptedException {
            String text = received.poll(10, TimeUnit.SECONDS);
            return text == null ? "nothing came" : text;
        }
    }

    private static WebSocket open(SignalingServer server, Listener listener) {
        URI uri = URI.create(server.uri().toString().replaceFirst("http", "ws") + "/v1/signaling");
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(uri, listener)
                .join();
    }

    private static void assertReceived(Settings settings) throws Exception {
        try (SignalingServer server = ServerFactory.start(settings, PROJECT)) {
            Listener unauthenticated = new Listener();
            open(server, unauthenticated);
            Listener ada = new Listener();
            Backend backend = new Backend(PROJECT);
            SessionId session = backend.newSession(true);
            String token = backend.token(session, Role.PUBLISHER, "");
            open(server, ada)
                    .sendText(CODEC.encodeClient(new ClientMessage.Connect(1, 1, session, token, null, null)), true)
                    .join();
            ServerMessage.Connected connected = (ServerMessage.Connected) CODEC.decodeServer(ada.next());
            assertThat(connected.timings()).isEqualTo(new Timings(70_000, 80_000, 90_000));
            assertThat(unauthenticated.next()).contains("\"code\":1008");
            assertThat(unauthenticated.next()).isEqualTo("4011");
            server.close();
            ServerMessage.Draining draining = (ServerMessage.Draining) CODEC.decodeServer(ada.next());
            assertThat(draining.retryAfterMillis())
                    .as("the unauthenticated socket may still take the first place")
                    .isBetween(4321L, 4322L);
        }
    }

    private static Map<String, String> times(String prefix) {
        Map<String, String> times = new HashMap<>();
        List<String> values = List.of("70000", "80000", "90000", "3000", "4321");
        for (int i = 0; i < NAMES.size(); i++) {
            String name = prefix.isEmpty()
                    ? NAMES.get(i)
                    : prefix + NAMES.get(i).replace('-', '_').toUpperCase(java.util.Locale.ROOT);
            times.put(name, values.get(i));
        }
        return times;
    }

    @Test
    void fromTheCommandLine() throws Exception {
        Map<String, String> given = times("");
        given.put("port", "0");
        assertReceived(ServerCommand.settings(given, name -> null));
    }

    @Test
    void fromTheEnvironment() throws Exception {
        assertReceived(ServerCommand.settings(Map.of("port", "0"), times("VIDEOSESSION_")::get));
    }

    @Test
    void fromTheFile() throws Exception {
        List<String> lines = times("").entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
        Path file = Files.write(directory.resolve("server.properties"), lines);
        assertReceived(ServerCommand.settings(Map.of("port", "0", "config", file.toString()), name -> null));
    }

    @Test
    void everyTimeIsAnOptionOfTheCommand() {
        CommandLine command = new CommandLine(new ServerCommand());
        assertThat(command.getCommandSpec().optionsMap().keySet())
                .containsAll(NAMES.stream().map(name -> "--" + name).toList())
                .contains("--turn-lifetime");
        StringWriter errors = new StringWriter();
        String[] arguments = {"--dev", "--port", "0", "--heartbeat", "9000", "--silence", "8000"};
        assertThat(command.setErr(new PrintWriter(errors)).execute(arguments)).isEqualTo(2);
        assertThat(errors.toString()).as(Arrays.toString(arguments)).contains("silenceMillis");
    }

    @Test
    void timesThatCannotBeAreRefusedByName() {
        assertRefused(Map.of("heartbeat", "x"), "heartbeat");
        assertRefused(Map.of("heartbeat", "0"), "heartbeatMillis");
        assertRefused(Map.of("resume-window", "-1"), "resumeWindowMillis");
        assertRefused(Map.of("connect-timeout", "0"), "handshakeTimeoutMillis");
        assertRefused(Map.of("retry-after", "-1"), "retryAfterMillis");
        assertRefused(Map.of("stun", "stun:host:99999"), "stun:host:99999");
        assertRefused(Map.of("turn", "turn:h", "turn-secret", "s", "turn-lifetime", "9"), "at least 10 seconds");
    }

    private static void assertRefused(Map<String, String> given, String hint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerFactory.start(ServerCommand.settings(given, name -> null), PROJECT)
                        .close())
                .withMessageContaining(hint);
    }
}
