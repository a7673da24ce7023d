package dev.videosession.media.internal.rtc;

import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.media.MediaStreamTrack;
import dev.onvoid.webrtc.media.audio.AudioTrack;
import dev.onvoid.webrtc.media.audio.AudioTrackSink;
import dev.onvoid.webrtc.media.video.VideoTrack;
import dev.onvoid.webrtc.media.video.VideoTrackSink;
import dev.videosession.media.feed.AudioSink;
import dev.videosession.media.feed.VideoSink;
import dev.videosession.media.internal.rtc.frame.NativeFrame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The tracks that a connection receives. They are borrowed from webrtc-java, and any exchange of descriptions may delete them. So they
 * are looked up after each exchange and used until the next one begins. The first video track and the first audio track are delivered.
 */
final class RemoteTracks {
    private final VideoSink videoSink;
    private final AudioSink audioSink;
    private final VideoTrackSink nativeVideoSink = this::onFrame;
    private final AudioTrackSink nativeAudioSink = this::onSamples;
    private @Nullable VideoTrack video;
    private @Nullable AudioTrack audio;
    private boolean audioEnabled = true;

    // Confined to the native audio thread.
    private short[] samples = new short[0];

    RemoteTracks(VideoSink videoSink, AudioSink audioSink) {
        this.videoSink = videoSink;
        this.audioSink = audioSink;
    }

    /** Starts delivery from the current tracks of an open connection. */
    void attach(RTCPeerConnection connection) {
        detach();
        for (RTCRtpTransceiver each : connection.getTransceivers()) {
            if (!each.stopped()) {
                attach(each.getReceiver().getTrack());
            }
        }
    }

    private void attach(@Nullable MediaStreamTrack track) {
        if (track instanceof VideoTrack found && video == null) {
            video = found;
            found.addSink(nativeVideoSink);
        } else if (track instanceof AudioTrack found && audio == null) {
            audio = found;
            found.setEnabled(audioEnabled);
            found.addSink(nativeAudioSink);
        }
    }

    /** Ends delivery. The tracks must still exist. */
    void detach() {
        VideoTrack lastVideo = video;
        AudioTrack lastAudio = audio;
        video = null;
        audio = null;
        if (lastVideo != null) {
            lastVideo.removeSink(nativeVideoSink);
        }
        if (lastAudio != null) {
            lastAudio.removeSink(nativeAudioSink);
        }
    }

    void setAudioEnabled(boolean enabled) {
        audioEnabled = enabled;
        if (audio != null) {
            audio.setEnabled(enabled);
        }
    }

    /** {@return whether this is the stack of a sink that ends the process} */
    static boolean isExit(StackTraceElement[] stack) {
        boolean exiting = false;
        for (StackTraceElement frame : stack) {
            exiting |= frame.getClassName().equals(Runtime.class.getName())
                    && frame.getMethodName().equals("exit");
            if (exiting && frame.getClassName().equals(RemoteTracks.class.getName())) {
                return true;
            }
        }
        return false;
    }

    private void onFrame(dev.onvoid.webrtc.media.video.VideoFrame raw) {
        NativeFrame frame = NativeFrame.of(raw);
        try {
            videoSink.onFrame(frame);
        } finally {
            frame.release();
        }
    }

    private void onSamples(byte[] bytes, int bitsPerSample, int sampleRate, int channels, int frames) {
        if (bitsPerSample != Short.SIZE) {
            return;
        }
        int count = channels * frames;
        if (samples.length < count) {
            samples = new short[count];
        }
        ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).asShortBuffer().get(samples, 0, count);
        audioSink.onSamples(samples, sampleRate, channels, frames);
    }
}
