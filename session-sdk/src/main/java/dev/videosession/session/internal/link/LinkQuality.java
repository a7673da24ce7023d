package dev.videosession.session.internal.link;

import dev.videosession.media.stats.LinkStats;

/** Decides whether a link is too poor for its video. */
public interface LinkQuality {
    /** Video of 320 x 240 needs 150,000 bits per second; smaller video needs less. */
    LinkQuality BITRATE = (stats, maxBitrate) -> {
        double acceptable = 150_000;
        double pixels = (double) stats.width() * stats.height();
        double needed = acceptable * Math.min(1, pixels == 0 ? 1 : pixels / (320 * 240));
        double wanted = maxBitrate == 0 ? needed : Math.min(needed, maxBitrate);
        return stats.availableBitrate() > 0 && stats.availableBitrate() < wanted;
    };

    /**
     * {@return whether the link carries too little for its video}
     *
     * @param maxBitrate limit of the publisher in bits per second, 0 for none
     */
    boolean isPoor(LinkStats stats, int maxBitrate);
}
