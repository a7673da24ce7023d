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
 * @param certificates whether the certificates of TURN servers are verified
 */
public record LinkConfig(
        List<IceServer> iceServers, IcePolicy policy, CandidatePolicy candidates, TurnCertificates certificates) {
    /** No servers, every path, no loopback addresses of the peer. */
    public static final LinkConfig DIRECT =
            new LinkConfig(List.of(), IcePolicy.ALL, CandidatePolicy.DEFAULT, TurnCertificates.VERIFIED);

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

    /** Whether the certificates of {@code turns:} servers are verified. */
    public enum TurnCertificates {
        /** Only a certificate of an authority that the native library knows is accepted. It takes no further authorities. */
        VERIFIED,
        /** Every certificate is accepted. Media and TURN credentials stay protected, the addresses of peers do not. */
        UNVERIFIED
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

    /**
     * Replaces the servers.
     *
     * @param servers STUN and TURN servers
     * @return a copy
     * @throws IllegalArgumentException if the native library cannot use one of them
     */
    public LinkConfig withIceServers(List<IceServer> servers) {
        return new LinkConfig(servers, policy, candidates, certificates);
    }

    /** {@return the servers and their policies, for a native connection} */
    IceConfig ice() {
        return new IceConfig(iceServers, policy == IcePolicy.RELAY, certificates == TurnCertificates.VERIFIED);
    }
}
