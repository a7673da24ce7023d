package dev.videosession.session.internal.stream;

import dev.videosession.media.internal.engine.RtcEngine;
import dev.videosession.media.internal.link.IncomingLink;
import dev.videosession.media.internal.link.LinkState;
import dev.videosession.media.stats.LinkStats;
import dev.videosession.protocol.LinkId;
import dev.videosession.protocol.LinkMessage;
import dev.videosession.protocol.Subscription;
import dev.videosession.session.internal.link.LinkRecovery;
import dev.videosession.session.internal.link.LinkSignalingAdapter;
import dev.videosession.session.internal.link.SignalingPort;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One subscriber in one session, with its media link to the publisher. Lives on the session's loop. */
public final class SubscriptionLink {
    private final SignalingPort line;
    private final RemoteSubscriber subscriber;
    private final LinkRecovery recovery;
    private @Nullable LinkId linkId;
    private @Nullable IncomingLink link;
    private boolean wasConnected;
    private boolean broken;
    private boolean askedFor;
    private boolean closed;

    SubscriptionLink(SignalingPort line, RemoteSubscriber subscriber) {
        this.line = line;
        this.subscriber = subscriber;
        this.recovery = new LinkRecovery(line.loop(), this::askForRestart);
    }

    RemoteSubscriber subscriber() {
        return subscriber;
    }

    boolean isClosed() {
        return closed;
    }

    void requested() {
        askedFor = true;
    }

    void answered() {
        askedFor = false;
    }

    /** True from the request to the server until its answer. */
    boolean isBeingAskedFor() {
        return askedFor;
    }

    @Nullable
    LinkId linkId() {
        return linkId;
    }

    void open(LinkId id, RtcEngine engine, Subscription wanted) {
        linkId = id;
        IncomingLink opened = engine.receive(
                line.linkConfig(),
                new LinkSignalingAdapter(line, id, this::onState),
                subscriber.videoPipe(),
                subscriber.audioPipe());
        link = opened;
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
        if (current != null) {
            LinkSignalingAdapter.deliver(current, message);
        }
    }

    private void askForRestart() {
        LinkId id = linkId;
        if (id != null && !closed) {
            line.send(new LinkMessage.Restart(id));
        }
    }

    LinkState state() {
        return recovery.state();
    }

    void hurry() {
        recovery.hurry();
    }

    private void onState(LinkState state) {
        if (closed) {
            return;
        }
        recovery.onState(state);
        switch (state) {
            case CONNECTED -> {
                if (!wasConnected) {
                    wasConnected = true;
                    subscriber.linkConnected();
                } else if (broken) {
                    subscriber.linkReconnected();
                }
                broken = false;
            }
            case DISCONNECTED, FAILED -> {
                if (wasConnected && !broken) {
                    subscriber.linkDisconnected();
                }
                broken = true;
            }
            default -> {
                // being built or closed: nothing the application can use
            }
        }
    }

    /** Stops the media at once. */
    void closeLink() {
        recovery.stop();
        IncomingLink current = link;
        if (current != null) {
            current.close();
            link = null;
        }
    }

    void close() {
        closed = true;
        closeLink();
    }

    public CompletableFuture<LinkStats> stats() {
        IncomingLink current = link;
        return current == null
                ? CompletableFuture.failedFuture(new IllegalStateException("no media link"))
                : current.stats();
    }
}
