package dev.videosession.media.source;

/** How sent video is encoded. All participants of this library decode both. */
public enum VideoCodec {
    /** VP8 (RFC 6386). Every WebRTC endpoint has it. Each encoding can be sent with all, half or a quarter of its frames. */
    VP8,
    /**
     * H.264 (constrained baseline), for example for receivers that decode it in hardware. Each encoding has one frame rate. A receiver
     * without H.264 gets no video.
     */
    H264
}
