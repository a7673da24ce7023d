package dev.videosession.app.call;

import dev.videosession.app.device.OwnMedia;
import dev.videosession.app.event.EventText;
import dev.videosession.app.text.Texts;
import dev.videosession.session.PublisherListener;
import dev.videosession.session.SessionException;
import java.util.function.Consumer;

/** Tells the user what happens to the own stream. */
final class OwnPublisherListener implements PublisherListener {
    private final OwnMedia media;
    private final Consumer<String> onNotice;

    OwnPublisherListener(OwnMedia media, Consumer<String> onNotice) {
        this.media = media;
        this.onNotice = onNotice;
    }

    @Override
    public void onMuteForced() {
        media.mutedByModerator();
        onNotice.accept(Texts.of("call.muteForced"));
    }

    @Override
    public void onError(SessionException error) {
        onNotice.accept(Texts.of("call.publishFailed", EventText.message(error.getMessage())));
    }
}
