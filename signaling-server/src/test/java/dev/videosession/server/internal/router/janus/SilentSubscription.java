package dev.videosession.server.internal.router.janus;

import dev.videosession.protocol.rtp.MediaKind;
import dev.videosession.server.internal.router.RouterRefusal;
import dev.videosession.server.internal.router.SubscriptionListener;
import java.util.List;

/** Records what happens to a subscription. */
record SilentSubscription(List<String> events) implements SubscriptionListener {
    @Override
    public void onOffer(int number, String sdp) {
        events.add("offer");
    }

    @Override
    public void onConnected() {
        events.add("subscriber connected");
    }

    @Override
    public void onRefused(RouterRefusal refusal, String reason) {
        events.add("subscriber refused " + refusal + " " + reason);
    }

    @Override
    public void onEnded(String reason) {
        events.add("subscriber ended " + reason);
    }

    @Override
    public void onSlowLink(MediaKind kind, int lost) {
        events.add("subscriber slowLink " + kind + " " + lost);
    }
}
