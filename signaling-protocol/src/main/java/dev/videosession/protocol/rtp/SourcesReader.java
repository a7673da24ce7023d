package dev.videosession.protocol.rtp;

import dev.videosession.protocol.grammar.MalformedSdpException;
import dev.videosession.protocol.grammar.MalformedSdpException.Rule;
import dev.videosession.protocol.grammar.Tokens;
import dev.videosession.protocol.rtp.RtpParameters.Msid;
import dev.videosession.protocol.rtp.RtpParameters.Rid;
import dev.videosession.protocol.rtp.RtpParameters.Ssrc;
import dev.videosession.protocol.rtp.RtpParameters.SsrcGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the attributes about media streams, sources and simulcast layers of a section. */
public final class SourcesReader {
    /** Sources that are read; a section that sends simulcast by rid may name them, but they are dropped. */
    private static final int MAX_READ = 16;

    private final List<Msid> msids = new ArrayList<>();
    private final List<Rid> rids = new ArrayList<>();
    private final Map<Long, Source> sources = new LinkedHashMap<>();
    private final List<SsrcGroup> groups = new ArrayList<>();
    private @Nullable Simulcast simulcast;

    private static final class Source {
        private @Nullable String cname;
        private @Nullable Msid msid;
    }

    /** Takes an attribute; false if it is none of these. */
    public boolean take(String name, String value) {
        switch (name) {
            case "msid" -> msids.add(bounded(msids, RtpParameters.MAX_MSIDS, Rule.SOURCE, Msid.parse(value)));
            case "rid" -> rids.add(bounded(rids, RtpParameters.MAX_RIDS, Rule.SIMULCAST, Rid.parse(value)));
            case "simulcast" -> {
                Tokens.require(simulcast == null, Rule.SIMULCAST, "simulcast appears twice");
                simulcast = Simulcast.parse(value);
            }
            case "ssrc" -> source(value);
            case "ssrc-group" -> group(value);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static <T> T bounded(List<T> list, int max, Rule rule, T next) {
        Tokens.require(list.size() < max, rule, "a section has too many msid, rid or ssrc-group");
        return next;
    }

    private void source(String value) {
        int space = value.indexOf(' ');
        if (space < 0) {
            throw MalformedSdpException.of(Rule.SOURCE, "an ssrc must have an attribute", value);
        }
        long id = id(value.substring(0, space));
        String attribute = value.substring(space + 1).strip();
        Source source = sources.computeIfAbsent(id, absent -> new Source());
        Tokens.require(sources.size() <= MAX_READ, Rule.SOURCE, "a section has too many ssrc");
        if (attribute.startsWith("cname:")) {
            Tokens.require(source.cname == null, Rule.SOURCE, "an ssrc has two cname");
            source.cname = Tokens.free(attribute.substring("cname:".length()), "cname");
        } else if (attribute.startsWith("msid:")) {
            Tokens.require(source.msid == null, Rule.SOURCE, "an ssrc has two msid");
            source.msid = Msid.parse(attribute.substring("msid:".length()));
        }
    }

    private static long id(String text) {
        return Tokens.number(text, 1, Ssrc.MAX, Rule.SOURCE, "an ssrc");
    }

    private void group(String value) {
        List<String> words = Tokens.words(value, MAX_READ, Rule.SOURCE);
        Tokens.require(words.size() == 3, Rule.SOURCE, "an ssrc-group must have semantics and two ssrc");
        for (SsrcGroup.Semantics each : SsrcGroup.Semantics.values()) {
            if (each.text().equals(words.get(0))) {
                groups.add(bounded(
                        groups, MAX_READ, Rule.SOURCE, new SsrcGroup(each, id(words.get(1)), id(words.get(2)))));
                return;
            }
        }
        throw MalformedSdpException.of(Rule.SOURCE, "an ssrc-group must be FID or FEC-FR", words.get(0));
    }

    /** Layers that are sent are distinguished by their rid: naming their sources too is redundant. */
    private boolean sendsLayers() {
        return simulcast != null && simulcast.send().size() > 1;
    }

    public List<Msid> msids() {
        return msids;
    }

    public List<Rid> rids() {
        return rids;
    }

    @Nullable
    public Simulcast simulcast() {
        return simulcast;
    }

    public List<Ssrc> ssrcs() {
        List<Ssrc> result = new ArrayList<>();
        if (!sendsLayers()) {
            sources.forEach((id, source) -> {
                if (source.cname == null) {
                    throw new MalformedSdpException(Rule.SOURCE, "an ssrc has no cname");
                }
                result.add(new Ssrc(id, source.cname, source.msid));
            });
        }
        return result;
    }

    public List<SsrcGroup> groups() {
        return sendsLayers() ? List.of() : groups;
    }
}
