package dev.videosession.session;

import java.util.Optional;

/**
 * The quality of one media path: from a publisher to one subscriber, or between this client and the media router.
 *
 * @param audio empty while no audio is expected, because it is muted or not subscribed to
 * @param video empty while no video is expected
 */
public record QualityScore(Optional<QualityRating> audio, Optional<QualityRating> video) {}
