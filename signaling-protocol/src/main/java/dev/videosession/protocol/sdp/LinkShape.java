package dev.videosession.protocol.sdp;

import dev.videosession.protocol.grammar.MalformedSdpException;
import dev.videosession.protocol.grammar.MalformedSdpException.Rule;
import dev.videosession.protocol.grammar.Tokens;
import dev.videosession.protocol.rtp.Codec;
import dev.videosession.protocol.rtp.HeaderExtension;
import dev.videosession.protocol.rtp.MediaKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the first description of a link fixes for all later ones: the number, kinds, order and media ids of its sections,
 * and what payload types and header extension ids mean. Later descriptions may change ICE credentials, fingerprints,
 * sources, codecs and directions, and may set a section to port 0. Immutable. A new PeerConnection starts again with
 * {@link #UNFIXED}.
 */
public final class LinkShape {
    /** The shape of a link without descriptions. */
    public static final LinkShape UNFIXED = new LinkShape(null);

    private final @Nullable List<Section> sections;

    private LinkShape(@Nullable List<Section> sections) {
        this.sections = sections;
    }

    private record Section(
            MediaKind kind,
            @Nullable String mid,
            Map<Integer, String> codecs,
            Map<Integer, HeaderExtension.Uri> extensions) {
        static Section of(MediaSection section) {
            return new Section(section.kind(), section.mid(), Map.of(), Map.of()).after(section);
        }

        Section after(MediaSection next) {
            Tokens.require(next.kind() == kind, Rule.SHAPE, "a section changes its kind");
            Tokens.require(
                    mid == null || Objects.equals(mid, next.mid()) || (next.isRejected() && next.mid() == null),
                    Rule.SHAPE,
                    "a section changes its mid");
            Map<Integer, String> numbers = new HashMap<>(codecs);
            for (Codec codec : next.rtp().codecs()) {
                String format = codec.encoding().name() + codec.clockRate();
                String other = numbers.putIfAbsent(codec.payloadType(), format);
                Tokens.require(
                        other == null || other.equals(format),
                        Rule.SHAPE,
                        "payload type " + codec.payloadType() + " changes its codec");
            }
            Map<Integer, HeaderExtension.Uri> ids = new HashMap<>(extensions);
            for (HeaderExtension each : next.rtp().extensions()) {
                HeaderExtension.Uri other = ids.putIfAbsent(each.id(), each.uri());
                Tokens.require(
                        other == null || other == each.uri(),
                        Rule.SHAPE,
                        "header extension id " + each.id() + " changes its meaning");
            }
            return new Section(kind, mid == null ? next.mid() : mid, Map.copyOf(numbers), Map.copyOf(ids));
        }
    }

    /**
     * Checks which section a candidate belongs to.
     *
     * @param mid its media id, or null
     * @param index the index of its section, used without a media id
     * @throws MalformedSdpException if the link has no such section; as long as nothing is fixed, if the media id is malformed
     *     or the index is above 2
     */
    public void requireSection(@Nullable String mid, int index) {
        if (mid != null) {
            Tokens.mid(mid);
        }
        boolean found;
        if (sections == null) {
            found = index < MediaKind.values().length;
        } else if (mid == null) {
            found = index < sections.size();
        } else {
            found = sections.stream().anyMatch(section -> mid.equals(section.mid()));
        }
        Tokens.require(found && index >= 0, Rule.CANDIDATE, "a candidate names a section that its link does not have");
    }

    /**
     * Checks the next description of the link, an offer or an answer of either end.
     *
     * @param next the description
     * @return the shape for the descriptions after it
     * @throws MalformedSdpException with rule {@link Rule#SHAPE} if it changes what is fixed
     */
    public LinkShape after(SessionDescription next) {
        List<Section> result = new ArrayList<>();
        List<MediaSection> described = next.sections();
        Tokens.require(
                sections == null || sections.size() == described.size(),
                Rule.SHAPE,
                "a link changes its number of sections");
        for (int i = 0; i < described.size(); i++) {
            result.add(
                    sections == null
                            ? Section.of(described.get(i))
                            : sections.get(i).after(described.get(i)));
        }
        return new LinkShape(List.copyOf(result));
    }
}
