package dev.videosession.session.internal.link;

import dev.videosession.protocol.message.Feature;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.session.internal.loop.SessionLoop;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends the messages of one end of a link, in order. Candidates that are found within a short time are sent in one message, if
 * the server understands that. Used on the session's loop.
 */
final class CandidateBatch {
    static final long GATHERING_MILLIS = 30;
    private static final int MOST = 16;
    private static final int MOST_CHARACTERS = 16 * 1024;

    private final SignalingPort signaling;
    private final LinkId linkId;
    private final List<LinkMessage.Candidate> waiting = new ArrayList<>();
    private int characters;
    private SessionLoop.@Nullable Timer timer;

    CandidateBatch(SignalingPort signaling, LinkId linkId) {
        this.signaling = signaling;
        this.linkId = linkId;
    }

    void send(LinkMessage message) {
        if (message instanceof LinkMessage.Candidate candidate
                && signaling.serverUnderstands(Feature.CANDIDATE_BATCHES)) {
            add(candidate);
        } else {
            flush();
            signaling.send(message);
        }
    }

    private void add(LinkMessage.Candidate candidate) {
        if (!waiting.isEmpty() && waiting.get(0).negotiation() != candidate.negotiation()) {
            flush();
        }
        waiting.add(candidate);
        characters += candidate.candidate().length();
        boolean last = candidate.candidate().isEmpty();
        if (last || waiting.size() >= MOST || characters >= MOST_CHARACTERS) {
            flush();
        } else if (timer == null) {
            timer = signaling.loop().schedule(GATHERING_MILLIS, this::flush);
        }
    }

    private void flush() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        if (waiting.size() == 1) {
            signaling.send(waiting.get(0));
        } else if (!waiting.isEmpty()) {
            signaling.send(new LinkMessage.Candidates(
                    linkId,
                    waiting.get(0).negotiation(),
                    waiting.stream()
                            .map(each -> new LinkMessage.Candidates.Entry(
                                    each.candidate(), each.sdpMid(), each.sdpMLineIndex()))
                            .toList()));
        }
        waiting.clear();
        characters = 0;
    }
}
