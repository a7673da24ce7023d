package dev.videosession.session.internal.stream;

import dev.videosession.protocol.message.FallbackState;
import dev.videosession.session.SubscriberListener;
import dev.videosession.session.VideoChangeReason;

/** Turns a state of the fallback to audio into the events that OpenTok has for its changes. */
final class FallbackEvents {
    private FallbackEvents() {}

    /** Reports a change to the listeners of a subscriber. */
    static void report(FallbackState before, FallbackState now, RemoteSubscriber subscriber) {
        if (before == now) {
            return;
        }
        if (before == FallbackState.AUDIO_ONLY) {
            subscriber.videoChanged(true, VideoChangeReason.QUALITY);
        }
        switch (now) {
            case WARNED -> subscriber.tell(SubscriberListener::onVideoDisableWarning);
            case AUDIO_ONLY -> subscriber.videoChanged(false, VideoChangeReason.QUALITY);
            case VIDEO -> {
                if (before == FallbackState.WARNED) {
                    subscriber.tell(SubscriberListener::onVideoDisableWarningLifted);
                }
            }
        }
    }
}
