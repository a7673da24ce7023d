package dev.videosession.media.internal.rtc.encoding;

import dev.videosession.protocol.rtp.MediaKind;
import dev.videosession.protocol.rtp.RtpParameters;
import dev.videosession.protocol.sdp.SessionDescription;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which encodings of a video a peer needs, and which ones the native library sends. The library refuses to change several encodings
 * through their sender, because webrtc-java loses their rids. It does pause those that an answer marks as paused (RFC 8853), so the last
 * exchange is repeated on this end with another answer. Confined to the media loop.
 */
public final class ActiveEncodings {
    private int count = 1;
    private @Nullable Set<Integer> needed;
    private @Nullable SessionDescription answer;
    private List<String> rids = List.of();
    private Set<Integer> sent = Set.of();

    /** Creates the encodings of a video with one encoding. */
    public ActiveEncodings() {}

    /**
     * A new connection sends all of its encodings.
     *
     * @param encodings their number
     */
    public void connectionOpened(int encodings) {
        count = encodings;
        sent = all();
        answer = null;
    }

    /**
     * The answer to an offer was applied. It pauses nothing.
     *
     * @param offer of this end
     * @param applied the answer
     */
    public void answered(SessionDescription offer, SessionDescription applied) {
        answer = applied.filterCandidates(candidate -> false);
        rids = offer.sections().stream()
                .filter(section -> section.kind() == MediaKind.VIDEO)
                .flatMap(section -> section.rtp().rids().stream())
                .map(RtpParameters.Rid::id)
                .toList();
        sent = all();
    }

    /**
     * Sets the encodings that are needed.
     *
     * @param indexes 0 for the smallest; null for all
     */
    public void need(@Nullable Set<Integer> indexes) {
        needed = indexes;
    }

    /** {@return the number of encodings of the connection} */
    public int count() {
        return count;
    }

    /** {@return whether any encoding is needed} */
    public boolean isAnyNeeded() {
        return count == 1 || !wanted().isEmpty();
    }

    /**
     * Returns the last answer with the encodings that are not needed paused. If none is needed, nothing changes: then the source is
     * paused.
     *
     * @return the answer to apply, or null if the library sends what is needed, or nothing was answered
     */
    public @Nullable SessionDescription nextAnswer() {
        Set<Integer> next = wanted();
        if (answer == null || count == 1 || next.isEmpty() || next.equals(sent)) {
            return null;
        }
        sent = next;
        Set<String> paused = IntStream.range(0, rids.size())
                .filter(index -> !next.contains(index))
                .mapToObj(rids::get)
                .collect(Collectors.toSet());
        return answer.pauseReceived(paused);
    }

    private Set<Integer> wanted() {
        Set<Integer> wanted = new HashSet<>(all());
        if (needed != null) {
            wanted.retainAll(needed);
        }
        return wanted;
    }

    private Set<Integer> all() {
        return IntStream.range(0, count).boxed().collect(Collectors.toSet());
    }
}
