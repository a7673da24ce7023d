package dev.videosession.server.internal.link.negotiation;

import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.rtp.Direction;
import dev.videosession.protocol.rtp.MediaKind;
import dev.videosession.protocol.sdp.MediaSection;
import dev.videosession.protocol.sdp.SessionDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a media router demands of a client's description. It would answer others with an error, or not at all. */
final class RouterTerms {
    /** The router keeps no longer media ids. */
    static final int MAX_MID = 16;

    private RouterTerms() {}

    /** {@return why the router cannot use a well-formed description, for people, or null if it can} */
    static @Nullable String objection(SessionDescription description) {
        List<MediaSection> used = description.sections().stream()
                .filter(section -> !section.isRejected())
                .toList();
        for (MediaSection section : used) {
            if (section.mid() != null && section.mid().length() > MAX_MID) {
                return "a mid has more than " + MAX_MID + " characters, the most that the media router accepts";
            }
        }
        List<String> bundle = description.bundle();
        if (used.size() > 1 && (bundle == null || used.stream().anyMatch(section -> !bundle.contains(section.mid())))) {
            return "the sections must share one transport: name all of them in a BUNDLE group";
        }
        if (description.kind() == DescriptionKind.OFFER && used.stream().noneMatch(RouterTerms::sendsMedia)) {
            return "no section sends audio or video: use the direction sendonly or sendrecv";
        }
        return used.isEmpty() ? "every section is rejected: accept one, or unsubscribe" : null;
    }

    private static boolean sendsMedia(MediaSection section) {
        return section.kind() != MediaKind.APPLICATION
                && (section.direction() == Direction.SENDRECV || section.direction() == Direction.SENDONLY);
    }
}
