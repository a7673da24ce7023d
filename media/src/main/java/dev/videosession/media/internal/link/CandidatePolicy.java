package dev.videosession.media.internal.link;

import dev.videosession.protocol.sdp.IceCandidate;

/**
 * Which addresses of a peer a link may try. Only the client knows its network, so the server does not decide this.
 *
 * <p>Never tried: addresses that are unspecified, multicast, link-local or reserved, and those of cloud metadata services; component 2,
 * because RTCP is multiplexed. Always tried: private networks, carrier-grade NAT, unique local and documentation ranges, public
 * addresses and {@code .local} names.
 *
 * @param loopback whether loopback addresses are tried: only if the peer may be on this machine
 * @param tcp whether TCP candidates are tried
 */
public record CandidatePolicy(boolean loopback, boolean tcp) {
    /** UDP, and no loopback addresses. */
    public static final CandidatePolicy DEFAULT = new CandidatePolicy(false, false);

    /** Most candidates of one negotiation, those in the description included. */
    public static final int MAX_CANDIDATES = 64;

    /**
     * Decides about a candidate. The related address is not tried, so it does not count.
     *
     * @param candidate of a peer
     * @return whether it may be given to the native library
     */
    public boolean permits(IceCandidate candidate) {
        return candidate.component() == 1
                && (tcp || candidate.protocol() == IceCandidate.Protocol.UDP)
                && switch (candidate.address().scope()) {
                    case UNSPECIFIED, MULTICAST, LINK_LOCAL, METADATA, RESERVED -> false;
                    case LOOPBACK -> loopback;
                    case PRIVATE, SHARED, UNIQUE_LOCAL, DOCUMENTATION, PUBLIC, LOCAL_NAME -> true;
                };
    }
}
