package dev.videosession.media.internal.link;

import dev.videosession.protocol.ice.IceCandidate;

/**
 * The addresses of a peer that a link may try. The client decides, because the server does not know the client's network.
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
     * Checks a candidate. Its related address is never tried and is not checked.
     *
     * @param candidate of a peer
     * @return whether the native library may try it
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
