package dev.videosession.protocol.message;

import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.Limits;
import dev.videosession.protocol.text.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message between the two ends of a media link. The server checks that the sender is one of the ends and passes the message
 * to the other end. The publisher's end offers.
 */
public sealed interface LinkMessage extends ClientMessage, ServerMessage {
    /** {@return the id of the link} */
    LinkId linkId();

    /**
     * Calls the method of a visitor for the type of this message.
     *
     * @param visitor called on this thread, once
     * @param <R> type of the result
     * @return what the visitor returned
     */
    <R> R accept(LinkMessage.Visitor<R> visitor);

    @Override
    default <P, R> R accept(ClientMessage.Visitor<P, R> visitor, P parameter) {
        return visitor.onLinkMessage(this, parameter);
    }

    @Override
    default <R> R accept(ServerMessage.Visitor<R> visitor) {
        return visitor.onLinkMessage(this);
    }

    /**
     * One method for each type of message. It has no default methods, so that a new type does not compile until every reader handles it.
     *
     * @param <R> type of the result
     */
    interface Visitor<R> {
        R onDescription(Description message);

        R onCandidate(Candidate message);

        R onCandidates(Candidates message);

        R onRestart(Restart message);

        R onReception(ReceptionReport message);

        R onFallback(Fallback message);

        R onProbe(Probe message);
    }

    /**
     * A session description (W3C RTCSessionDescription).
     *
     * @param linkId the link
     * @param negotiation 1 for the first offer of a link, and one more for each offer after it; an answer repeats the number
     *     of its offer
     * @param kind offer or answer
     * @param sdp the description, at most {@link Limits#SDP} characters
     */
    record Description(LinkId linkId, int negotiation, DescriptionKind kind, String sdp) implements LinkMessage {
        public Description {
            Text.require("linkId", linkId);
            Text.requireRange("negotiation", negotiation, 1, Integer.MAX_VALUE);
            Text.require("kind", kind);
            Text.requireBounded("sdp", Text.require("sdp", sdp), Limits.SDP);
        }

        @Override
        public String toString() {
            return "Description[" + linkId + " " + kind + " " + negotiation + ", " + sdp.length() + " characters]";
        }

        @Override
        public <R> R accept(LinkMessage.Visitor<R> visitor) {
            return visitor.onDescription(this);
        }
    }

    /**
     * An ICE candidate (W3C RTCIceCandidate).
     *
     * @param linkId the link
     * @param negotiation the negotiation it belongs to
     * @param candidate the candidate line, at most {@link Limits#CANDIDATE} characters; empty for end of candidates
     * @param sdpMid media id, or null
     * @param sdpMLineIndex index of the media line
     */
    record Candidate(
            LinkId linkId,
            int negotiation,
            String candidate,
            @Nullable String sdpMid,
            int sdpMLineIndex) implements LinkMessage {
        public Candidate {
            Text.require("linkId", linkId);
            Text.requireRange("negotiation", negotiation, 1, Integer.MAX_VALUE);
            Text.requireBounded("candidate", Text.require("candidate", candidate), Limits.CANDIDATE);
            Text.requireBounded("sdpMid", sdpMid, 64);
            Text.requireRange("sdpMLineIndex", sdpMLineIndex, 0, 1024);
        }

        @Override
        public <R> R accept(LinkMessage.Visitor<R> visitor) {
            return visitor.onCandidate(this);
        }
    }

    /**
     * Several ICE candidates of one negotiation, in the order in which they were found. Sent only to a side that announced
     * {@link Feature#CANDIDATE_BATCHES}.
     *
     * @param linkId the link
     * @param negotiation the negotiation they belong to
     * @param candidates 1 to {@link Limits#CANDIDATES}
     */
    record Candidates(LinkId linkId, int negotiation, List<Entry> candidates) implements LinkMessage {
        public Candidates {
            Text.require("linkId", linkId);
            Text.requireRange("negotiation", negotiation, 1, Integer.MAX_VALUE);
            candidates = List.copyOf(Text.require("candidates", candidates));
            Text.requireRange("number of candidates", candidates.size(), 1, Limits.CANDIDATES);
        }

        /**
         * A candidate of the batch.
         *
         * @param candidate the candidate line, at most {@link Limits#CANDIDATE} characters; empty for end of candidates
         * @param sdpMid media id, or null
         * @param sdpMLineIndex index of the media line
         */
        public record Entry(String candidate, @Nullable String sdpMid, int sdpMLineIndex) {
            public Entry {
                Text.requireBounded("candidate", Text.require("candidate", candidate), Limits.CANDIDATE);
                Text.requireBounded("sdpMid", sdpMid, 64);
                Text.requireRange("sdpMLineIndex", sdpMLineIndex, 0, 1024);
            }
        }

