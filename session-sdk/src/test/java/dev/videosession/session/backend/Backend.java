package dev.videosession.session.backend;

import com.opentok.MediaMode;
import com.opentok.OpenTok;
import com.opentok.Role;
import com.opentok.SessionProperties;
import com.opentok.SignalProperties;
import com.opentok.TokenOptions;
import com.opentok.exception.OpenTokException;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.Timings;
import dev.videosession.session.fixture.LiveServer;
import dev.videosession.session.fixture.Participant;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The official library in front of a running server, with a session that it made and clients that it let in. */
final class Backend implements AutoCloseable {
    private static final Timings LONG_TIMEOUTS = new Timings(1_000, 8_000, 12_000);

    final LiveServer server;
    final OpenTok calls;
    final com.opentok.Session created;
    final String session;
    private int fences;

    /** The media of a routed session goes through a media router. */
    Backend(MediaMode mode) throws OpenTokException {
        server = mode == MediaMode.ROUTED ? LiveServer.withRouter(LONG_TIMEOUTS) : new LiveServer(LONG_TIMEOUTS);
        calls = library(LiveServer.SECRET);
        created = calls.createSession(
                new SessionProperties.Builder().mediaMode(mode).build());
        session = created.getSessionId();
    }

    /** Another backend, which signs with a secret of its own choice. */
    OpenTok library(String secret) {
        return new OpenTok.Builder(LiveServer.API_KEY, secret)
                .apiUrl(server.server.uri().toString())
                .build();
    }

    String token(Role role, String data) throws OpenTokException {
        return calls.generateToken(
                session, new TokenOptions.Builder().role(role).data(data).build());
    }

    /** The library's token for a publisher as it would be if this version knew the role: changed and signed anew. */
    String publisherOnlyToken(String data) throws OpenTokException, GeneralSecurityException {
        String made = token(Role.PUBLISHER, data).substring("T1==".length());
        String text = new String(Base64.getUrlDecoder().decode(made), StandardCharsets.UTF_8);
        String fields = text.substring(text.indexOf(':') + 1)
                .replaceFirst("(^|&)role=publisher(&|$)", "$1role=publisheronly$2");
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(LiveServer.SECRET.getBytes(StandardCharsets.UTF_8), mac.getAlgorithm()));
        String signature = HexFormat.of().formatHex(mac.doFinal(fields.getBytes(StandardCharsets.UTF_8)));
        String signed = "partner_id=" + LiveServer.API_KEY + "&sig=" + signature + ":" + fields;
        return "T1==" + Base64.getUrlEncoder().encodeToString(signed.getBytes(StandardCharsets.UTF_8));
    }

    Participant join(Role role, String name) throws OpenTokException {
        return join(token(role, name), name);
    }

    Participant join(String token, String name) {
        return server.join(new SessionId(session), token, name);
    }

    static SignalProperties signal(String type, String data) {
        return new SignalProperties.Builder().type(type).data(data).build();
    }

    /** Returns when all participants have received every earlier event. An event that they do not have then will never arrive. */
    void fence(Participant... participants) throws OpenTokException {
        String number = Integer.toString(++fences);
        calls.signal(session, signal("fence", number));
        for (Participant participant : participants) {
            participant.awaitEvent("signal:fence " + number + " from backend");
        }
    }

    @Override
    public void close() {
        calls.close();
        server.close();
    }
}
