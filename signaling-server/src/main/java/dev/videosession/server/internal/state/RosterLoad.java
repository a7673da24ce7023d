package dev.videosession.server.internal.state;

import dev.videosession.protocol.codec.RosterSize;
import java.util.HashMap;
import java.util.Map;

/** How much of the roster the connections of a session use, in total and for each token. Changed by events only. */
public final class RosterLoad {
    private final Map<String, Share> tokens = new HashMap<>();
    private long bytes;

    /** The use of the connections that share one token. */
    private static final class Share {
        int connections;
        long bytes;
    }

    /** Becomes a copy of another load. */
    void set(RosterLoad other) {
        tokens.clear();
        other.tokens.forEach((token, share) -> {
            Share copy = new Share();
            copy.connections = share.connections;
            copy.bytes = share.bytes;
            tokens.put(token, copy);
        });
        bytes = other.bytes;
    }

    void enter(Member member) {
        share(member.pass).connections++;
        add(member, RosterSize.of(member.info));
    }

    void leave(Member member) {
        add(member, -member.rosterBytes);
        tokens.computeIfPresent(member.pass.fingerprint(), (token, share) -> --share.connections == 0 ? null : share);
    }

    void add(Member member, int change) {
        member.rosterBytes += change;
        share(member.pass).bytes += change;
        bytes += change;
    }

    private Share share(TokenPass pass) {
        return tokens.computeIfAbsent(pass.fingerprint(), token -> new Share());
    }

    /** {@return the bytes of the whole roster} */
    public long bytes() {
        return bytes;
    }

    /**
     * Counts the connections of a token.
     *
     * @param pass the token
     * @return the number of its connections in the session
     */
    public int connections(TokenPass pass) {
        Share share = tokens.get(pass.fingerprint());
        return share == null ? 0 : share.connections;
    }

    /**
     * Measures what the connections of a token use together.
     *
     * @param pass the token
     * @return bytes of the roster
     */
    public long bytes(TokenPass pass) {
        Share share = tokens.get(pass.fingerprint());
        return share == null ? 0 : share.bytes;
    }
}
