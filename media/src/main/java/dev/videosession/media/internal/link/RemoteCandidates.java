package dev.videosession.media.internal.link;

import dev.videosession.protocol.sdp.IceCandidate;
import dev.videosession.protocol.sdp.MediaSection;
import dev.videosession.protocol.sdp.SessionDescription;
import dev.videosession.protocol.sdp.Transport;
import dev.videosession.protocol.sdp.TrickledCandidate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which candidates of the peer reach the native library, and when: after the description of their negotiation, which
 * the library needs first. A candidate is dropped if the policy says so, if its section or its ICE credentials are not the current
 * ones, or if there are more than {@value CandidatePolicy#MAX_CANDIDATES} in a negotiation. The oldest is dropped when more than
 * {@value #MAX_WAITING} wait. Lives on the media loop.
 */
final class RemoteCandidates {
    /** Adds a candidate to the connection. */
    interface Taker {
        void add(String mid, int index, IceCandidate candidate);
    }

    static final int MAX_WAITING = 256;
    private static final Logger LOG = LoggerFactory.getLogger(RemoteCandidates.class);

    private final CandidatePolicy policy;
    private final Deque<LinkCandidate> waiting = new ArrayDeque<>();
    private @Nullable SessionDescription current;
    private int applied;
    private int accepted;
    private long dropped;

    RemoteCandidates(CandidatePolicy policy) {
        this.policy = policy;
    }

    /** Takes a candidate of the peer now, later or never. */
    void add(LinkCandidate candidate, Taker taker) {
        if (candidate.negotiation() < applied) {
            LOG.debug("A candidate of negotiation {} is ignored: {} is applied", candidate.negotiation(), applied);
        } else if (candidate.negotiation() == applied) {
            addNow(candidate, taker);
        } else {
            if (waiting.size() == MAX_WAITING) {
                LOG.debug("The oldest of {} waiting candidates is dropped", MAX_WAITING);
                waiting.removeFirst();
                dropped++;
            }
            waiting.addLast(candidate);
        }
    }

    /** A candidate of the peer did not fit the grammar. */
    void refused(String reason) {
        LOG.debug("A candidate is dropped: {}", reason);
        dropped++;
    }

    /** A description of the peer without the candidates that must not be tried, before it is applied. */
    SessionDescription filter(SessionDescription description) {
        accepted = 0;
        return description.filterCandidates(this::permit);
    }

    /** The peer's description of this negotiation is applied: hands over what waited for it. */
    void applied(int negotiation, SessionDescription description, Taker taker) {
        applied = negotiation;
        current = description;
        Iterator<LinkCandidate> each = waiting.iterator();
        while (each.hasNext()) {
            LinkCandidate candidate = each.next();
            if (candidate.negotiation() <= negotiation) {
                each.remove();
                add(candidate, taker);
            }
        }
    }

    private void addNow(LinkCandidate trickled, Taker taker) {
        TrickledCandidate candidate = trickled.candidate();
        if (candidate instanceof IceCandidate found) {
            int index = section(trickled);
            if (index < 0) {
                LOG.debug("A candidate is dropped: the peer's description has no such section in use");
                dropped++;
                return;
            }
            MediaSection section = sections().get(index);
            if (isCurrent(found, section) && permit(found)) {
                taker.add(section.mid() == null ? "" : section.mid(), index, found);
            }
        } else {
            LOG.trace("The peer has no more candidates");
        }
    }

    private List<MediaSection> sections() {
        return current == null ? List.of() : current.sections();
    }

    /** The position of a candidate's section; -1 if there is none in use. */
    private int section(LinkCandidate candidate) {
        List<MediaSection> sections = sections();
        for (int index = 0; index < sections.size(); index++) {
            String mid = candidate.mid();
            boolean named = mid == null
                    ? index == candidate.index()
                    : mid.equals(sections.get(index).mid());
            if (named && !sections.get(index).isRejected()) {
                return index;
            }
        }
        return -1;
    }

    private boolean isCurrent(IceCandidate candidate, MediaSection section) {
        Transport transport = section.transport();
        String fragment = candidate.usernameFragment();
        if (fragment == null || (transport != null && fragment.equals(transport.usernameFragment()))) {
            return true;
        }
        LOG.debug("A candidate is dropped: its ICE credentials are not the current ones");
        dropped++;
        return false;
    }

    private boolean permit(IceCandidate candidate) {
        if (accepted >= CandidatePolicy.MAX_CANDIDATES || !policy.permits(candidate)) {
            LOG.debug(
                    "A candidate is dropped: {}",
                    accepted >= CandidatePolicy.MAX_CANDIDATES
                            ? "there are too many"
                            : candidate.address().scope() + " " + candidate.protocol() + " is not tried");
            dropped++;
            return false;
        }
        accepted++;
        return true;
    }

    /** {@return how many candidates were dropped, over all negotiations} */
    long dropped() {
        return dropped;
    }

    /** Forgets what waits. */
    void clear() {
        waiting.clear();
        current = null;
    }
}
