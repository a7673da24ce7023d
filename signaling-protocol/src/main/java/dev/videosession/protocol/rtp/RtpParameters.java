package dev.videosession.protocol.rtp;

import dev.videosession.protocol.grammar.MalformedSdpException.Rule;
import dev.videosession.protocol.grammar.Tokens;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an audio or video section says about its RTP streams.
 *
 * @param reducedSizeRtcp {@code rtcp-rsize}
 * @param codecs in order of preference
 * @param extensions header extensions, each once
 * @param msids media streams that the track belongs to, at most {@value #MAX_MSIDS}
 * @param bandwidth what the writer wants to receive at most
 * @param ptime wanted milliseconds per packet, or null
 * @param maxptime longest packet in milliseconds, or null
 * @param rids restriction identifiers of layers, at most {@value #MAX_RIDS}
 * @param simulcast layers, or null
 * @param ssrcs synchronization sources, at most {@value #MAX_SSRCS}
 * @param ssrcGroups how they belong together
 */
public record RtpParameters(
        boolean reducedSizeRtcp,
        List<Codec> codecs,
        List<HeaderExtension> extensions,
        List<Msid> msids,
        Bandwidth bandwidth,
        @Nullable Integer ptime,
        @Nullable Integer maxptime,
        List<Rid> rids,
        @Nullable Simulcast simulcast,
        List<Ssrc> ssrcs,
        List<SsrcGroup> ssrcGroups) {
    /** Most codecs of a section. */
    public static final int MAX_CODECS = 64;
    /** Most media streams of a track. */
    public static final int MAX_MSIDS = 4;
    /** Most restriction identifiers of a section. */
    public static final int MAX_RIDS = 6;
    /** Most sources of a section: media, retransmission and forward error correction. */
    public static final int MAX_SSRCS = 3;

    public static final RtpParameters EMPTY = new RtpParameters(
            false,
            List.of(),
            List.of(),
            List.of(),
            Bandwidth.UNLIMITED,
            null,
            null,
            List.of(),
            null,
            List.of(),
            List.of());

    /** Checks that the parts fit each other. */
    public RtpParameters {
        codecs = List.copyOf(codecs);
        extensions = List.copyOf(extensions);
        msids = List.copyOf(msids);
        rids = List.copyOf(rids);
        ssrcs = List.copyOf(ssrcs);
        ssrcGroups = List.copyOf(ssrcGroups);
        Tokens.require(codecs.size() <= MAX_CODECS, Rule.CODEC, "more than " + MAX_CODECS + " codecs");
        Tokens.require(msids.size() <= MAX_MSIDS, Rule.SOURCE, "more than " + MAX_MSIDS + " msid");
        Tokens.require(
                msids.stream().map(Msid::track).distinct().count() <= 1,
                Rule.SOURCE,
                "the msid of a section name different tracks");
        Tokens.require(rids.size() <= MAX_RIDS, Rule.SIMULCAST, "more than " + MAX_RIDS + " rid");
        Tokens.require(ssrcs.size() <= MAX_SSRCS, Rule.SOURCE, "more than " + MAX_SSRCS + " ssrc in a section");
        Tokens.require(ptime == null || isPacketTime(ptime), Rule.STRUCTURE, "ptime out of range");
        Tokens.require(maxptime == null || isPacketTime(maxptime), Rule.STRUCTURE, "maxptime out of range");
        requireConsistentCodecs(codecs);
        requireUniqueExtensions(extensions);
        requireConsistentSources(ssrcs, ssrcGroups);
        Set<String> ids = new HashSet<>();
        for (Rid rid : rids) {
            Tokens.require(ids.add(rid.id()), Rule.SIMULCAST, "a rid appears twice");
        }
        if (simulcast != null) {
            simulcast.requireDeclared(rids);
        }
    }

    private static boolean isPacketTime(int millis) {
        return millis >= 1 && millis <= 120;
    }

    private static void requireConsistentCodecs(List<Codec> codecs) {
        boolean[] listed = new boolean[128];
        boolean[] repairable = new boolean[128];
        boolean[] media = new boolean[128];
        for (Codec codec : codecs) {
            int number = codec.payloadType();
            Tokens.require(!listed[number], Rule.CODEC, "payload type " + number + " appears twice");
            listed[number] = true;
            repairable[number] = codec.encoding() != Encoding.RTX;
            media[number] = codec.encoding().isMedia();
        }
        for (Codec codec : codecs) {
            Integer apt = codec.repairs();
            Tokens.require(
                    apt == null || repairable[apt],
                    Rule.CODEC,
                    "payload type " + codec.payloadType() + " repairs a format that is not in the section");
            for (int each : redundant(codec)) {
                Tokens.require(
                        media[each],
                        Rule.CODEC,
                        "payload type " + codec.payloadType() + " repeats a format that is not in the section");
            }
        }
    }

    /** {@return the payload types that a redundant audio format carries} */
    static int[] redundant(Codec codec) {
        String list =
                codec.encoding() == Encoding.AUDIO_RED ? codec.parameters().get(Encoding.UNNAMED) : null;
        return list == null
                ? new int[0]
                : Tokens.parts(list, '/', MAX_CODECS, Rule.CODEC).stream()
                        .mapToInt(Integer::parseInt)
                        .toArray();
    }

    private static void requireUniqueExtensions(List<HeaderExtension> extensions) {
        Set<Object> seen = new HashSet<>();
        for (HeaderExtension each : extensions) {
            Tokens.require(
                    seen.add(each.id()) && seen.add(each.uri()),
                    Rule.EXTENSION,
                    "a header extension or its id appears twice");
        }
    }

    private static void requireConsistentSources(List<Ssrc> ssrcs, List<SsrcGroup> groups) {
        Set<Long> ids = new HashSet<>();
        for (Ssrc each : ssrcs) {
            Tokens.require(ids.add(each.id()), Rule.SOURCE, "an ssrc appears twice");
        }
        Set<Long> grouped = new HashSet<>();
        Set<SsrcGroup.Semantics> semantics = new HashSet<>();
        for (SsrcGroup each : groups) {
            Tokens.require(
                    !ssrcs.isEmpty()
                            && each.primary() == ssrcs.get(0).id()
                            && each.secondary() != each.primary()
                            && ids.contains(each.secondary()),
                    Rule.SOURCE,
                    "an ssrc-group must join the first ssrc of the section with another one");
            Tokens.require(
                    grouped.add(each.secondary()) && semantics.add(each.semantics()),
                    Rule.SOURCE,
                    "an ssrc-group appears twice");
        }
        Tokens.require(
                ssrcs.isEmpty() || grouped.size() == ssrcs.size() - 1,
                Rule.SOURCE,
                "a section may have one source with its repair streams only");
    }

    /**
     * Pauses received simulcast layers, and resumes all other ones.
     *
     * @param paused restriction identifiers of the layers to pause
     * @return a copy
     */
    public RtpParameters pauseReceived(Set<String> paused) {
        return new RtpParameters(
                reducedSizeRtcp,
                codecs,
                extensions,
                msids,
                bandwidth,
                ptime,
                maxptime,
                rids,
                simulcast == null ? null : simulcast.pauseReceived(paused),
                ssrcs,
                ssrcGroups);
    }

    public RtpParameters withCodecs(List<Codec> changed) {
        return new RtpParameters(
                reducedSizeRtcp,
                changed,
                extensions,
                msids,
                bandwidth,
                ptime,
                maxptime,
                rids,
                simulcast,
                ssrcs,
                ssrcGroups);
    }

    /**
     * The media stream and track that a section or source belongs to.
     *
     * @param stream its id, {@code -} for none
     * @param track its id, or null
     */
    public record Msid(String stream, @Nullable String track) {
        /** Checks the ids. */
        public Msid {
            Tokens.free(stream, "a media stream id");
            if (track != null) {
                Tokens.free(track, "a track id");
            }
        }

        static Msid parse(String value) {
            List<String> words = Tokens.words(value, 2, Rule.SOURCE);
            Tokens.require(!words.isEmpty(), Rule.SOURCE, "msid must name a media stream");
            return new Msid(words.get(0), words.size() > 1 ? words.get(1) : null);
        }

        public String text() {
            return track == null ? stream : stream + " " + track;
        }
    }

    /**
     * Limits of what the writer wants to receive.
     *
     * @param kilobits {@code b=AS}, or null
     * @param bits {@code b=TIAS}, or null
     */
    public record Bandwidth(
            @Nullable Long kilobits, @Nullable Long bits) {
        /** No limit. */
        public static final Bandwidth UNLIMITED = new Bandwidth(null, null);

        public static final long MAX_KILOBITS = 2_000_000;

        /** Checks the ranges. */
        public Bandwidth {
            Tokens.require(
                    kilobits == null || (kilobits >= 0 && kilobits <= MAX_KILOBITS),
                    Rule.STRUCTURE,
                    "b=AS is out of range");
            Tokens.require(
                    bits == null || (bits >= 0 && bits <= MAX_KILOBITS * 1000),
                    Rule.STRUCTURE,
                    "b=TIAS is out of range");
        }
    }

    /**
     * A restriction identifier (RFC 8851). Its restrictions are dropped.
     *
     * @param id letters and digits
     * @param sent true for a layer that the writer sends
     */
    public record Rid(String id, boolean sent) {
        /** Checks the id. */
        public Rid {
            Tokens.rid(id);
        }

        static Rid parse(String value) {
            List<String> words = Tokens.words(value, 3, Rule.SIMULCAST);
            Tokens.require(words.size() >= 2, Rule.SIMULCAST, "a rid must have an id and a direction");
            return new Rid(words.get(0), Simulcast.isSend(words.get(1)));
        }
    }

    /**
     * A synchronization source.
     *
     * @param id 1 to 4294967295
     * @param cname its canonical name
     * @param msid the media stream and track, or null
     */
    public record Ssrc(long id, String cname, @Nullable Msid msid) {
        static final long MAX = 0xffff_ffffL;

        /** Checks every part. */
        public Ssrc {
            Tokens.require(id >= 1 && id <= MAX, Rule.SOURCE, "an ssrc is out of range");
            Tokens.free(cname, "cname");
        }
    }

    /**
     * Two sources that belong together.
     *
     * @param semantics how
     * @param primary the source of the media
     * @param secondary the source that repairs it
     */
    public record SsrcGroup(Semantics semantics, long primary, long secondary) {
        /** How two sources belong together. */
        public enum Semantics {
            /** The second retransmits the first (RFC 4588). */
            FID("FID"),
            /** The second carries forward error correction for the first (RFC 5956). */
            FEC_FR("FEC-FR");

            private final String text;

            Semantics(String text) {
                this.text = text;
            }

            /** {@return the name as it stands in the attribute} */
            public String text() {
                return text;
            }
        }
    }
}
