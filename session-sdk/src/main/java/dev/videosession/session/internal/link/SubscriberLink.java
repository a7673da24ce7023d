package dev.videosession.session.internal.link;

import dev.videosession.media.internal.capture.LocalMedia;
import dev.videosession.media.internal.link.LinkSettings;
import dev.videosession.media.internal.link.LinkState;
import dev.videosession.media.internal.link.OutgoingLink;
import dev.videosession.media.stats.LinkStats;
import dev.videosession.media.stats.RtcStats;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.IceServer;
import dev.videosession.protocol.message.FallbackState;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.Subscription;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The media link from a publisher to one of its subscribers. Used on the session's loop. */
public final class SubscriberLink {
    private final OutgoingLink link;
    private final LinkRecovery recovery;
    private final LinkId linkId;
    private final ConnectionId subscriber;
    private final FallbackJudge judge;
    private final SentEncodings encodings = new SentEncodings();
    private Subscription wanted;

    public SubscriberLink(OutgoingLink link, LinkRecovery recovery, ServerMessage.LinkOpened opened, long nowMillis) {
        this.link = link;
        this.recovery = recovery;
        this.linkId = opened.linkId();
        this.subscriber = opened.subscriber();
        this.wanted = opened.subscription();
        this.judge = new FallbackJudge(nowMillis);
    }

    public ConnectionId subscriber() {
        return subscriber;
    }

    public void want(Subscription newWanted) {
        wanted = newWanted;
    }

    /**
     * Sends these encodings of the video, and smaller ones while the path is too poor for them.
     *
     * @param indexes 0 for the smallest; null for all
     */
    public void need(@Nullable List<Integer> indexes) {
        encodings.need(indexes);
        link.setNeededEncodings(encodings.indexes());
    }

    /** Takes statistics of the link, to send the encodings that its path carries. */
    public void fitEncodings(long nowMillis, LinkStats stats) {
        if (encodings.measured(nowMillis, stats.availableBitrate(), stats.layers())) {
            link.setNeededEncodings(encodings.indexes());
        }
    }

    /**
     * Takes one measurement of the link.
     *
     * @return what to do with its video
     */
    public FallbackJudge.Action judge(long nowMillis, boolean poor) {
        return wanted.video() ? judge.judge(nowMillis, poor) : FallbackJudge.Action.NOTHING;
    }

    /** {@return whether video gives way to audio} */
    public FallbackState fallback() {
        return judge.fallback();
    }

    public LinkId linkId() {
        return linkId;
    }

    /** Sends what the subscriber asked for, within the limits of the publisher. */
    public void apply(LocalMedia media, VideoLimits limits) {
        link.setAudioActive(wanted.audio());
        link.setVideoActive(wanted.video() && !judge.isAudioOnly());
        LinkSettings settings = limits.settings(wanted, media.width(), media.height());
        if (!settings.equals(link.settings())) {
            link.setSettings(settings);
        }
    }

    public void deliver(LinkMessage message) {
        if (message instanceof LinkMessage.Restart) {
            link.restartIce();
        } else {
            LinkSignalingAdapter.deliver(link, message);
        }
    }

    public void setIceServers(List<IceServer> servers) {
        link.setIceServers(servers);
    }

    public void restart() {
        link.restartIce();
    }

    public LinkState state() {
        return recovery.state();
    }

    /** The signaling was interrupted: repeats what may not have arrived. */
    public void resendAfterInterruption() {
        link.resendOffer();
    }

    public CompletableFuture<LinkStats> stats() {
        return link.stats();
    }

    public CompletableFuture<List<RtcStats>> rtcStats() {
        return link.rtcStats();
    }

    /** {@return what the subscriber asked for} */
    public Subscription wanted() {
        return wanted;
    }

    /** {@return by which factor the link reduces width and height of the video, at least 1} */
    public double scale() {
        return link.settings().scaleResolutionDownBy();
    }

    public void close() {
        recovery.stop();
        link.close();
    }
}
