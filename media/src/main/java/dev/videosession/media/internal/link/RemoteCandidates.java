package dev.videosession.media.internal.link;

import dev.videosession.protocol.ice.IceCandidate;
import dev.videosession.protocol.ice.TrickledCandidate;
import dev.videosession.protocol.sdp.MediaSection;
import dev.videosession.protocol.sdp.SessionDescription;
import dev.videosession.protocol.sdp.Transport;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which candidates of the peer reach the native library, and when: the library needs the description of their negotiation
 * first. A candidate is dropped if the policy does not permit it, if its section or its ICE credentials are not the current ones, or
 * if there are more than {@value CandidatePolicy#MAX_CANDIDATES} in a negotiation. If more than {@value #MAX_WAITING} wait, the
 * oldest is dropped. Confined to the media loop.
 */
final class RemoteCandidates {
    /** Adds a candidate to the connection. */
    interface Target {
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

    /** Takes a candidate of the peer: passes it on, keeps it or drops it. */
    void add(LinkCandidate candidate, Target target) {
        if (candidate.negotiation() < applied) {
            LOG.debug("event=candidateIgnored negotiation={} applied={}", candidate.negotiation(), applied);
        } else if (candidate.negotiation() == applied) {
            addNow(candidate, target);
        } else {
            if (waiting.size() == MAX_WAITING) {
                LOG.debug("event=candidateDropped reason=\"more than {} wait\"", MAX_WAITING);
                waiting.removeFirst();
                dropped++;
            }
            waiting.addLast(candidate);
        }
    }

    /** Counts a candidate of the peer that does not fit the grammar. */
    void refused(String reason) {
        LOG.debug("event=candidateDropped reason=\"{}\"", reason);
        dropped++;
    }

    /** {@return a description of the peer without the candidates that must not be tried; to be called before it is applied} */
    SessionDescription filter(SessionDescription description) {
        accepted = 0;
        return description.filterCandidates(this::permit);
    }

    /** Passes on the candidates that waited for a description of the peer, which is applied now. */
    void applied(int negotiation, SessionDescription description, Target target) {
        applied = negotiation;
        current = description;
        Iterator<LinkCandidate> each = waiting.iterator();
        while (each.hasNext()) {
            LinkCandidate candidate = each.next();
            if (candidate.negotiation() <= negotiation) {
                each.remove();
                add(candidate, target);
            }
        }
    }

    private void addNow(LinkCandidate trickled, Target target) {
        TrickledCandidate candidate = trickled.candidate();
        if (candidate instanceof IceCandidate found) {
            int index = section(trickled);
            if (index < 0) {
                LOG.debug("event=candidateDropped reason=\"no such section in use\"");
                dropped++;
                return;
            }
            MediaSection section = sections().get(index);
            if (isCurrent(found, section) && permit(found)) {
                target.add(section.mid() == null ? "" : section.mid(), index, found);
            }
        } else {
            LOG.trace("event=endOfCandidates");
        }
    }

    private List<MediaSection> sections() {
        return current == null ? List.of() : current.sections();
    }

    /** {@return the position of a candidate's section, or -1 if no such section is in use} */
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
        LOG.debug("event=candidateDropped reason=\"ICE credentials are not the current ones\"");
        dropped++;
        return false;
    }

    private boolean permit(IceCandidate candidate) {
        if (accepted >= CandidatePolicy.MAX_CANDIDATES || !policy.permits(candidate)) {
            LOG.debug(
                    "event=candidateDropped reason=\"{}\"",
                    accepted >= CandidatePolicy.MAX_CANDIDATES
                            ? "too many"
                            : candidate.address().scope() + " " + candidate.protocol() + " not permitted");
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

    /** Drops the candidates that wait. */
    void clear() {
        waiting.clear();
        current = null;
    }
}
