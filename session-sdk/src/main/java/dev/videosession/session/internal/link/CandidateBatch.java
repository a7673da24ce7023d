package dev.videosession.session.internal.link;

import dev.videosession.protocol.Feature;
import dev.videosession.protocol.LinkId;
import dev.videosession.protocol.LinkMessage;
import dev.videosession.session.internal.loop.SessionLoop;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends the messages of one end of a link. Candidates that are found within a short time go in one message, if the server
 * understands that. Nothing else overtakes them. Lives on the session's loop.
 */
final class CandidateBatch {
    static final long GATHERING_MILLIS = 30;
    private static final int MOST = 16;
    private static final int MOST_CHARACTERS = 16 * 1024;

    private final SignalingPort line;
    private final LinkId linkId;
    private final List<LinkMessage.Candidate> waiting = new ArrayList<>();
    private int characters;
    private SessionLoop.@Nullable Timer timer;

    CandidateBatch(SignalingPort line, LinkId linkId) {
        this.line = line;
        this.linkId = linkId;
    }

    void send(LinkMessage message) {
        if (message instanceof LinkMessage.Candidate candidate && line.serverUnderstands(Feature.CANDIDATE_BATCHES)) {
            add(candidate);
        } else {
            flush();
            line.send(message);
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
            timer = line.loop().schedule(GATHERING_MILLIS, this::flush);
        }
    }

    private void flush() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        if (waiting.size() == 1) {
            line.send(waiting.get(0));
        } else if (!waiting.isEmpty()) {
            line.send(new LinkMessage.Candidates(
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
