package dev.videosession.app.guide;

import dev.videosession.media.AudioSources;
import dev.videosession.media.Devices;
import dev.videosession.media.MediaEngine;
import dev.videosession.media.MicrophoneMeter;
import dev.videosession.media.VideoSources;
import dev.videosession.media.device.DeviceList;
import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.source.AudioProcessing;
import dev.videosession.media.source.OpusSettings;
import dev.videosession.media.source.VideoCodec;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.session.Publisher;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.function.Consumer;

/** Lets a user choose devices before and during a call. */
public final class DeviceChoice implements AutoCloseable {
    private final MediaEngine engine;
    private final Publisher publisher;
    private final Devices.Watch watch;

    /**
     * Begins to watch the devices.
     *
     * @param engine the one that session and publisher were built with
     * @param publisher sends a camera and a microphone
     * @param changed receives the lists soon, and when a device is attached or removed, on a thread of the watch
     */
    public DeviceChoice(MediaEngine engine, Publisher publisher, Consumer<DeviceList> changed) {
        this.engine = engine;
        this.publisher = publisher;
        this.watch = Devices.watch(changed);
    }

    /**
     * Changes the camera.
     *
     * @param camera one of the list
     * @return fails if it does not start; the former camera continues then
     */
    public Completable useCamera(MediaDevice camera) {
        return publisher.switchVideo(VideoSources.camera(camera, VideoFormat.P720));
    }

    /**
     * Changes the microphone.
     *
     * @param microphone one of the list
     * @return fails if it does not start; the former microphone continues then
     */
    public Completable useMicrophone(MediaDevice microphone) {
        return publisher.switchAudio(AudioSources.microphone(microphone));
    }

    /**
     * Changes the speaker and its volume.
     *
     * @param speaker one of the list
     * @param percent 0 to 100
     * @return fails if it does not start; the former speaker continues then
     */
    public Completable useSpeaker(MediaDevice speaker, int percent) {
        return Completable.fromAction(
                        () -> { // takes up to a second: not on the Swing thread
                            engine.setAudioOutput(speaker);
                            engine.setOutputVolume(percent);
                        })
                .subscribeOn(Schedulers.io());
    }

    /**
     * Prepares a publisher for music and H.264.
     *
     * @param engine that of the session
     * @param microphone one of the list
     * @return a publisher with a camera, to be published
     */
    public static Publisher musicPublisher(MediaEngine engine, MediaDevice microphone) {
        return Publisher.builder()
                .mediaEngine(engine)
                .audio(AudioSources.microphone(microphone, AudioProcessing.NONE))
                .opus(new OpusSettings(128_000, false, true))
                .camera()
                .videoCodec(VideoCodec.H264)
                .build();
    }

    /**
     * Measures a microphone before the call.
     *
     * @param microphone one of the list
     * @return to be asked for its level, and closed before the call
     */
    public static MicrophoneMeter meter(MediaDevice microphone) {
        return MicrophoneMeter.open(microphone);
    }

    @Override
    public void close() {
        watch.close();
    }
}
