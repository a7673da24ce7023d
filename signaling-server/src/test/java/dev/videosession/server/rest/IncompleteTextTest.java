package dev.videosession.server.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.admission.Verdict;
import dev.videosession.server.fixture.RestClient;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.token.ClientToken;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Half of a surrogate pair is refused at every entry of the server. Other clients are not affected. */
class IncompleteTextTest {
    private static final String HALF = "\uD83D";

    private final ServerFixture fixture = new ServerFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"signal\",\"id\":2,\"data\":\"a\\ud83d\"}",
                "{\"type\":\"signal\",\"id\":2,\"signalType\":\"\\ude00\",\"data\":\"a\"}",
                "{\"type\":\"publish\",\"id\":2,\"name\":\"\\ud83d!\",\"hasAudio\":true,\"hasVideo\":false}",
                "{\"type\":\"forceDisconnect\",\"id\":2,\"connectionId\":\"x\",\"message\":\"\\ud83d\"}"
            })
    void senderReceivesAnErrorAndStays(String json) {
        TestClient bob = fixture.join(Role.SUBSCRIBER);
        TestClient ada = fixture.join(Role.MODERATOR);
        ada.sendRaw(json);
        ServerMessage.Failed refusal = ada.expect(ServerMessage.Failed.class);
        assertThat(refusal.id()).isEqualTo(2);
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_PARAMETER.code());
        assertThat(refusal.message()).contains("half of a surrogate pair");

        ada.sendRaw("{\"type\":\"signal\",\"id\":3,\"data\":\"\\ud83d\\ude00\"}");
        bob.expect(SequencedEvent.ConnectionCreated.class);
        assertThat(bob.expect(SequencedEvent.Signal.class).data()).isEqualTo("\uD83D\uDE00");
    }

    @Test
    void unknownTypeIsRefusedAndTheSenderStays() {
        TestClient ada = fixture.join(Role.PUBLISHER);
        ada.sendRaw("{\"type\":\"\\ud83d\",\"id\":2}");
        assertThat(ada.expect(ServerMessage.Failed.class).message()).isEqualTo("unknown message type \uFFFD");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/signal | {\"data\":\"a\\ud83d\"} | data",
                "/signal | {\"type\":\"\\ud83d\"} | type",
            })
    void restCallIsRefused(String path, String json, String field) throws Exception {
        fixture.join(Role.PUBLISHER);
        RestClient rest = new RestClient(fixture);
        RestClient.Reply reply = rest.call("POST", rest.path(path), json);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).contains(field + " is not valid Unicode");
    }

    @Test
    void tokenWithHalfAPairInItsDataOpensNothing() throws Exception {
        TestClient client = fixture.open();
        client.sendConnect(fixture.session, jwt("name=\\ud83d"));
        ServerMessage.Failed refusal = client.expect(ServerMessage.Failed.class);
        assertThat(refusal.code()).isEqualTo(ErrorCode.AUTHENTICATION_ERROR.code());
        assertThat(refusal.message()).contains("connection data is not valid Unicode");

        assertThat(fixture.open()
                        .connect(fixture.session, jwt("name=\\ud83d\\ude00"))
                        .connected()
                        .connection()
                        .data())
                .isEqualTo("name=\uD83D\uDE00");
    }

    /** Written by hand: libraries that make tokens replace such text. */
    private String jwt(String data) throws Exception {
        String head = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
        long now = System.currentTimeMillis() / 1000;
        String payload = base64("{\"iss\":\"" + ServerFixture.PROJECT.apiKey() + "\",\"ist\":\"project\",\"iat\":" + now
                + ",\"exp\":" + (now + 60) + ",\"scope\":\"session.connect\",\"session_id\":\"" + fixture.session
                + "\",\"role\":\"publisher\",\"connection_data\":\"" + data + "\"}");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(
                ServerFixture.PROJECT.signingSecret().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] signature = mac.doFinal((head + "." + payload).getBytes(StandardCharsets.US_ASCII));
        return head + "." + payload + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void embedderIsRefusedInTheCall() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fixture.server.control().closeSession(fixture.session, "bye" + HALF));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClientToken(fixture.session).withData("name=" + HALF));
        assertThat(new Verdict.Refused("no" + HALF).reason()).isEqualTo("no\uFFFD");
    }
}
