package dev.videosession.session.internal.score;

import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.VideoType;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.session.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a path ought to carry.
 *
 * @param direction whether this client sends or receives
 * @param routed whether the other end of the path is the media router
 * @param connected whether the path is connected
 * @param audio whether audio is published and subscribed to
 * @param video whether video is published and subscribed to
 * @param pixels how many pixels a frame of the video has if nothing limits it; 0 while that is not known, and for video that may
 *     well stand still
 * @param maxBitrate limit of the publisher for video in bits a second, 0 for none
 */
public record ExpectedMedia(
        PathDirection direction,
        boolean routed,
        boolean connected,
        boolean audio,
        boolean video,
        double pixels,
        int maxBitrate) {
    /** The way of the media. */
    public enum PathDirection {
        /** This client sends it. */
        SENT,
        /** This client receives it. */
        RECEIVED
    }

    /** Bits a second that video of 30 frames a second needs for each pixel of its size, so that 640x360 needs 576 kbit/s. */
    private static final double BITS_OF_A_PIXEL = 2.5;

    private static final double FULL_RATE = 30;

    /** {@return what a subscriber expects of a stream} */
    public static ExpectedMedia received(Stream stream, Subscription wanted, boolean routed, boolean connected) {
        Dimensions size = stream.videoDimensions().orElse(null);
        boolean moves = size != null
                && stream.videoType().filter(VideoType.CAMERA::equals).isPresent();
        return new ExpectedMedia(
                PathDirection.RECEIVED,
                routed,
                connected,
                stream.hasAudio() && wanted.audio(),
                stream.hasVideo() && wanted.video(),
                size == null || !moves ? 0 : pixels(size, wanted.preferredDimensions()) * rate(wanted),
                0);
    }

    /**
     * {@return what a publisher sends to one subscriber or to the router}
     *
     * @param wanted what the subscriber asked for
     * @param audio whether audio is published
     * @param video whether video is published
     * @param pixels of a frame as it is captured; 0 for video that may not change for a long time
     * @param scale by which width and height are divided
     * @param maxBitrate limit of the publisher, 0 for none
     */
    public static ExpectedMedia sent(
            Subscription wanted,
            boolean routed,
            boolean connected,
            boolean audio,
            boolean video,
            long pixels,
            double scale,
            int maxBitrate) {
        return new ExpectedMedia(
                PathDirection.SENT,
                routed,
                connected,
                audio && wanted.audio(),
                video && wanted.video(),
                pixels / (scale * scale) * rate(wanted),
                maxBitrate);
    }

    private static double pixels(Dimensions size, @Nullable Dimensions preferred) {
        double scale = preferred == null
                ? 1
                : Math.max(
                        1,
                        Math.min(
                                (double) size.width() / preferred.width(),
                                (double) size.height() / preferred.height()));
        return size.width() / scale * size.height() / scale;
    }

    private static double rate(Subscription wanted) {
        Integer preferred = wanted.preferredFrameRate();
        return preferred == null ? 1 : Math.min(1, preferred / FULL_RATE);
    }

    /** {@return the bits a second that the video needs, 0 while that is not known} */
    double neededBitrate() {
        double needed = pixels * BITS_OF_A_PIXEL;
        return maxBitrate == 0 ? needed : Math.min(needed, maxBitrate);
    }
}
