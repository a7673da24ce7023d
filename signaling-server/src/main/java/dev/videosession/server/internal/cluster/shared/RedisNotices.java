package dev.videosession.server.internal.cluster.shared;

import dev.videosession.protocol.SessionId;
import dev.videosession.server.internal.redis.NodeEpoch;
import dev.videosession.server.internal.redis.RedisLink;
import dev.videosession.server.internal.redis.RedisScript;
import dev.videosession.server.internal.webhook.SharedNotices;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Events that wait for being sent to backends, in Redis: a list for each session, and the turn of one node as a key that ends. */
public final class RedisNotices implements SharedNotices {
    /** A node that has not kept its turn for this time has lost it. */
    private static final byte[] TURN_MILLIS = ascii(10_000);

    private static final String SESSIONS = "vs:hooks";
    private static final long AT_ONCE = 100;
    private static final RedisScript CLAIM = RedisScript.read(RedisNotices.class, "claim.lua");
    private static final RedisScript SETTLE = RedisScript.read(RedisNotices.class, "settle.lua");

    private final RedisLink redis;
    private final NodeEpoch epoch;

    /**
     * Gives access to the webhooks of all sessions.
     *
     * @param redis in which they are kept
     * @param epoch of this node
     */
    public RedisNotices(RedisLink redis, NodeEpoch epoch) {
        this.redis = redis;
        this.epoch = epoch;
    }

    private static String[] keys(SessionId session) {
        String list = "vs:{" + session + "}:hooks";
        return new String[] {list, list + ":turn", SESSIONS};
    }

    private static byte[] ascii(long number) {
        return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public CompletionStage<List<String>> claim(SessionId session, int most) {
        return redis.eval(
                        CLAIM,
                        keys(session),
                        ascii(epoch.current()),
                        TURN_MILLIS,
                        session.value().getBytes(StandardCharsets.UTF_8),
                        ascii(most - 1))
                .thenApply(waiting -> waiting.stream()
                        .map(text -> new String((byte[]) text, StandardCharsets.UTF_8))
                        .toList());
    }

    @Override
    public CompletionStage<Boolean> settle(SessionId session) {
        return keep(session, 1);
    }

    @Override
    public CompletionStage<Boolean> keep(SessionId session) {
        return keep(session, 0);
    }

    private CompletionStage<Boolean> keep(SessionId session, int settled) {
        return redis.eval(SETTLE, keys(session), ascii(epoch.current()), TURN_MILLIS, ascii(settled))
                .thenApply(kept -> (Long) kept.get(0) == 1);
    }

    @Override
    public CompletionStage<List<SessionId>> sessions() {
        return redis.call(commands -> commands.srandmember(SESSIONS, AT_ONCE))
                .thenApply(found -> found.stream()
                        .map(id -> new SessionId(new String(id, StandardCharsets.UTF_8)))
                        .toList());
    }
}
