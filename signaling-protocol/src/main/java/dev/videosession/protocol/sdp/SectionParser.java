package dev.videosession.protocol.sdp;

import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.grammar.MalformedSdpException;
import dev.videosession.protocol.grammar.MalformedSdpException.Rule;
import dev.videosession.protocol.grammar.Tokens;
import dev.videosession.protocol.ice.IceCandidate;
import dev.videosession.protocol.rtp.CodecsReader;
import dev.videosession.protocol.rtp.Direction;
import dev.videosession.protocol.rtp.HeaderExtension;
import dev.videosession.protocol.rtp.MediaKind;
import dev.videosession.protocol.rtp.RtpParameters;
import dev.videosession.protocol.rtp.SourcesReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the lines of one media section. */
final class SectionParser {
    private static final String RTP = "UDP/TLS/RTP/SAVPF";
    private static final String SCTP = "UDP/DTLS/SCTP";
    private static final String DATA_CHANNEL = "webrtc-datachannel";

    final TransportReader transport = new TransportReader();

    private final DescriptionKind descriptionKind;
    private final MediaKind kind;
    private final boolean hasPort;
    private final @Nullable CodecsReader codecs;
    private final SourcesReader sources = new SourcesReader();
    private final List<HeaderExtension> extensions = new ArrayList<>();
    private final List<IceCandidate> candidates = new ArrayList<>();
    private @Nullable String mid;
    private @Nullable Direction direction;
    private boolean bundleOnly;
    private boolean rtcpMux;
    private boolean reducedSizeRtcp;
    private boolean endOfCandidates;
    private @Nullable Integer ptime;
    private @Nullable Integer maxptime;
    private @Nullable Integer sctpPort;
    private @Nullable Long maxMessageSize;
    private @Nullable Long kilobits;
    private @Nullable Long bits;

    SectionParser(DescriptionKind descriptionKind, String mediaLine) {
        this.descriptionKind = descriptionKind;
        List<String> words = Tokens.words(mediaLine, 3 + RtpParameters.MAX_CODECS, Rule.SECTION);
        Tokens.require(words.size() >= 4, Rule.SECTION, "a section must have a kind, port, protocol and formats");
        kind = kind(words.get(0));
        hasPort = Tokens.integer(words.get(1), 0, 65_535, Rule.SECTION, "a port") != 0;
        boolean isData = kind == MediaKind.APPLICATION;
        if (!words.get(2).equals(isData ? SCTP : RTP)) {
            throw MalformedSdpException.of(
                    Rule.SECTION, "a section's protocol must be " + (isData ? SCTP : RTP), words.get(2));
        }
        List<String> formats = words.subList(3, words.size());
        if (isData) {
            Tokens.require(
                    formats.equals(List.of(DATA_CHANNEL)),
                    Rule.SECTION,
                    "a data section must have the format " + DATA_CHANNEL);
        }
        codecs = isData ? null : new CodecsReader(kind, formats);
    }

    private static MediaKind kind(String text) {
        for (MediaKind each : MediaKind.values()) {
            if (each.text().equals(text)) {
                return each;
            }
        }
        throw MalformedSdpException.of(Rule.SECTION, "a section must be audio, video or application", text);
    }

    void bandwidth(String value) {
        if (value.startsWith("AS:")) {
            kilobits = once(
                    kilobits,
                    Tokens.number(
                            value.substring("AS:".length()),
                            0,
                            RtpParameters.Bandwidth.MAX_KILOBITS,
                            Rule.STRUCTURE,
                            "b=AS"),
                    "b=AS");
        } else if (value.startsWith("TIAS:")) {
            bits = once(
                    bits,
                    Tokens.number(
                            value.substring("TIAS:".length()),
                            0,
                            RtpParameters.Bandwidth.MAX_KILOBITS * 1000,
                            Rule.STRUCTURE,
                            "b=TIAS"),
                    "b=TIAS");
        }
    }

    void attribute(String name, String value) {
        Direction named = Direction.of(name);
        if (named != null) {
            direction = once(direction, named, "a direction");
        } else if (!transport.take(name, value)
                && !sources.take(name, value)
                && (codecs == null || !codecs.take(name, value))) {
            other(name, value);
        }
    }

