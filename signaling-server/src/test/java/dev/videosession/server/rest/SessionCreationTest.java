package dev.videosession.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.SessionId;
import dev.videosession.server.fixture.RestClient;
import dev.videosession.server.fixture.RestClient.Reply;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.project.SessionIds;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.FormBody;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Making sessions, by hand. */
class SessionCreationTest {
    private ServerFixture fixture;
    private RestClient rest;

    @BeforeEach
    void start() {
        fixture = new ServerFixture();
        rest = new RestClient(fixture);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private Reply create(String accept, String... form) throws IOException {
        FormBody.Builder body = new FormBody.Builder();
        for (int i = 0; i < form.length; i += 2) {
            body.add(form[i], form[i + 1]);
        }
        Request.Builder request = new Request.Builder()
                .url(fixture.server.uri() + "/session/create")
                .header("X-OPENTOK-AUTH", rest.token())
                .post(body.build());
        if (accept != null) {
            request.header("Accept", accept);
        }
        return rest.send(request);
    }

    private static SessionId idIn(Reply reply, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(reply.body());
        assertThat(matcher.find()).as(reply.body()).isTrue();
        return new SessionId(matcher.group(1));
    }

    @Test
    void sessionIsJsonForClientsThatAcceptIt() throws IOException {
        Reply reply = create("application/json", "p2p.preference", "enabled", "archiveMode", "manual", "whatever", "x");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.type()).isEqualTo("application/json");
        assertThat(reply.body())
                .startsWith("[{\"session_id\":\"2_")
                .contains("\"project_id\":\"47000001\"", "\"partner_id\":\"47000001\"", "\"create_dt\":\"")
                .contains("\"properties\":null", "\"ice_credential_expiration\":86100")
                .endsWith("}]");
        SessionId id = idIn(reply, "session_id\":\"([^\"]+)");
        assertThat(SessionIds.read(id)).contains(new SessionIds.Parts(47_000_001, true));
        assertThat(create("text/html, application/json;q=0.9").type()).isEqualTo("application/json");
    }

    @Test
    void sessionIsXmlForOtherClients() throws IOException {
        for (String accept : new String[] {null, "*/*", "text/xml"}) {
            Reply reply = create(accept, "p2p.preference", "disabled", "location", "", "e2ee", "False");
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.type()).isEqualTo("text/xml");
            assertThat(reply.body()).contains("<partner_id>47000001</partner_id>");
            SessionId id = idIn(reply, "<sessions><Session><session_id>([^<]+)</session_id>");
            assertThat(SessionIds.read(id)).contains(new SessionIds.Parts(47_000_001, false));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "p2p.preference,maybe,,,400",
        "archiveMode,sometimes,,,400",
        "location,localhost,,,400",
        "location,::1,,,400",
        "e2ee,1,,,400",
        "e2ee,True,p2p.preference,enabled,400",
        "e2ee,true,archiveMode,always,400",
        "archiveMode,always,p2p.preference,enabled,400",
        "archiveMode,always,p2p.preference,disabled,501",
        "e2ee,TRUE,p2p.preference,disabled,200",
        "location,12.34.56.78,,,200"
    })
    void formIsChecked(String name, String value, String otherName, String otherValue, int status) throws IOException {
        Reply reply = otherName == null
                ? create("application/json", name, value)
                : create("application/json", name, value, otherName, otherValue);
        assertThat(reply.status()).isEqualTo(status);
    }

    @Test
    void emptyFormMakesARoutedSession() throws IOException {
        Reply reply = rest.call("POST", "/session/create");
        SessionId id = idIn(reply, "<session_id>([^<]+)");
        assertThat(SessionIds.read(id)).contains(new SessionIds.Parts(47_000_001, false));
    }
}
