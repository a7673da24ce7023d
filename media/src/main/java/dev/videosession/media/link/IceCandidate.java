package dev.videosession.media.link;

import org.jspecify.annotations.Nullable;

/**
 * An address under which one end of a link may be reached.
 *
 * @param number the negotiation this belongs to, see {@link SessionDescription#number()}
 * @param sdpMid the media section by name, or null when only the index is known
 * @param sdpMLineIndex the media section by position, from 0
 * @param candidate the candidate line without {@code a=}
 */
public record IceCandidate(int number, @Nullable String sdpMid, int sdpMLineIndex, String candidate) {}
