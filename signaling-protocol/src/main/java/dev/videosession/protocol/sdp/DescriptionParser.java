package dev.videosession.protocol.sdp;

import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.grammar.MalformedSdpException;
import dev.videosession.protocol.grammar.MalformedSdpException.Rule;
import dev.videosession.protocol.grammar.Tokens;
import dev.videosession.protocol.rtp.Direction;
import dev.videosession.protocol.rtp.MediaKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one description, line by line. */
final class DescriptionParser {
    /** The largest number of sections: one of each kind. */
    private static final int MAX_SECTIONS = MediaKind.values().length;

    private static final int MAX_SESSION_EXTENSIONS = 32;

    private final DescriptionKind kind;
    private final TransportReader transport = new TransportReader();
    private final List<SectionParser> sections = new ArrayList<>();
    private final List<String> extensions = new ArrayList<>();
    private @Nullable Direction direction;
    private @Nullable List<String> bundle;
    private @Nullable List<String> mediaStreams;
    private boolean extmapAllowMixed;
    private boolean iceLite;
    private long sessionId;
    private long sessionVersion;
    private boolean timed;

    DescriptionParser(DescriptionKind kind) {
        this.kind = kind;
    }

    SessionDescription parse(String text) {
        SdpLines lines = new SdpLines(text);
        try {
            while (lines.next()) {
                line(lines);
            }
        } catch (MalformedSdpException e) {
            throw e.inLine(lines.number());
        }
        Tokens.require(
                timed && !sections.isEmpty(), Rule.STRUCTURE, "a description must have v, o, s, t and a section");
        return build();
    }

    private void line(SdpLines lines) {
        char type = lines.type();
        if (lines.number() <= 3) {
            head(lines.number(), type, lines.value());
        } else if (type == 'm') {
            Tokens.require(timed, Rule.STRUCTURE, "t= must come before the first section");
            Tokens.require(
                    sections.size() < MAX_SECTIONS,
                    Rule.SECTION,
                    "a description has more than " + MAX_SECTIONS + " sections");
            sections.add(new SectionParser(kind, lines.value()));
        } else if (sections.isEmpty()) {
            sessionLine(type, lines);
        } else {
            sectionLine(type, lines, sections.get(sections.size() - 1));
        }
    }

    private void head(int number, char type, String value) {
        if (type != "vos".charAt(number - 1)) {
            throw MalformedSdpException.of(
                    Rule.STRUCTURE, "a description must start with v=, o= and s=", type + "=" + value);
        }
        if (type == 'v') {
            Tokens.require(value.equals("0"), Rule.STRUCTURE, "the version must be 0");
        } else if (type == 'o') {
            List<String> words = Tokens.words(value, 6, Rule.STRUCTURE);
            Tokens.require(words.size() == 6, Rule.STRUCTURE, "o= must have 6 words");
            sessionId = Tokens.unsigned(words.get(1), Rule.STRUCTURE, "a session id");
            sessionVersion = Tokens.unsigned(words.get(2), Rule.STRUCTURE, "a session version");
        }
    }

    /** What describes people, addresses and times of a session is dropped. */
    private void sessionLine(char type, SdpLines lines) {
        switch (type) {
            case 't' -> timed = true;
            case 'a' -> sessionAttribute(lines.attribute(), lines.attributeValue());
            case 'i', 'u', 'e', 'p', 'c', 'b', 'r', 'z', 'k' -> {}
            default ->
                throw MalformedSdpException.of(
                        Rule.STRUCTURE, "a line of this type is out of place", type + "=" + lines.value());
        }
    }

    private void sessionAttribute(String name, String value) {
        Direction named = Direction.of(name);
        if (named != null) {
            Tokens.require(direction == null, Rule.STRUCTURE, "a direction appears twice");
            direction = named;
        } else if (!transport.take(name, value)) {
            switch (name) {
                case "group" -> group(value);
                case "msid-semantic" -> mediaStreams(value);
                case "extmap-allow-mixed" -> extmapAllowMixed = true;
                case "ice-lite" -> iceLite = true;
                case "extmap" -> {
                    Tokens.require(
                            extensions.size() < MAX_SESSION_EXTENSIONS,
                            Rule.EXTENSION,
                            "a session has more than " + MAX_SESSION_EXTENSIONS + " header extensions");
                    extensions.add(value);
                }
                default -> {}
            }
        }
    }

    private void group(String value) {
        List<String> words = Tokens.words(value, MAX_SECTIONS + 1, Rule.STRUCTURE);
        if (!words.isEmpty() && words.get(0).equals("BUNDLE")) {
            Tokens.require(bundle == null, Rule.STRUCTURE, "a BUNDLE group appears twice");
            bundle = List.copyOf(words.subList(1, words.size()));
            bundle.forEach(Tokens::mid);
        }
    }

    private void mediaStreams(String value) {
        List<String> words = Tokens.words(value, SessionDescription.MAX_MEDIA_STREAMS + 1, Rule.SOURCE);
        if (!words.isEmpty() && words.get(0).equals("WMS")) {
            Tokens.require(mediaStreams == null, Rule.SOURCE, "msid-semantic appears twice");
            mediaStreams = List.copyOf(words.subList(1, words.size()));
        }
    }

    private static void sectionLine(char type, SdpLines lines, SectionParser section) {
        switch (type) {
            case 'a' -> section.attribute(lines.attribute(), lines.attributeValue());
            case 'b' -> section.bandwidth(lines.value());
            case 'i', 'c', 'k' -> {}
            default ->
                throw MalformedSdpException.of(
                        Rule.STRUCTURE, "a line of this type is out of place", type + "=" + lines.value());
        }
    }

    private SessionDescription build() {
        List<MediaSection> built = new ArrayList<>();
        SectionParser first = firstOfBundle();
        sections.forEach(section -> section.transport.inherit(transport));
        for (SectionParser section : sections) {
            if (first != null && isBundled(section)) {
                section.inherit(first);
            }
            extensions.forEach(section::extension);
            built.add(section.build(direction));
        }
        return new SessionDescription(
                kind, sessionId, sessionVersion, extmapAllowMixed, iceLite, bundle, mediaStreams, built);
    }

    private boolean isBundled(SectionParser section) {
        String mid = section.mid();
        return bundle != null && mid != null && bundle.contains(mid);
    }

    private @Nullable SectionParser firstOfBundle() {
        if (bundle != null && !bundle.isEmpty()) {
            for (SectionParser section : sections) {
                if (bundle.get(0).equals(section.mid())) {
                    return section;
                }
            }
        }
        return null;
    }
}
