package dev.videosession.media.internal.rtc.encoding;

import dev.videosession.media.source.VideoCodec;
import dev.videosession.protocol.rtp.Encoding;

/**
 * How a link encodes its video.
 *
 * @param codec the only video codec that the link offers
 * @param mostEncodings how many encodings the peer takes, at least 1; fewer are made of a small video
 */
public record VideoCoding(VideoCodec codec, int mostEncodings) {
    /** One encoding in VP8. */
    public static final VideoCoding SINGLE = new VideoCoding(VideoCodec.VP8, 1);

    /** {@return the name of the codec in a session description} */
    public Encoding encoding() {
        return switch (codec) {
            case VP8 -> Encoding.VP8;
            case H264 -> Encoding.H264;
        };
    }
}
