package dev.videosession.media.internal.rtc;

import dev.onvoid.webrtc.media.audio.AudioTrackSource;
import dev.videosession.media.internal.rtc.library.NativeRefs;

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
