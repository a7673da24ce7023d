package dev.videosession.session.internal.stream;

import dev.videosession.media.internal.engine.RtcEngine;
import dev.videosession.media.internal.link.IncomingLink;
import dev.videosession.media.internal.link.LinkState;
import dev.videosession.media.stats.LinkStats;
import dev.videosession.media.stats.RtcStats;
import dev.videosession.protocol.IceServer;
import dev.videosession.protocol.message.FallbackState;
import dev.videosession.protocol.message.Feature;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.session.internal.link.LinkRecovery;
import dev.videosession.session.internal.link.LinkSignalingAdapter;
import dev.videosession.session.internal.link.ReceptionFallback;
import dev.videosession.session.internal.link.ReceptionReports;
import dev.videosession.session.internal.link.SignalingPort;
import dev.videosession.session.internal.score.ExpectedMedia;
import dev.videosession.session.internal.score.PathComparison;
import dev.videosession.session.internal.score.QualityMonitor;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One subscriber in one session, with its media link from the publisher. Used on the session's loop. */
public final class SubscriptionLink {
    private final SignalingPort signaling;
    private final RemoteSubscriber subscriber;
    private final LinkRecovery recovery;
    private final QualityMonitor monitor;
    private @Nullable LinkId linkId;
    private @Nullable IncomingLink link;
    private @Nullable ReceptionReports reports;
    private final ReceptionFallback reception = new ReceptionFallback();
    private FallbackState decidedByPeer = FallbackState.VIDEO;
    private FallbackState decidedHere = FallbackState.VIDEO;
    private FallbackState fallback = FallbackState.VIDEO;
    private SubscriptionState state = SubscriptionState.NEW;

    SubscriptionLink(SignalingPort signaling, RemoteSubscriber subscriber, PathComparison paths) {
        this.signaling = signaling;
        this.subscriber = subscriber;
        this.monitor = new QualityMonitor(
                signaling.loop(),
                this::stats,
                this::expected,
                paths,
                subscriber.stream().connection().id(),
                subscriber.quality(),
                score -> subscriber.tell(listener -> listener.onQualityScoreChanged(score)));
        this.recovery = new LinkRecovery(signaling.loop(), this::askForRestart);
    }

    RemoteSubscriber subscriber() {
        return subscriber;
    }

    boolean isClosed() {
        return state == SubscriptionState.CLOSED;
    }

    void requested() {
        move(SubscriptionState.Input.REQUEST);
    }

    void answered() {
        move(SubscriptionState.Input.ANSWER);
    }

    /** {@return whether the server was asked and has not answered} */
    boolean isRequested() {
        return state == SubscriptionState.REQUESTED;
    }

    @Nullable
    LinkId linkId() {
        return linkId;
    }

    void open(LinkId id, RtcEngine engine, Subscription wanted) {
        linkId = id;
        IncomingLink opened = engine.receive(
                signaling.linkConfig(),
                new LinkSignalingAdapter(signaling, id, this::onState),
                subscriber.videoPipe(),
                subscriber.audioPipe());
        link = opened;
        recovery.expectConnection(); // the first offer may be lost, or the other end may have failed before it
        reports = new ReceptionReports(signaling, id, opened::stats, this::received);
        apply(wanted);
    }

    void apply(Subscription wanted) {
        IncomingLink current = link;
        if (current != null) {
            current.setAudioActive(wanted.audio());
            current.setVideoActive(wanted.video());
        }
    }

    void deliver(LinkMessage message) {
        IncomingLink current = link;
        if (message instanceof LinkMessage.Fallback changed) {
            decidedByPeer = changed.state();
            reportFallback();
        } else if (message instanceof LinkMessage.Probe probe) {
            if (reports != null) {
                reports.onProbe(probe);
            }
        } else if (current != null) {
            LinkSignalingAdapter.deliver(current, message);
        }
    }

    private void received(LinkMessage.ReceptionReport report) {
        boolean expected = subscriber.wanted().video() && subscriber.stream().hasVideo();
        decidedHere = reception.observe(signaling.loop().nowMillis(), expected, report);
        reportFallback();
    }

    private void reportFallback() {
        FallbackState now = decidedHere.compareTo(decidedByPeer) > 0 ? decidedHere : decidedByPeer;
        FallbackEvents.report(fallback, now, subscriber);
        fallback = now;
    }

    void setIceServers(List<IceServer> servers) {
        IncomingLink current = link;
        if (current != null) {
            current.setIceServers(servers);
        }
    }

    private void askForRestart() {
        LinkId id = linkId;
        if (id != null && !isClosed()) {
            signaling.send(new LinkMessage.Restart(id));
        }
    }

    LinkState state() {
        return recovery.state();
    }

    void resendAfterInterruption() {
        recovery.resendAfterInterruption();
    }

    private void onState(LinkState linkState) {
        if (isClosed()) {
            return;
        }
        recovery.onState(linkState);
        SubscriptionState before = state;
        switch (linkState) {
            case CONNECTED -> {
                move(SubscriptionState.Input.CONNECT);
                if (reports != null) {
                    reports.start();
                }
                monitor.start();
                if (before == SubscriptionState.OPENING) {
                    subscriber.linkConnected();
                } else if (before == SubscriptionState.INTERRUPTED) {
                    reception.restart();
                    subscriber.linkReconnected();
                }
            }
            case DISCONNECTED, FAILED -> {
                move(SubscriptionState.Input.INTERRUPT);
                if (before == SubscriptionState.CONNECTED) {
                    subscriber.linkDisconnected();
                }
            }
            default -> {
                // being opened or closed: nothing to report
            }
        }
    }

    /** Closes the link: media stops at once. */
    void closeLink() {
        recovery.stop();
        monitor.stop();
        if (reports != null) {
            reports.stop();
        }
        IncomingLink current = link;
        if (current != null) {
            current.close();
            link = null;
        }
    }

    void close() {
        move(SubscriptionState.Input.CLOSE);
        closeLink();
    }

    public CompletableFuture<LinkStats> stats() {
        IncomingLink current = link;
        return current == null
                ? CompletableFuture.failedFuture(new IllegalStateException("no media link"))
                : current.stats();
    }

    public CompletableFuture<List<RtcStats>> rtcStats() {
        IncomingLink current = link;
        return current == null
                ? CompletableFuture.failedFuture(new IllegalStateException("no media link"))
                : current.rtcStats();
    }

    private ExpectedMedia expected() {
        return ExpectedMedia.received(
                subscriber.stream(),
                subscriber.wanted(),
                signaling.serverUnderstands(Feature.MEDIA_ROUTER),
                recovery.state() == LinkState.CONNECTED);
    }

    private void move(SubscriptionState.Input input) {
        SubscriptionState next = state.after(input);
        if (next == null) {
            throw new IllegalStateException(input + " in state " + state);
        }
        state = next;
    }
}