        /**
         * Splits the batch for a client that does not understand batches.
         *
         * @return one message for each candidate
         */
        public List<Candidate> split() {
            return candidates.stream()
                    .map(each ->
                            new Candidate(linkId, negotiation, each.candidate(), each.sdpMid(), each.sdpMLineIndex()))
                    .toList();
        }

        @Override
        public <R> R accept(LinkMessage.Visitor<R> visitor) {
            return visitor.onCandidates(this);
        }
    }

    /**
     * Asks for a new offer with an ICE restart, because the path is broken.
     *
     * @param linkId the link
     */
    record Restart(LinkId linkId) implements LinkMessage {
        public Restart {
            Text.require("linkId", linkId);
        }

        @Override
        public <R> R accept(LinkMessage.Visitor<R> visitor) {
            return visitor.onRestart(this);
        }
    }

    /**
     * What the subscriber's end received of the video, so that the other end can choose how much to send. Sent only to a side that
     * announced {@link Feature#QUALITY}.
     *
     * @param linkId the link
     * @param intervalMillis the time that the report covers, 1 to 60000
     * @param packets video packets received in that time
     * @param lost video packets lost in that time
     * @param bytes of video received in that time
     * @param delayMillis how long the jitter buffer held a frame on average, at most 60000
     * @param freezeMillis how long video froze, at most 60000
     * @param probeKilobits speed of the last {@link Probe} that arrived in that time, in kilobits per second, 0 if there was none; at most
     *     10,000,000
     * @param frames video frames decoded in that time, 0 to 1,000,000, or null if the subscriber does not count them
     */
    record ReceptionReport(
            LinkId linkId,
            int intervalMillis,
            int packets,
            int lost,
            long bytes,
            int delayMillis,
            int freezeMillis,
            int probeKilobits,
            @Nullable Integer frames)
            implements LinkMessage {
        /** The highest value of a time in milliseconds. */
        public static final int MAX_MILLIS = 60_000;
        /** The highest speed of a probe. */
        public static final int MAX_KILOBITS = 10_000_000;
        /** The highest number of frames. */
        public static final int MAX_FRAMES = 1_000_000;

        private static final int MAX_PACKETS = 1_000_000;
        private static final long MAX_BYTES = 1L << 32;

        public ReceptionReport {
            Text.require("linkId", linkId);
            Text.requireRange("intervalMillis", intervalMillis, 1, MAX_MILLIS);
            Text.requireRange("packets", packets, 0, MAX_PACKETS);
            Text.requireRange("lost", lost, 0, MAX_PACKETS);
            Text.requireRange("bytes", bytes, 0, MAX_BYTES);
            Text.requireRange("delayMillis", delayMillis, 0, MAX_MILLIS);
            Text.requireRange("freezeMillis", freezeMillis, 0, MAX_MILLIS);
            Text.requireRange("probeKilobits", probeKilobits, 0, MAX_KILOBITS);
            if (frames != null) {
                Text.requireRange("frames", frames, 0, MAX_FRAMES);
            }
        }

        @Override
        public <R> R accept(LinkMessage.Visitor<R> visitor) {
            return visitor.onReception(this);
        }
    }

    /**
     * The publisher's end, or the router, is about to turn video off because the path carries too little, has turned it off, or sends it
     * as before. Sent only to a side that announced {@link Feature#QUALITY}.
     *
     * @param linkId the link
     * @param state the state from now on
     */
    record Fallback(LinkId linkId, FallbackState state) implements LinkMessage {
        public Fallback {
            Text.require("linkId", linkId);
            Text.require("state", state);
        }

        @Override
        public <R> R accept(LinkMessage.Visitor<R> visitor) {
            return visitor.onFallback(this);
        }
    }

    /**
     * One of several messages that the server sends at once to a subscriber whose video is limited, to find out whether the path carries
     * more. The next {@link ReceptionReport} says how fast the second half of them arrived. Sent only by the server, and only to a client
     * that
     * announced {@link Feature#QUALITY}.
     *
     * @param linkId the link whose video is limited
     * @param index of the message, from 0
     * @param count how many there are, 2 to 64
     * @param padding to be ignored, at most 2048 characters
     */
    record Probe(LinkId linkId, int index, int count, String padding) implements LinkMessage {
        private static final int MAX_PADDING = 2048;
        private static final int MAX_COUNT = 64;

        public Probe {
            Text.require("linkId", linkId);
            Text.requireRange("count", count, 2, MAX_COUNT);
            Text.requireRange("index", index, 0, (long) count - 1);
            Text.requireBounded("padding", Text.require("padding", padding), MAX_PADDING);
        }

        @Override
        public String toString() {
            return "Probe[" + linkId + " " + index + " of " + count + "]";
        }

        @Override
        public <R> R accept(LinkMessage.Visitor<R> visitor) {
            return visitor.onProbe(this);
        }
    }
}
