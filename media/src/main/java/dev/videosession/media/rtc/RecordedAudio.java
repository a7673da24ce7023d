package dev.videosession.media.rtc;

import dev.onvoid.webrtc.media.audio.AudioTrackSource;

/** An audio track that sends what the factory's audio module records. */
public final class RecordedAudio extends LocalTrack {
    private final long source;

    RecordedAudio(RtcFactory factory, AudioTrackSource source) {
        super(factory, factory.audioTrack(source));
        this.source = NativeRefs.handle(source);
    }

    @Override
    void disposeSource() {
        NativeRefs.release(source);
    }
}
