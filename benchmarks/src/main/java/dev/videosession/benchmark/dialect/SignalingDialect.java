package dev.videosession.benchmark.dialect;

import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.project.Project;
import dev.videosession.server.project.SessionIds;
import dev.videosession.server.token.ClientToken;
import dev.videosession.server.token.TokenIssuer;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The protocol of this project, PROTOCOL.md. */
public final class SignalingDialect implements Dialect {
    private static final int TYPE = "{\"type\":\"".length();
    private static final int CONNECTION_EVENT = TYPE + "connection".length();
    private static final byte[] HEARTBEAT = Payloads.ascii("{\"type\":\"heartbeat\"}");
    private static final long HEARTBEAT_MILLIS = 3000;

    private final Project project;
    private final TokenIssuer issuer;
    private final SessionIds ids = new SessionIds(Clock.systemUTC());
    private final Map<Integer, SessionId> sessions = new ConcurrentHashMap<>();

    /**
     * Makes the messages for the sessions of a project.
     *
     * @param project signs the tokens
     */
    public SignalingDialect(Project project) {
        this.project = project;
        this.issuer = new TokenIssuer(project);
    }

    @Override
    public Member member(int session, boolean moderator, boolean memberEvents) {
        SessionId id = sessions.computeIfAbsent(session, number -> ids.create(project.apiKey(), true));
        ClientToken token = new ClientToken(id).withRole(moderator ? Role.MODERATOR : Role.PUBLISHER);
        return new Member(id.value(), issuer.jwt(token), memberEvents);
    }

    @Override
    public String path(Member member) {
        return "/v1/signaling";
    }

    @Override
    public boolean waitsForReady() {
        return false;
    }

    @Override
    public byte[] join(Member member) {
        return Payloads.ascii("{\"type\":\"connect\",\"id\":1,\"protocol\":1,\"sessionId\":\"" + member.session()
                + "\",\"token\":\"" + member.token() + "\",\"connectionEventsSuppressed\":" + !member.memberEvents()
                + "}");
    }

    @Override
    public FrameKind kind(ByteBuffer buffer, int offset, int length) {
        return switch (Payloads.at(buffer, offset, length, TYPE)) {
            case 's' -> Payloads.at(buffer, offset, length, TYPE + 1) == 'i' ? FrameKind.MESSAGE : FrameKind.OTHER;
            case 'c' -> connection(buffer, offset, length);
            case 'd' -> Payloads.at(buffer, offset, length, TYPE + 3) == 'c' ? FrameKind.REMOVED : FrameKind.OTHER;
            case 'e' -> FrameKind.REFUSED;
            default -> FrameKind.OTHER;
        };
    }

    private static FrameKind connection(ByteBuffer buffer, int offset, int length) {
        if (Payloads.at(buffer, offset, length, TYPE + "connect".length()) == 'e') {
            return FrameKind.JOINED;
        }
        return switch (Payloads.at(buffer, offset, length, CONNECTION_EVENT)) {
            case 'C' -> FrameKind.MEMBER_JOINED;
            case 'D' -> FrameKind.MEMBER_LEFT;
            default -> FrameKind.OTHER;
        };
    }

    @Override
    public String connectionId(String joined) {
        return Payloads.field(joined, "connectionId");
    }

    @Override
    public String message(long request, String text) {
        return "{\"type\":\"signal\",\"id\":" + request + ",\"signalType\":\"m\",\"data\":\"" + text + "\"}";
    }

    @Override
    public String remove(long request, String connectionId) {
        return "{\"type\":\"forceDisconnect\",\"id\":" + request + ",\"connectionId\":\"" + connectionId + "\"}";
    }

    @Override
    public byte[] pong() {
        return HEARTBEAT;
    }

    @Override
    public byte[] heartbeat() {
        return HEARTBEAT;
    }

    @Override
    public long heartbeatMillis() {
        return HEARTBEAT_MILLIS;
    }
}
