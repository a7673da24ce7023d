package dev.videosession.media.internal.link;

import dev.videosession.media.internal.rtc.IceServer;
import java.util.List;

/**
 * How the two ends of a link find a path to each other.
 *
 * @param iceServers STUN and TURN servers; empty means this machine's own addresses only
 * @param policy which paths may be used
 * @param candidates which addresses of the peer may be tried
 */
public record LinkConfig(List<IceServer> iceServers, IcePolicy policy, CandidatePolicy candidates) {
    /** No servers, every path, no loopback addresses of the peer. */
    public static final LinkConfig DIRECT = new LinkConfig(List.of(), IcePolicy.ALL, CandidatePolicy.DEFAULT);

    /** Which paths may be used. */
    public enum IcePolicy {
        /** Every path. */
        ALL,
        /**
         * Only through a TURN server: the privacy mode. This end sends relay candidates only, so the peer learns no address of it.
         * Without a TURN server there is no path.
         */
        RELAY
    }

    /** Copies the list. */
    public LinkConfig {
        iceServers = List.copyOf(iceServers);
    }
}
