package dev.videosession.media.link;

import java.util.List;

/**
 * How the ends of a link may find each other.
 *
 * @param iceServers STUN and TURN servers; empty means this machine's own addresses only
 * @param policy which paths may be used
 */
public record LinkConfig(List<IceServer> iceServers, IcePolicy policy) {
    /** No servers, every path. */
    public static final LinkConfig DIRECT = new LinkConfig(List.of(), IcePolicy.ALL);

    /** Which paths may be used. */
    public enum IcePolicy {
        /** Every path. */
        ALL,
        /** Only through a TURN server: addresses stay hidden from the other end. */
        RELAY
    }

    /**
     * Copies the list.
     *
     * @param iceServers as above
     * @param policy as above
     */
    public LinkConfig {
        iceServers = List.copyOf(iceServers);
    }
}
