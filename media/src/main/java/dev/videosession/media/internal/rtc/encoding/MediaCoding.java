package dev.videosession.media.internal.rtc.encoding;

import dev.videosession.media.source.OpusSettings;
import dev.videosession.media.source.VideoCodec;
import dev.videosession.protocol.rtp.Encoding;
import dev.videosession.protocol.sdp.SessionDescription;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a link encodes its video and audio.
 *
 * @param codec the only video codec that the link offers
 * @param mostEncodings how many encodings the peer takes, at least 1; fewer are made of a small video
 * @param opus how audio is encoded
 */
public record MediaCoding(VideoCodec codec, int mostEncodings, OpusSettings opus) {
    /** One encoding in VP8. */
    public static final MediaCoding SINGLE = new MediaCoding(VideoCodec.VP8, 1, OpusSettings.DEFAULT);

    /**
     * Adds what the native encoders of this process read from an answer.
     *
     * @param answer the answer of the peer
     * @param startKilobits where the bandwidth estimate starts, in kilobits a second
     * @return a copy for the native library
     */
    public SessionDescription hinted(SessionDescription answer, int startKilobits) {
        return answer.withStartBitrate(encoding(), startKilobits).withParameters(Encoding.OPUS, opusParameters());
    }

    private Map<String, String> opusParameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (opus.maxBitrate() > 0) {
            parameters.put("maxaveragebitrate", String.valueOf(opus.maxBitrate()));
        }
        if (opus.dtx()) {
            parameters.put("usedtx", "1");
        }
        if (opus.stereo()) {
            parameters.put("stereo", "1");
        }
        return parameters;
    }

    /** {@return the name of the codec in a session description} */
    public Encoding encoding() {
        return switch (codec) {
            case VP8 -> Encoding.VP8;
            case H264 -> Encoding.H264;
        };
    }
}
