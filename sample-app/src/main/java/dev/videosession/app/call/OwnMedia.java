package dev.videosession.app.call;

import dev.videosession.app.synthetic.SyntheticCamera;
import dev.videosession.media.AudioSources;
import dev.videosession.media.MediaEngine;
import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.session.Publisher;
import dev.videosession.session.PublisherBuilder;
import io.reactivex.rxjava3.observers.DisposableCompletableObserver;
import java.util.function.Consumer;
import javax.swing.SwingUtilities;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the user can send: camera and microphone, or the one of them that there is.
 *
 * @param publisher running, or null if there is nothing to send
 * @param audio whether it has sound
 * @param video whether it has a picture
 * @param notice what the user should know of what is missing, or empty
 */
record OwnMedia(@Nullable Publisher publisher, boolean audio, boolean video, String notice) {
    private static final Logger LOG = LoggerFactory.getLogger(OwnMedia.class);
    private static final int LOWEST_TONE = 300;

    /** Opens what there is, in the background; the answer comes on the Swing thread. */
    static void open(CallOptions options, MediaEngine engine, Consumer<OwnMedia> answer) {
        new Attempt(options, engine, answer).start(true, true, "");
    }

    private record Attempt(CallOptions options, MediaEngine engine, Consumer<OwnMedia> answer) {
        void start(boolean audio, boolean video, String notice) {
            if (!audio && !video) {
                answer(new OwnMedia(null, false, false, notice + " You see and hear the others all the same."));
                return;
            }
            Publisher publisher = describe(audio, video);
            publisher.start().subscribe(new DisposableCompletableObserver() {
                @Override
                public void onComplete() {
                    answer(new OwnMedia(publisher, audio, video, notice));
                }

                @Override
                public void onError(Throwable failure) {
                    publisher.destroy();
                    startWithout(failure, audio, video, notice);
                }
            });
        }

        private void startWithout(Throwable failure, boolean audio, boolean video, String notice) {
            LOG.info("event=mediaUnavailable reason=\"{}\"", failure.getMessage());
            String more = (notice + " " + explain(failure)).strip();
            if (failure instanceof MediaUnavailableException e && isOne(e.missing(), audio, video)) {
                start(
                        audio && e.missing() != MediaUnavailableException.Missing.MICROPHONE,
                        video && e.missing() != MediaUnavailableException.Missing.CAMERA,
                        more);
            } else {
                start(false, false, more);
            }
        }

        private static String explain(Throwable failure) {
            if (!(failure instanceof MediaUnavailableException e)) {
                return "Camera and microphone cannot be used: " + failure.getMessage();
            }
            return switch (e.missing()) {
                case CAMERA -> "No camera was found: the others do not see you.";
                case MICROPHONE -> "No microphone was found: the others do not hear you.";
                default -> String.valueOf(e.getMessage());
            };
        }

        /** Tells whether the attempt asked for what is missing, so that one without it differs. */
        private static boolean isOne(MediaUnavailableException.Missing missing, boolean audio, boolean video) {
            return (missing == MediaUnavailableException.Missing.MICROPHONE && audio)
                    || (missing == MediaUnavailableException.Missing.CAMERA && video);
        }

        private Publisher describe(boolean audio, boolean video) {
            PublisherBuilder builder = Publisher.builder().mediaEngine(engine).name(options.name());
            if (video && options.synthetic()) {
                builder.video(new SyntheticCamera(VideoFormat.P360, SyntheticCamera.hueOf(options.name())));
            } else if (video) {
                builder.camera();
            }
            if (audio && options.synthetic()) {
                builder.audio(AudioSources.tone(LOWEST_TONE + (options.name().hashCode() & 0xFF)));
            } else if (audio) {
                builder.microphone();
            }
            return builder.build();
        }

        private void answer(OwnMedia media) {
            SwingUtilities.invokeLater(() -> answer.accept(media));
        }
    }
}
