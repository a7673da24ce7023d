package dev.videosession.media.internal.link;

import dev.videosession.media.internal.rtc.IceConfig;
import dev.videosession.protocol.IceServer;
import java.util.List;

/**
 * Servers and policies for the path between the two ends of a link.
 *
 * @param iceServers STUN and TURN servers; empty for the addresses of this machine only
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

    /**
     * Checks the servers, see {@link IceConfig#requireUsable}.
     *
     * @throws IllegalArgumentException if the native library cannot use one of them
     */
    public LinkConfig {
        iceServers = List.copyOf(iceServers);
        iceServers.forEach(IceConfig::requireUsable);
    }
}
