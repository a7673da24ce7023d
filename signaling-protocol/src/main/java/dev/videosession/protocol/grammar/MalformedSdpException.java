package dev.videosession.protocol.grammar;

/**
 * A session description or candidate that the grammar refuses. The message names the rule that was broken. It holds at most
 * a short excerpt of the refused text, in which everything but plain printable ASCII is escaped.
 */
public final class MalformedSdpException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private static final int EXCERPT = 40;

    private final Rule rule;

    /** What a refused text broke: a small fixed set, fit for a metric's label. */
    public enum Rule {
        /** Length of the text or of a line, or the number of lines. */
        SIZE("size"),
        /** A character that is not printable ASCII, or a line end that is neither CR LF nor LF. */
        CHARACTERS("characters"),
        /** The order, number or form of lines, or a second value where one is permitted. */
        STRUCTURE("structure"),
        /** A media section of a kind or protocol that is not supported, or too many of them. */
        SECTION("section"),
        /** ICE credentials, DTLS fingerprint or role. */
        TRANSPORT("transport"),
        /** A codec, its number, parameters or feedback. */
        CODEC("codec"),
        /** An RTP header extension. */
        EXTENSION("extension"),
        /** Synchronization sources, their groups, or media stream ids. */
        SOURCE("source"),
        /** Restriction identifiers and simulcast layers. */
        SIMULCAST("simulcast"),
        /** An ICE candidate. */
        CANDIDATE("candidate"),
        /** An answer that does not fit its offer. */
        ANSWER("answer"),
        /** A description that changes what the first exchange of its link fixed. */
        SHAPE("shape");

        private final String label;

        Rule(String label) {
            this.label = label;
        }

        /** {@return the name of the rule in metrics and logs} */
        public String label() {
            return label;
        }
    }

    public MalformedSdpException(Rule rule, String message) {
        super(message);
        this.rule = rule;
    }

    public static MalformedSdpException of(Rule rule, String what, String text) {
        return new MalformedSdpException(rule, what + ": " + excerpt(text));
    }

    /** {@return the same refusal, with the number of the line in its message} */
    public MalformedSdpException inLine(int number) {
        MalformedSdpException located = new MalformedSdpException(rule, "line " + number + ": " + getMessage());
        located.setStackTrace(getStackTrace());
        return located;
    }

    /** {@return what was broken} */
    public Rule rule() {
        return rule;
    }

    private static String excerpt(String text) {
        StringBuilder shown = new StringBuilder("\"");
        for (int i = 0; i < Math.min(text.length(), EXCERPT); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\' || c == '%') {
                shown.append(String.format("\\u%04x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return shown.append(text.length() > EXCERPT ? "...\"" : "\"").toString();
    }
}