    /** Attributes that have no case here are dropped. */
    private void other(String name, String value) {
        switch (name) {
            case "mid" -> mid = once(mid, Tokens.mid(value), name);
            case "bundle-only" -> bundleOnly = true;
            case "rtcp-mux" -> rtcpMux = true;
            case "rtcp-rsize" -> reducedSizeRtcp = true;
            case "end-of-candidates" -> endOfCandidates = true;
            case "ptime" -> ptime = once(ptime, Tokens.integer(value, 1, 120, Rule.STRUCTURE, name), name);
            case "maxptime" -> maxptime = once(maxptime, Tokens.integer(value, 1, 120, Rule.STRUCTURE, name), name);
            case "sctp-port" -> sctpPort = once(sctpPort, Tokens.integer(value, 1, 65_535, Rule.SECTION, name), name);
            case "max-message-size" ->
                maxMessageSize = once(
                        maxMessageSize,
                        Tokens.number(value, 0, MediaSection.DataParameters.MAX_MESSAGE_SIZE, Rule.SECTION, name),
                        name);
            case "extmap" -> extension(value);
            case "candidate" -> candidate(value);
            default -> {}
        }
    }

    private static <T> T once(@Nullable T before, T value, String name) {
        Tokens.require(before == null, Rule.STRUCTURE, name + " appears twice");
        return value;
    }

    void extension(String value) {
        HeaderExtension extension = HeaderExtension.parse(value);
        if (extension != null) {
            extensions.add(extension);
        } else if (descriptionKind == DescriptionKind.ANSWER) {
            throw MalformedSdpException.of(Rule.EXTENSION, "a header extension of an answer is not known", value);
        }
    }

    private void candidate(String value) {
        Tokens.require(
                candidates.size() < MediaSection.MAX_CANDIDATES,
                Rule.CANDIDATE,
                "a section has more than " + MediaSection.MAX_CANDIDATES + " candidates");
        candidates.add(IceCandidate.parseValue(value));
    }

    @Nullable
    String mid() {
        return mid;
    }

    boolean isInUse() {
        return hasPort || (bundleOnly && descriptionKind == DescriptionKind.OFFER);
    }

    /** The transport of the group's first section is shared. */
    void inherit(SectionParser first) {
        transport.inherit(first.transport);
        rtcpMux |= first.rtcpMux;
    }

    MediaSection build(@Nullable Direction ofSession) {
        if (!isInUse()) {
            return MediaSection.rejected(kind, mid, codecs == null ? List.of() : codecs.build(true, false));
        }
        MediaSection.Status status = hasPort ? MediaSection.Status.ACTIVE : MediaSection.Status.BUNDLE_ONLY;
        Transport built = transport.build();
        if (codecs == null) {
            Tokens.require(sctpPort != null, Rule.SECTION, "a data section has no sctp-port");
            return new MediaSection(
                    kind,
                    mid,
                    status,
                    Direction.SENDRECV,
                    built,
                    RtpParameters.EMPTY,
                    new MediaSection.DataParameters(sctpPort == null ? 0 : sctpPort, maxMessageSize),
                    candidates,
                    endOfCandidates);
        }
        Tokens.require(rtcpMux, Rule.TRANSPORT, "a section has no rtcp-mux");
        Direction effective = direction == null ? ofSession : direction;
        return new MediaSection(
                kind,
                mid,
                status,
                effective == null ? Direction.SENDRECV : effective,
                built,
                rtp(codecs),
                null,
                candidates,
                endOfCandidates);
    }

    private RtpParameters rtp(CodecsReader reader) {
        Map<Object, HeaderExtension> unique = new LinkedHashMap<>();
        extensions.forEach(each -> unique.put(each, each));
        return new RtpParameters(
                reducedSizeRtcp,
                reader.build(descriptionKind == DescriptionKind.OFFER, true),
                List.copyOf(unique.values()),
                sources.msids(),
                new RtpParameters.Bandwidth(kilobits, bits),
                ptime,
                maxptime,
                sources.rids(),
                sources.simulcast(),
                sources.ssrcs(),
                sources.groups());
    }
}
