package dev.videosession.app.device;

import dev.videosession.session.Publisher;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** For media that nothing shows yet: {@link OwnMedia#setListener} reports the state to the first real listener. */
final class SilentListener implements MediaListener {
    private static final Logger LOG = LoggerFactory.getLogger(SilentListener.class);

    @Override
    public void onPublisher(Publisher now, @Nullable Publisher former) {
        if (former != null) {
            former.destroy();
        }
    }

    @Override
    public void onMediaChanged() {
        // the first listener asks for the state
    }

    @Override
    public void onMediaFailed(String sentence) {
        LOG.info("event=mediaUnavailable reason=\"{}\"", sentence);
    }
}
