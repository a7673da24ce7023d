package dev.videosession.benchmark.dialect;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Socket.IO 4 over a WebSocket, with events of one letter. */
public final class SocketIoDialect implements Dialect {
    private static final byte[] PONG = Payloads.ascii("3");
    private static final int EVENT = "42[\"".length();
    private static final Duration LIFETIME = Duration.ofHours(1);

    private final Algorithm algorithm;

    /**
     * Makes the messages.
     *
     * @param secret signs the tokens
     */
    public SocketIoDialect(String secret) {
        this.algorithm = Algorithm.HMAC256(secret);
    }

    @Override
    public Member member(int session, boolean moderator, boolean memberEvents) {
        String room = "room" + session;
        String token = JWT.create()
                .withClaim("room", room)
                .withClaim("role", moderator ? "moderator" : "publisher")
                .withClaim("events", memberEvents)
                .withExpiresAt(Instant.now().plus(LIFETIME))
                .sign(algorithm);
        return new Member(room, token, memberEvents);
    }

    @Override
    public String path(Member member) {
        return "/socket.io/?EIO=4&transport=websocket";
    }

    @Override
    public boolean waitsForReady() {
        return true;
    }

    @Override
    public byte[] join(Member member) {
        return Payloads.ascii("40{\"token\":\"" + member.token() + "\"}");
    }

    @Override
    public FrameKind kind(ByteBuffer buffer, int offset, int length) {
        return switch (Payloads.at(buffer, offset, length, 0)) {
            case '0' -> FrameKind.READY;
            case '2' -> FrameKind.PING;
            case '4' -> packet(buffer, offset, length);
            default -> FrameKind.OTHER;
        };
    }

    private static FrameKind packet(ByteBuffer buffer, int offset, int length) {
        return switch (Payloads.at(buffer, offset, length, 1)) {
            case '0' -> FrameKind.JOINED;
            case '1' -> FrameKind.REMOVED;
            case '2' -> event(Payloads.at(buffer, offset, length, EVENT));
            case '4' -> FrameKind.REFUSED;
            default -> FrameKind.OTHER;
        };
    }

    private static FrameKind event(int name) {
        return switch (name) {
            case 'm' -> FrameKind.MESSAGE;
            case 'j' -> FrameKind.MEMBER_JOINED;
            case 'l' -> FrameKind.MEMBER_LEFT;
            default -> FrameKind.OTHER;
        };
    }

    @Override
    public String connectionId(String joined) {
        return Payloads.field(joined, "sid");
    }

    @Override
    public String message(long request, String text) {
        return "42[\"m\",\"" + text + "\"]";
    }

    @Override
    public String remove(long request, String connectionId) {
        return "42[\"k\",\"" + connectionId + "\"]";
    }

    @Override
    public byte[] pong() {
        return PONG;
    }

    @Override
    public byte @Nullable [] heartbeat() {
        return null;
    }

    @Override
    public long heartbeatMillis() {
        return 0;
    }
}
