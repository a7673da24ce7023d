package dev.videosession.session.internal.stream;

import dev.videosession.media.MediaEngine;
import dev.videosession.media.internal.engine.RtcEngine;
import dev.videosession.media.internal.link.LinkState;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.IceServer;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.session.SessionException;
import dev.videosession.session.VideoChangeReason;
import dev.videosession.session.internal.dispatch.SessionErrors;
import dev.videosession.session.internal.link.SignalingPort;
import dev.videosession.session.internal.media.SharedMediaEngine;
import dev.videosession.session.internal.score.PathComparison;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The subscribers of one established connection. Changed on the loop only; {@link #subscribers()} may be read from any thread. */
public final class RemoteStreams {
    private final SignalingPort signaling;
    private final @Nullable MediaEngine ownEngine;
    private final Map<RemoteSubscriber, SubscriptionLink> incoming = new ConcurrentHashMap<>();
    private final PathComparison paths = new PathComparison();
    private final Map<LinkId, SubscriptionLink> byLink = new HashMap<>();
    /** Subscriptions that ended before the server answered. The server permits no other one to the same stream until then. */
    private final Map<StreamId, SubscriptionLink> ending = new HashMap<>();

    private final Map<StreamId, Runnable> afterwards = new HashMap<>();
    private @Nullable CompletableFuture<SharedMediaEngine.Lease> lease;

    public RemoteStreams(SignalingPort signaling, @Nullable MediaEngine ownEngine) {
        this.signaling = signaling;
        this.ownEngine = ownEngine;
    }

    public Collection<RemoteSubscriber> subscribers() {
        return incoming.keySet();
    }

    List<RemoteSubscriber> of(StreamId stream) {
        return incoming.keySet().stream()
                .filter(subscriber -> subscriber.stream().id().equals(stream))
                .toList();
    }

    public void subscribe(RemoteSubscriber subscriber) {
        SubscriptionLink stream = new SubscriptionLink(signaling, subscriber, paths);
        incoming.put(subscriber, stream);
        if (lease == null || lease.isCompletedExceptionally()) {
            lease = SharedMediaEngine.lease(ownEngine);
        }
        lease.whenComplete((ready, failure) -> signaling.loop().execute(() -> request(stream, ready, failure)));
    }

    private void request(
            SubscriptionLink stream, SharedMediaEngine.@Nullable Lease ready, @Nullable Throwable failure) {
        if (stream.isClosed()) {
            return;
        }
        if (ready == null) {
            Throwable cause = failure == null ? null : SessionErrors.unwrap(failure);
            String message = cause == null ? "media is unavailable" : String.valueOf(cause.getMessage());
            fail(stream, new SessionException(ErrorCode.SUBSCRIBE_FAILED, message, false, cause));
            return;
        }
        StreamId streamId = stream.subscriber().stream().id();
        if (ending.containsKey(streamId)) {
            Runnable earlier = afterwards.get(streamId);
            afterwards.put(streamId, () -> {
                if (earlier != null) {
                    earlier.run();
                }
                request(stream, ready, null);
            });
            return;
        }
        Subscription wanted = stream.subscriber().wanted();
        stream.requested();
        signaling.request(id -> new ClientMessage.Subscribe(id, streamId, wanted), reply -> {
            answered(stream, ready.engine(), wanted, reply);
            if (ending.remove(streamId, stream)) {
                Runnable next = afterwards.remove(streamId);
                if (next != null) {
                    next.run();
                }
            }
        });
    }

    private void answered(SubscriptionLink stream, RtcEngine engine, Subscription asked, ServerMessage.Reply reply) {
        stream.answered();
        if (reply instanceof ServerMessage.Subscribed subscribed) {
            if (stream.isClosed()) {
                unsubscribe(subscribed.linkId());
                return;
            }
            Subscription wanted = stream.subscriber().wanted();
            try {
                stream.open(subscribed.linkId(), engine, wanted);
            } catch (RuntimeException e) {
                unsubscribe(subscribed.linkId());
                fail(
                        stream,
                        new SessionException(ErrorCode.SUBSCRIBE_FAILED, "no media link: " + e.getMessage(), false, e));
                return;
            }
            byLink.put(subscribed.linkId(), stream);
            if (!wanted.equals(asked)) {
                changed(stream.subscriber());
            }
        } else if (reply instanceof ServerMessage.Failed failed && !stream.isClosed()) {
            fail(stream, SessionErrors.of(failed));
        }
    }

    private void fail(SubscriptionLink stream, SessionException error) {
        remove(stream);
        stream.subscriber().failed(error);
    }

    private void unsubscribe(LinkId linkId) {
        signaling.request(id -> new ClientMessage.Unsubscribe(id, linkId), ignoredReply -> {});
    }

    /** The application ends a subscription. */
    public void drop(RemoteSubscriber subscriber) {
        SubscriptionLink stream = incoming.get(subscriber);
        if (stream != null) {
            LinkId linkId = stream.linkId();
            boolean open = linkId != null && byLink.containsKey(linkId);
            remove(stream);
            if (open && linkId != null) {
                unsubscribe(linkId);
            }
        }
    }

    private void remove(SubscriptionLink stream) {
        if (stream.isRequested()) {
            ending.put(stream.subscriber().stream().id(), stream);
        }
        stream.close();
        incoming.remove(stream.subscriber());
        LinkId linkId = stream.linkId();
        if (linkId != null) {
            byLink.remove(linkId);
        }
    }

    public void changed(RemoteSubscriber subscriber) {
        SubscriptionLink stream = incoming.get(subscriber);
        LinkId linkId = stream == null ? null : stream.linkId();
        if (stream != null && linkId != null && byLink.containsKey(linkId)) {
            Subscription wanted = subscriber.wanted();
            stream.apply(wanted);
            signaling.request(id -> new ClientMessage.UpdateSubscription(id, linkId, wanted), ignoredReply -> {});
        }
    }

    public void deliver(LinkMessage message) {
        SubscriptionLink stream = byLink.get(message.linkId());
        if (stream != null) {
            stream.deliver(message);
        }
    }

    public void linkClosed(ServerMessage.LinkClosed closed) {
        SubscriptionLink stream = byLink.get(closed.linkId());
        if (stream != null && closed.reason() != null) {
            fail(
                    stream,
                    new SessionException(
                            ErrorCode.RATE_LIMIT_EXCEEDED,
                            "the server closed the media link because one end sent too much for it: subscribe again"));
        } else {
            linkClosed(closed.linkId());
        }
    }

    private void linkClosed(LinkId id) {
        SubscriptionLink stream = byLink.remove(id);
        if (stream != null) {
            stream.closeLink();
        }
    }

    /**
     * A stream ended: closes its links.
     *
     * @return its subscribers, which are destroyed after the application was notified
     */
    List<RemoteSubscriber> ended(StreamId id) {
        List<RemoteSubscriber> subscribers = of(id);
        for (RemoteSubscriber subscriber : subscribers) {
            SubscriptionLink stream = incoming.get(subscriber);
            if (stream != null) {
                remove(stream);
            }
        }
        return subscribers;
    }

    void videoChanged(StreamId id, boolean hasVideo) {
        of(id).forEach(subscriber -> subscriber.videoChanged(hasVideo, VideoChangeReason.PUBLISH_VIDEO));
    }

    /** Gives the links other ICE servers for their next ICE restart. */
    public void setIceServers(List<IceServer> servers) {
        byLink.values().forEach(link -> link.setIceServers(servers));
    }

    public List<LinkState> linkStates() {
        return byLink.values().stream().map(SubscriptionLink::state).toList();
    }

    public void resumed(Set<LinkId> known) {
        Set.copyOf(byLink.keySet()).stream().filter(id -> !known.contains(id)).forEach(this::linkClosed);
        byLink.values().forEach(SubscriptionLink::resendAfterInterruption);
    }

    @Nullable
    public SubscriptionLink link(RemoteSubscriber subscriber) {
        return incoming.get(subscriber);
    }

    /**
     * Ends every subscription: closes all links.
     *
     * @return the subscribers, which keep their last frame
     */
    public List<RemoteSubscriber> detachAll() {
        List<RemoteSubscriber> subscribers = List.copyOf(incoming.keySet());
        incoming.values().forEach(SubscriptionLink::close);
        incoming.clear();
        byLink.clear();
        ending.clear();
        afterwards.clear();
        CompletableFuture<SharedMediaEngine.Lease> held = lease;
        lease = null;
        if (held != null) {
            held.thenAccept(SharedMediaEngine.Lease::close);
        }
        return subscribers;
    }
}
