package dev.videosession.protocol.ice;

import dev.videosession.protocol.Limits;
import dev.videosession.protocol.grammar.MalformedSdpException;
import dev.videosession.protocol.grammar.MalformedSdpException.Rule;
import dev.videosession.protocol.grammar.Tokens;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An ICE candidate (RFC 8839 section 5.1, RFC 6544 for TCP).
 *
 * @param foundation 1 to 32 letters, digits, {@code +} or {@code /}
 * @param component 1 for RTP, 2 for RTCP
 * @param protocol UDP or TCP
 * @param priority 1 to 4294967295
 * @param address where to send
 * @param port 1 to 65535; 0 only for active TCP
 * @param type how the candidate was found
 * @param relatedAddress the address that it was derived from, or null
 * @param relatedPort the port that it was derived from; 0 if there is no related address
 * @param tcpType the TCP role; null for UDP
 * @param usernameFragment the ICE user name fragment that it belongs to, or null if it does not say
 * @param generation the number of ICE restarts before it, or null
 * @param networkId a number for the writer's network interface, or null
 * @param networkCost what it costs the writer to use the interface, or null
 */
public record IceCandidate(
        String foundation,
        int component,
        Protocol protocol,
        long priority,
        CandidateAddress address,
        int port,
        Type type,
        @Nullable CandidateAddress relatedAddress,
        int relatedPort,
        @Nullable TcpType tcpType,
        @Nullable String usernameFragment,
        @Nullable Long generation,
        @Nullable Integer networkId,
        @Nullable Integer networkCost)
        implements TrickledCandidate {
    /** Longest text, in characters. */
    public static final int MAX_LENGTH = Limits.CANDIDATE;

    private static final int MAX_WORDS = 48;
    private static final long MAX_UNSIGNED = 0xffff_ffffL;
    private static final String PREFIX = "candidate:";

    /** Checks every part. */
    public IceCandidate {
        Tokens.foundation(foundation);
        Tokens.require(component >= 1 && component <= 256, Rule.CANDIDATE, "a component is out of range");
        Tokens.require(priority >= 1 && priority <= MAX_UNSIGNED, Rule.CANDIDATE, "a priority is out of range");
        Tokens.require(
                (protocol == Protocol.TCP) == (tcpType != null),
                Rule.CANDIDATE,
                "a TCP candidate must have a tcptype, a UDP candidate must not");
        Tokens.require(
                port >= (tcpType == TcpType.ACTIVE ? 0 : 1) && port <= 65_535,
                Rule.CANDIDATE,
                "a port is out of range");
        Tokens.require(
                relatedPort >= 0 && relatedPort <= 65_535 && (relatedAddress != null || relatedPort == 0),
                Rule.CANDIDATE,
                "a related port is out of range");
        if (usernameFragment != null) {
            Tokens.usernameFragment(usernameFragment);
        }
        Tokens.require(
                inRange(generation, MAX_UNSIGNED) && inRange(networkId, 65_535) && inRange(networkCost, 65_535),
                Rule.CANDIDATE,
                "a candidate extension is out of range");
    }

    private static boolean inRange(@Nullable Number value, long max) {
        return value == null || (value.longValue() >= 0 && value.longValue() <= max);
    }

    /** Transport protocols. */
    public enum Protocol {
        /** UDP. */
        UDP,
        /** TCP. */
        TCP;

        /** {@return the name as it stands in a candidate} */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How a candidate was found. */
    public enum Type {
        /** A local address. */
        HOST,
        /** Seen by a STUN server. */
        SRFLX,
        /** Seen by the peer. */
        PRFLX,
        /** Allocated by a TURN server. */
        RELAY;

        /** {@return the name as it stands in a candidate} */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Roles of a TCP candidate. */
    public enum TcpType {
        /** Connects. */
        ACTIVE,
        /** Listens. */
        PASSIVE,
        /** Simultaneous open. */
        SO;

        /** {@return the name as it stands in a candidate} */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Reads a candidate. Extensions that are not known are dropped.
     *
     * @param text {@code candidate:} and what follows, without {@code a=}; at most {@value #MAX_LENGTH} characters
     * @return the candidate
     * @throws MalformedSdpException if the text is anything else; an empty text is (see {@link TrickledCandidate#parse})
     */
    public static IceCandidate parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new MalformedSdpException(Rule.SIZE, "a candidate is longer than " + MAX_LENGTH + " characters");
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                throw MalformedSdpException.of(Rule.CHARACTERS, "a candidate must be printable ASCII", text);
            }
        }
        if (!text.startsWith(PREFIX)) {
            throw MalformedSdpException.of(Rule.CANDIDATE, "a candidate must start with candidate:", text);
        }
        return parseValue(text.substring(PREFIX.length()));
    }

    /** Reads the value of a {@code candidate} attribute, which holds printable ASCII only. */
    public static IceCandidate parseValue(String value) {
        return new CandidateReader(Tokens.words(value, MAX_WORDS, Rule.CANDIDATE), value).read();
    }

    @Override
    public String toSdp() {
        StringBuilder out = new StringBuilder(128).append(PREFIX).append(foundation);
        out.append(' ').append(component);
        out.append(' ').append(protocol.text());
        out.append(' ').append(priority);
        out.append(' ').append(address.text());
        out.append(' ').append(port);
        out.append(" typ ").append(type.text());
        if (relatedAddress != null) {
            out.append(" raddr ").append(relatedAddress.text());
            out.append(" rport ").append(relatedPort);
        }
        append(out, "tcptype", tcpType == null ? null : tcpType.text());
        append(out, "generation", generation);
        append(out, "ufrag", usernameFragment);
        append(out, "network-id", networkId);
        append(out, "network-cost", networkCost);
        return out.toString();
    }

    private static void append(StringBuilder out, String name, @Nullable Object value) {
        if (value != null) {
            out.append(' ').append(name).append(' ').append(value);
        }
    }

    /** One reading of a candidate's words. */
    private static final class CandidateReader {
        private static final int FIXED = 8;

        private final List<String> words;
        private final String value;

        CandidateReader(List<String> words, String value) {
            this.words = words;
            this.value = value;
        }

        IceCandidate read() {
            boolean complete = words.size() >= FIXED
                    && words.size() % 2 == 0
                    && words.get(6).equals("typ");
            if (!complete) {
                throw MalformedSdpException.of(
                        Rule.CANDIDATE,
                        "a candidate must have foundation, component, protocol, priority, address, port, typ, type and"
                                + " pairs of names and values",
                        value);
            }
            String related = extension("raddr");
            String relatedPort = extension("rport");
            Tokens.require(
                    related != null || relatedPort == null, Rule.CANDIDATE, "a candidate has rport without raddr");
            String tcpType = extension("tcptype");
            return new IceCandidate(
                    words.get(0),
                    integer(words.get(1), 256, "a component"),
                    named(Protocol.values(), words.get(2), "a protocol"),
                    Tokens.number(words.get(3), 1, MAX_UNSIGNED, Rule.CANDIDATE, "a priority"),
                    CandidateAddress.parse(words.get(4)),
                    integer(words.get(5), 65_535, "a port"),
                    named(Type.values(), words.get(7), "a candidate type"),
                    related == null ? null : CandidateAddress.parse(related),
                    relatedPort == null ? 0 : integer(relatedPort, 65_535, "a related port"),
                    tcpType == null ? null : named(TcpType.values(), tcpType, "a tcptype"),
                    extension("ufrag"),
                    number("generation", MAX_UNSIGNED),
                    integer("network-id"),
                    integer("network-cost"));
        }

        private @Nullable String extension(String name) {
            String found = null;
            for (int i = FIXED; i < words.size(); i += 2) {
                if (words.get(i).equals(name)) {
                    Tokens.require(found == null, Rule.CANDIDATE, "a candidate has " + name + " twice");
                    found = words.get(i + 1);
                }
            }
            return found;
        }

        private @Nullable Long number(String name, long max) {
            String text = extension(name);
            return text == null ? null : Tokens.number(text, 0, max, Rule.CANDIDATE, name);
        }

        private @Nullable Integer integer(String name) {
            String text = extension(name);
            return text == null ? null : integer(text, 65_535, name);
        }

        private static int integer(String text, int max, String what) {
            return Tokens.integer(text, 0, max, Rule.CANDIDATE, what);
        }

        private static <E extends Enum<E>> E named(E[] values, String text, String what) {
            for (E each : values) {
                if (each.name().equalsIgnoreCase(text)) {
                    return each;
                }
            }
            throw MalformedSdpException.of(Rule.CANDIDATE, what + " is unknown", text);
        }
    }
}
