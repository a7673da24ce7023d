package dev.videosession.protocol.ice;

import dev.videosession.protocol.grammar.MalformedSdpException;

/** What a candidate message says: a candidate, or that there are no more. */
public sealed interface TrickledCandidate permits IceCandidate, TrickledCandidate.EndOfCandidates {
    /**
     * Reads the text of a candidate message.
     *
     * @param text a candidate without {@code a=}, or an empty text
     * @return the candidate, or {@link EndOfCandidates#END} for an empty text
     * @throws MalformedSdpException if it is neither
     */
    static TrickledCandidate parse(String text) {
        return text.isEmpty() ? EndOfCandidates.END : IceCandidate.parse(text);
    }

    /** {@return the candidate as text, empty for the end of candidates} */
    String toSdp();

    /** There are no more candidates. Never passed to the native library. */
    enum EndOfCandidates implements TrickledCandidate {
        /** The only value. */
        END;

        @Override
        public String toSdp() {
            return "";
        }
    }
}
