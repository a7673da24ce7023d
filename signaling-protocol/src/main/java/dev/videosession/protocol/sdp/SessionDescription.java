package dev.videosession.protocol.sdp;

import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.grammar.MalformedSdpException;
import dev.videosession.protocol.grammar.MalformedSdpException.Rule;
import dev.videosession.protocol.grammar.Tokens;
import dev.videosession.protocol.ice.IceCandidate;
import dev.videosession.protocol.rtp.Codec;
import dev.videosession.protocol.rtp.Encoding;
import dev.videosession.protocol.rtp.HeaderExtension;
import dev.videosession.protocol.rtp.MediaKind;
import dev.videosession.protocol.rtp.RtpParameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An offer or answer, immutable. A value of this type holds nothing but what the grammar permits, however it was made, so
 * that {@link #toSdp} is safe to give to a native library. {@code parse(kind, d.toSdp())} equals {@code d}, unless
 * {@code d} has codec hints.
 *
 * @param kind offer or answer
 * @param sessionId the number of the session, unsigned
 * @param sessionVersion the version of the description, unsigned
 * @param extmapAllowMixed whether one-byte and two-byte header extensions may be mixed
 * @param iceLite whether the writer is an ICE lite agent
 * @param bundle media ids that share one transport, or null without a group
 * @param mediaStreams ids in {@code msid-semantic}, {@code *} for all; null if the description does not say
 * @param sections in order
 */
public record SessionDescription(
        DescriptionKind kind,
        long sessionId,
        long sessionVersion,
        boolean extmapAllowMixed,
        boolean iceLite,
        @Nullable List<String> bundle,
        @Nullable List<String> mediaStreams,
        List<MediaSection> sections) {
    /** Longest line, in characters. */
    public static final int MAX_LINE = 1024;
    /** Most lines. */
    public static final int MAX_LINES = 1024;

    static final int MAX_MEDIA_STREAMS = 16;
    static final String ALL_STREAMS = "*";

    /** Checks that the sections fit each other. */
    public SessionDescription {
        sections = List.copyOf(sections);
        Set<MediaKind> kinds = new HashSet<>();
        Set<String> mids = new HashSet<>();
        Set<Long> ssrcs = new HashSet<>();
        for (MediaSection section : sections) {
            Tokens.require(
                    kinds.add(section.kind()),
                    Rule.SECTION,
                    "more than one " + section.kind().text() + " section");
            Tokens.require(section.mid() == null || mids.add(section.mid()), Rule.STRUCTURE, "a mid appears twice");
            for (RtpParameters.Ssrc each : section.rtp().ssrcs()) {
                Tokens.require(ssrcs.add(each.id()), Rule.SOURCE, "an ssrc appears in two sections");
            }
            requireFits(kind, section);
        }
        if (bundle != null) {
            bundle = List.copyOf(bundle);
            requireConsistentBundle(bundle, sections);
        }
        if (mediaStreams != null) {
            mediaStreams = List.copyOf(mediaStreams);
            Tokens.require(
                    mediaStreams.size() <= MAX_MEDIA_STREAMS, Rule.SOURCE, "msid-semantic names too many streams");
            for (String each : mediaStreams) {
                if (!each.equals(ALL_STREAMS)) {
                    Tokens.free(each, "a media stream id");
                }
            }
        }
    }

    private static void requireFits(DescriptionKind kind, MediaSection section) {
        if (kind == DescriptionKind.ANSWER) {
            Transport transport = section.transport();
            Tokens.require(
                    transport == null || transport.setup() != Transport.Setup.ACTPASS,
                    Rule.TRANSPORT,
                    "setup of an answer must be active or passive");
            Tokens.require(
                    section.status() != MediaSection.Status.BUNDLE_ONLY,
                    Rule.SECTION,
                    "a section of an answer cannot be bundle-only");
        }
    }

    /** Sections of a group share one transport: a number or an id must mean the same in all of them. */
    private static void requireConsistentBundle(List<String> bundle, List<MediaSection> sections) {
        Set<String> grouped = new HashSet<>();
        Map<Integer, Codec> codecs = new HashMap<>();
        Map<Integer, HeaderExtension.Uri> extensions = new HashMap<>();
        for (String mid : bundle) {
            MediaSection section = find(sections, mid);
            Tokens.require(
                    section != null && grouped.add(mid),
                    Rule.STRUCTURE,
                    "the BUNDLE group names a section twice, or one that does not exist");
            for (Codec codec :
                    section == null ? List.<Codec>of() : section.rtp().codecs()) {
                Codec other = codecs.putIfAbsent(codec.payloadType(), codec);
                Tokens.require(
                        other == null || other.isSameFormat(codec),
                        Rule.CODEC,
                        "payload type " + codec.payloadType() + " means two codecs in one BUNDLE group");
            }
            for (HeaderExtension each :
                    section == null ? List.<HeaderExtension>of() : section.rtp().extensions()) {
                HeaderExtension.Uri other = extensions.putIfAbsent(each.id(), each.uri());
                Tokens.require(
                        other == null || other == each.uri(),
                        Rule.EXTENSION,
                        "header extension id " + each.id() + " means two extensions in one BUNDLE group");
            }
        }
    }

    private static @Nullable MediaSection find(List<MediaSection> sections, String mid) {
        for (MediaSection section : sections) {
            if (mid.equals(section.mid())) {
                return section;
            }
        }
        return null;
    }

    /**
     * Reads a description. Takes time linear in its length.
     *
     * @param kind offer or answer: what is unknown is dropped from an offer and refused in an answer
     * @param text lines that end with CR LF or LF
     * @return the description
     * @throws MalformedSdpException if the text does not fit the grammar; nothing else is thrown
     */
    public static SessionDescription parse(DescriptionKind kind, String text) {
        return new DescriptionParser(kind).parse(text);
    }

    /** {@return the description as text, made from this value alone: printable ASCII in lines that end with CR LF} */
    public String toSdp() {
        return DescriptionWriter.write(this);
    }

    /**
     * Finds a section.
     *
     * @param mid its media id
     * @return the section, or null if there is none
     */
    public @Nullable MediaSection section(String mid) {
        return find(sections, mid);
    }

    /**
     * Changes sections.
     *
     * @param change applied to each section; it must keep kind and mid
     * @return a copy
     * @throws MalformedSdpException if the result does not fit the grammar
     */
    public SessionDescription mapSections(UnaryOperator<MediaSection> change) {
        return new SessionDescription(
                kind,
                sessionId,
                sessionVersion,
                extmapAllowMixed,
                iceLite,
                bundle,
                mediaStreams,
                sections.stream().map(change).toList());
    }

    /**
     * Drops candidates.
     *
     * @param kept tells which ones stay
     * @return a copy
     */
    public SessionDescription filterCandidates(Predicate<IceCandidate> kept) {
        return mapSections(section -> section.filterCandidates(kept));
    }

    /**
     * Sets where the bandwidth estimate of this process's video encoder starts. To be applied to an answer before it is given
     * to the native library of the offerer.
     *
     * @param encoding the codecs to change
     * @param kilobits in kilobits per second, positive
     * @return a copy
     */
    public SessionDescription withStartBitrate(Encoding encoding, int kilobits) {
        return mapSections(section -> section.mapCodecs(
                codec -> codec.encoding() == encoding ? codec.withHint("x-google-start-bitrate", kilobits) : codec));
    }

    /**
     * Adds format parameters, which replace those of the same name. Applied to an answer, they configure the encoder of the offerer.
     *
     * @param encoding the codecs to change
     * @param parameters names and values that the codec knows
     * @return a copy
     */
    public SessionDescription withParameters(Encoding encoding, Map<String, String> parameters) {
        return mapSections(section ->
                section.mapCodecs(codec -> codec.encoding() == encoding ? codec.withParameters(parameters) : codec));
    }

    /**
     * Pauses simulcast layers that the writer receives (RFC 8853), and resumes all other ones. Applied to an answer, it makes the native
     * library of the offerer stop sending them.
     *
     * @param rids restriction identifiers of the layers to pause
     * @return a copy
     */
    public SessionDescription pauseReceived(Set<String> rids) {
        return mapSections(section -> section.pauseReceived(rids));
    }

    /**
     * Rejects the sections of a kind, for instance data sections for a native library without data channels. The number of
     * sections stays the same.
     *
     * @param rejected the kind
     * @return a copy, with the rejected sections outside the BUNDLE group
     */
    public SessionDescription reject(MediaKind rejected) {
        List<String> remaining = bundle == null ? null : new ArrayList<>(bundle);
        List<MediaSection> changed = new ArrayList<>();
        for (MediaSection section : sections) {
            boolean chosen = section.kind() == rejected;
            changed.add(chosen ? section.reject() : section);
            if (chosen && remaining != null) {
                remaining.remove(section.mid());
            }
        }
        return new SessionDescription(
                kind, sessionId, sessionVersion, extmapAllowMixed, iceLite, remaining, mediaStreams, changed);
    }

    /**
     * Checks that this answer fits an offer: the same sections, and nothing in them that was not offered.
     *
     * @param offer the offer that it answers
     * @throws MalformedSdpException with rule {@link Rule#ANSWER} if it does not
     */
    public void requireAnswers(SessionDescription offer) {
        AnswerCheck.requireFits(this, offer);
    }

    @Override
    public String toString() {
        return "SessionDescription[" + kind.wireName() + ", "
                + sections.stream().map(section -> section.kind().text()).toList() + "]";
    }
}
