package dev.videosession.app.device;

import dev.videosession.app.event.EventText;
import dev.videosession.app.text.Texts;
import dev.videosession.media.device.MediaUnavailableException;

/** Says in words what is wrong with a device. */
final class MediaFailures {
    private MediaFailures() {}

    static String explain(Throwable failure) {
        Throwable cause = failure instanceof MediaUnavailableException || failure.getCause() == null
                ? failure
                : failure.getCause();
        return Texts.of("media.failed", EventText.message(cause.getMessage()));
    }

    /** Explains why a device did not open for which nothing else takes its place. */
    static String explainMissing(Throwable failure) {
        if (failure instanceof MediaUnavailableException e) {
            return switch (e.missing()) {
                case CAMERA -> Texts.of("media.noCamera");
                case MICROPHONE -> Texts.of("media.noMicrophone");
                case SPEAKER, SCREEN, NATIVE_LIBRARY -> EventText.message(e.getMessage());
            };
        }
        return explain(failure);
    }
}
