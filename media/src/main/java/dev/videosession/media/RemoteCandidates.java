package dev.videosession.media;

import dev.videosession.media.link.IceCandidate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Candidates of the other end, kept until the description of their number is applied: the native library refuses them
 * before. The oldest is dropped when more than {@value #MAX_WAITING} wait. Lives on the media loop.
 */
final class RemoteCandidates {
    static final int MAX_WAITING = 256;
    private static final Logger LOG = LoggerFactory.getLogger(RemoteCandidates.class);

    private final Deque<IceCandidate> waiting = new ArrayDeque<>();
    private int applied;

    /** Takes the candidate now, later or never. */
    void add(IceCandidate candidate, Consumer<IceCandidate> taker) {
        if (candidate.number() < applied) {
            LOG.debug("A candidate of negotiation {} is ignored: {} is applied", candidate.number(), applied);
        } else if (candidate.number() == applied) {
            taker.accept(candidate);
        } else {
            if (waiting.size() == MAX_WAITING) {
                LOG.debug("The oldest of {} waiting candidates is dropped", MAX_WAITING);
                waiting.removeFirst();
            }
            waiting.addLast(candidate);
        }
    }

    /** The remote description of this number is applied: hands over what waited for it. */
    void applied(int number, Consumer<IceCandidate> taker) {
        applied = number;
        Iterator<IceCandidate> each = waiting.iterator();
        while (each.hasNext()) {
            IceCandidate candidate = each.next();
            if (candidate.number() <= number) {
                each.remove();
                add(candidate, taker);
            }
        }
    }

    void clear() {
        waiting.clear();
    }
}
