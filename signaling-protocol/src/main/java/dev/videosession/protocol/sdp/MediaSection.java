package dev.videosession.protocol.sdp;

import dev.videosession.protocol.grammar.MalformedSdpException.Rule;
import dev.videosession.protocol.grammar.Tokens;
import dev.videosession.protocol.ice.IceCandidate;
import dev.videosession.protocol.rtp.Codec;
import dev.videosession.protocol.rtp.Direction;
import dev.videosession.protocol.rtp.MediaKind;
import dev.videosession.protocol.rtp.RtpParameters;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One {@code m=} section of a description.
 *
 * @param kind what it carries
 * @param mid its media id; null only in a rejected section
 * @param status whether it is in use
 * @param direction which way media flows; {@link Direction#INACTIVE} in a rejected section, {@link Direction#SENDRECV} for
 *     data
 * @param transport ICE and DTLS; null only in a rejected section
 * @param rtp codecs and sources; empty for data
 * @param data SCTP; null unless the section carries data and is in use
 * @param candidates candidates of the writer, at most {@value #MAX_CANDIDATES}
 * @param endOfCandidates whether there are no more
 */
public record MediaSection(
        MediaKind kind,
        @Nullable String mid,
        Status status,
        Direction direction,
        @Nullable Transport transport,
        RtpParameters rtp,
        @Nullable DataParameters data,
        List<IceCandidate> candidates,
        boolean endOfCandidates) {
    /** Most candidates of a section. */
    public static final int MAX_CANDIDATES = 64;

    /** Checks that the parts fit each other. */
    public MediaSection {
        candidates = List.copyOf(candidates);
        if (mid != null) {
            Tokens.mid(mid);
        }
        Tokens.require(
                candidates.size() <= MAX_CANDIDATES,
                Rule.CANDIDATE,
                "a section has more than " + MAX_CANDIDATES + " candidates");
        for (Codec codec : rtp.codecs()) {
            Tokens.require(codec.encoding().kind() == kind, Rule.CODEC, "a codec is in a section of another kind");
        }
        boolean inUse = status != Status.REJECTED;
        Tokens.require(!inUse || mid != null, Rule.STRUCTURE, "a section has no mid");
        Tokens.require(inUse == (transport != null), Rule.TRANSPORT, "a section has no ICE or DTLS parameters");
        if (kind == MediaKind.APPLICATION) {
            Tokens.require(inUse == (data != null), Rule.SECTION, "a data section has no sctp-port");
            Tokens.require(rtp.equals(RtpParameters.EMPTY), Rule.SECTION, "a data section has RTP parameters");
        } else {
            Tokens.require(data == null, Rule.SECTION, "an RTP section has SCTP parameters");
            Tokens.require(
                    !inUse
                            || rtp.codecs().stream()
                                    .anyMatch(codec -> codec.encoding().isMedia()),
                    Rule.CODEC,
                    "no " + kind.text() + " codec of the section is known");
        }
    }

    /** Whether a section is in use. */
    public enum Status {
        /** It has a transport of its own, or shares one. */
        ACTIVE,
        /** It is used only if the answerer accepts the BUNDLE group (RFC 8843); in offers only. */
        BUNDLE_ONLY,
        /** Its port is 0. */
        REJECTED
    }

    /**
     * What a data section says.
     *
     * @param sctpPort 1 to 65535
     * @param maxMessageSize in bytes, at most 2147483647, 0 for no limit, or null if the section does not say
     */
    public record DataParameters(int sctpPort, @Nullable Long maxMessageSize) {
        /** Native parsers read it into a signed integer of 32 bits. */
        static final long MAX_MESSAGE_SIZE = Integer.MAX_VALUE;

        /** Checks the ranges. */
        public DataParameters {
            Tokens.require(sctpPort >= 1 && sctpPort <= 65_535, Rule.SECTION, "sctp-port is out of range");
            Tokens.require(
                    maxMessageSize == null || (maxMessageSize >= 0 && maxMessageSize <= MAX_MESSAGE_SIZE),
                    Rule.SECTION,
                    "max-message-size is out of range");
        }
    }

    /** {@return whether the port is 0 without {@code bundle-only}} */
    public boolean isRejected() {
        return status == Status.REJECTED;
    }

    /**
     * Changes codecs, for instance to add a hint.
     *
     * @param change applied to each codec
     * @return a copy
     */
    public MediaSection mapCodecs(UnaryOperator<Codec> change) {
        List<Codec> changed = rtp.codecs().stream().map(change).toList();
        return new MediaSection(
                kind, mid, status, direction, transport, rtp.withCodecs(changed), data, candidates, endOfCandidates);
    }

    MediaSection pauseReceived(Set<String> rids) {
        return new MediaSection(
                kind, mid, status, direction, transport, rtp.pauseReceived(rids), data, candidates, endOfCandidates);
    }

    /**
     * Drops candidates.
     *
     * @param kept tells which ones stay
     * @return a copy
     */
    public MediaSection filterCandidates(Predicate<IceCandidate> kept) {
        return new MediaSection(
                kind,
                mid,
                status,
                direction,
                transport,
                rtp,
                data,
                candidates.stream().filter(kept).toList(),
                endOfCandidates);
    }

    /**
     * Rejects the section.
     *
     * @return a copy with port 0 and without a transport
     */
    public MediaSection reject() {
        return rejected(kind, mid, rtp.codecs());
    }

    static MediaSection rejected(MediaKind kind, @Nullable String mid, List<Codec> codecs) {
        RtpParameters rtp =
                kind == MediaKind.APPLICATION ? RtpParameters.EMPTY : RtpParameters.EMPTY.withCodecs(codecs);
        return new MediaSection(kind, mid, Status.REJECTED, Direction.INACTIVE, null, rtp, null, List.of(), false);
    }
}
