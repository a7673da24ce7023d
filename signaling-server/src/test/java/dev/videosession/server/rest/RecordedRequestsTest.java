package dev.videosession.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.fixture.HttpReplies;
import dev.videosession.server.fixture.RestClient;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.project.SessionIds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What OpenTok's libraries for Ruby, Python and PHP send, byte for byte, and what comes of it. */
class RecordedRequestsTest {
    private static final Pattern CASE = Pattern.compile("=== (.+) \\| (\\d+) \\| (.+)");
    private static final Pattern ID = Pattern.compile("<session_id>(.+)</session_id>|\"session_id\":\"([^\"]+)\"");

    private ServerFixture fixture;
    private TestClient ada;
    private StreamId stream;
    private StreamId other;

    record Recorded(String library, String name, int status, String effect, String text) {
        @Override
        public String toString() {
            return library + ": " + name;
        }
    }

    static Stream<Recorded> all() throws IOException {
        List<Recorded> cases = new ArrayList<>();
        for (String library : List.of("ruby", "python", "php")) {
            String file;
            try (InputStream in = RecordedRequestsTest.class.getResourceAsStream("/recorded/" + library + ".txt")) {
                file = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
            Matcher matcher = CASE.matcher(file);
            while (matcher.find()) {
                int end = file.indexOf("\n=== ", matcher.end());
                String text = file.substring(matcher.end() + 1, end < 0 ? file.length() - 1 : end);
                cases.add(new Recorded(
                        library, matcher.group(1), Integer.parseInt(matcher.group(2)), matcher.group(3), text));
            }
        }
        assertThat(cases).hasSize(34);
        return cases.stream();
    }

    static Stream<Recorded> ofOneStream() throws IOException {
        return all().filter(recorded -> recorded.text().contains("/stream/{stream}"));
    }

    @BeforeEach
    void start() {
        fixture = new ServerFixture();
        ada = fixture.join(Role.PUBLISHER);
        stream = ada.publish("cam").streamId();
        ada.expect(SequencedEvent.StreamCreated.class);
        other = ada.publish("screen").streamId();
        ada.expect(SequencedEvent.StreamCreated.class);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    /** As the library makes it: that of Ruby has its kind in the header and no id. */
    private static String token(String library) {
        JWTCreator.Builder token = JWT.create()
                .withIssuer(Integer.toString(ServerFixture.PROJECT.apiKey()))
                .withIssuedAt(Instant.now())
                .withExpiresAt(Instant.now().plusSeconds(300));
        if (library.equals("ruby")) {
            token.withHeader(Map.of("ist", "project"));
        } else {
            token.withClaim("ist", "project").withJWTId(UUID.randomUUID().toString());
        }
        return token.sign(Algorithm.HMAC256(ServerFixture.PROJECT.signingSecret()));
    }

    private HttpReplies.Reply send(Recorded recorded, String streamId) throws IOException {
        int split = recorded.text().indexOf("\n\n");
        String body = fill(recorded, recorded.text().substring(split + 2), streamId);
        String head = fill(recorded, recorded.text().substring(0, split), streamId)
                .replace("{length}", Integer.toString(body.length()))
                .replace("\n", "\r\n");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), fixture.server.port())) {
            socket.getOutputStream().write((head + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8));
            return HttpReplies.parse(reply(socket.getInputStream())).get(0);
        }
    }

    private String fill(Recorded recorded, String text, String streamId) {
        return text.replace("{host}", "127.0.0.1:" + fixture.server.port())
                .replace("{token}", token(recorded.library()))
                .replace("{session}", fixture.session.value())
                .replace("{stream}", streamId)
                .replace("{connection}", ada.id().value());
    }

    /** Reads one response from a connection that may stay open. */
    private static byte[] reply(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (!bytes.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            bytes.write(in.read());
        }
        Matcher length = Pattern.compile("(?i)content-length: (\\d+)").matcher(bytes.toString(StandardCharsets.UTF_8));
        if (length.find()) {
            bytes.write(in.readNBytes(Integer.parseInt(length.group(1))));
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @MethodSource("all")
    void requestIsAnsweredAndHasItsEffect(Recorded recorded) throws IOException {
        if (recorded.effect().equals("unmuted")) {
            fixture.server.control().forceMuteAll(fixture.session, List.of()).join();
            ada.await(SequencedEvent.MuteForced.class);
        }
        HttpReplies.Reply reply = send(recorded, stream.value());
        assertThat(reply.status()).as(reply.body()).isEqualTo(recorded.status());
        switch (recorded.effect()) {
            case "created" -> {
                Matcher id = ID.matcher(reply.body());
                assertThat(id.find()).isTrue();
                SessionId session = new SessionId(id.group(1) == null ? id.group(2) : id.group(1));
                assertThat(SessionIds.read(session).orElseThrow().relayed()).isTrue();
            }
            case "others muted" -> muted(other);
            case "all muted" -> muted(stream, other);
            case "one muted" -> muted(stream);
            case "unmuted" ->
                assertThat(ada.await(SequencedEvent.MuteForced.class).active()).isFalse();
            case "listed" -> assertThat(reply.body()).contains("\"id\":\"" + stream + "\"");
            case "connections" -> assertThat(reply.body()).contains(ada.id().value());
            case "arranged" ->
                assertThat(new RestClient(fixture)
                                .call("GET", new RestClient(fixture).path("/stream/" + stream))
                                .body())
                        .contains("\"layoutClassList\":[\"full\",\"focus\"]");
            case "signalled" ->
                assertThat(ada.await(SequencedEvent.Signal.class).data()).isEqualTo("Hello");
            case "signalled directly" ->
                assertThat(ada.await(ServerMessage.DirectSignal.class).data()).isEqualTo("Hello");
            case "removed" -> ada.await(ServerMessage.Disconnected.class);
            case "nothing" -> ada.expectNothing();
            default -> throw new AssertionError(recorded.effect());
        }
    }

    private void muted(StreamId... streams) {
        SequencedEvent.MuteForced event = ada.await(SequencedEvent.MuteForced.class);
        assertThat(event.active()).isTrue();
        assertThat(event.streamIds()).containsExactlyInAnyOrder(streams);
    }

    /** Python and Ruby report every status but 400, 403 and 404 as success; the other libraries report any error. */
    @ParameterizedTest
    @MethodSource("ofOneStream")
    void unknownStreamIsAnErrorForEveryLibrary(Recorded recorded) throws IOException {
        assertThat(send(recorded, "unknown").status()).isEqualTo(404);
        ada.expectNothing();
    }
}
