package dev.videosession.server.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.moshi.Moshi;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.message.ConnectionInfo;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.internal.state.LoggedState;
import dev.videosession.server.internal.state.TokenPass;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The webhook in docs/OPENTOK.md has the fields of the one that the server sends, in the same order. */
class DocumentedWebhookTest {
    private static final Pattern BLOCK = Pattern.compile("(?s)```json\n(\\{\"sessionId\":.*?)```");
    private static final long CREATED = 1_795_251_390_001L;
    private static final long ENDED = 1_795_251_398_123L;

    @Test
    void endOfAConnectionIsReportedAsDocumented() throws Exception {
        String document = Files.readString(Path.of("..", "docs", "OPENTOK.md"));
        Map<String, Object> documented =
                json(BLOCK.matcher(document).results().findFirst().orElseThrow().group(1));

        ConnectionId id = new ConnectionId("6f1c");
        LoggedState state = new LoggedState();
        state.apply(new LoggedEvent.ConnectionCreated(
                new ConnectionInfo(id, CREATED, "name=Ada", Role.PUBLISHER), new TokenPass("ada", 10)));
        String sent = new WebhookEvents(ServerFixture.newSession(), ENDED)
                .of(
                        state,
                        new LoggedEvent.ConnectionDestroyed(
                                id, DisconnectReason.CLIENT_DISCONNECTED, DisconnectDetail.LEFT, null, null))
                .get(0);

        assertThat(withoutIds(json(sent))).hasToString(withoutIds(documented).toString());
    }

    /** Ids are shortened in the document. */
    private static Map<String, Object> withoutIds(Map<String, Object> body) {
        Map<String, Object> copy = new LinkedHashMap<>(body);
        copy.put("sessionId", "ID");
        copy.put("projectId", "KEY");
        Map<Object, Object> connection = new LinkedHashMap<>((Map<?, ?>) copy.get("connection"));
        connection.put("id", "ID");
        copy.put("connection", connection);
        return copy;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> json(String text) throws Exception {
        return (Map<String, Object>)
                new Moshi.Builder().build().adapter(Object.class).fromJson(text);
    }
}
