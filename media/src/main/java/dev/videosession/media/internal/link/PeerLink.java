package dev.videosession.media.internal.link;

import dev.videosession.media.internal.link.negotiation.Negotiation;
import dev.videosession.media.internal.link.negotiation.NegotiationState;
import dev.videosession.media.internal.link.negotiation.NegotiationState.Event;
import dev.videosession.media.internal.rtc.IceConfig;
import dev.videosession.media.internal.rtc.MediaLoop;
import dev.videosession.media.internal.rtc.RtcConnection;
import dev.videosession.media.internal.rtc.RtcFactory;
import dev.videosession.media.stats.LinkStats;
import dev.videosession.media.stats.RtcStats;
import dev.videosession.protocol.IceServer;
import dev.videosession.protocol.ice.IceCandidate;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One end of a media path to one peer. Any thread may call any method; a call returns at once, and the work is done in order on the
 * engine's media thread. What arrives at the wrong moment (an answer to an older offer, a candidate of an older negotiation) is
 * ignored and logged at debug level. After close everything is ignored.
 */
public abstract sealed class PeerLink implements AutoCloseable permits OutgoingLink, IncomingLink {
    private static final Logger LOG = LoggerFactory.getLogger(PeerLink.class);

    private static final long CONNECT_SECONDS = 15;

    final MediaLoop loop;
    private final Consumer<PeerLink> onClosed;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private volatile LinkState state = LinkState.NEW;

    // Confined to the media loop.
    private LinkConfig config;
    private final Negotiation negotiation;
    private final LinkDescriptions descriptions;
    private final LinkConnections connections;
    private Future<?> connectTimer = CompletableFuture.completedFuture(null);

    PeerLink(Consumer<PeerLink> onClosed, MediaLoop loop, LinkConfig config, LinkSignaling signaling) {
        this.onClosed = onClosed;
        this.loop = loop;
        this.config = config;
        negotiation = new Negotiation(loop);
        descriptions = new LinkDescriptions(
                new Exchanges(), negotiation, signaling, new RemoteCandidates(config.candidates()));
        connections = new LinkConnections(loop, new ConnectionEvents());
    }

    // ---- any thread

    /** {@return the current state of the link} */
    public final LinkState state() {
        return state;
    }

    /**
     * Takes a description of the peer. A description that does not fit the grammar, or what was negotiated before, fails its
     * negotiation and changes nothing else; the next offer can repair the link.
     *
     * @param description an answer for an outgoing link, an offer for an incoming one
     */
    public final void remoteDescription(RemoteDescription description) {
        enqueue(() -> onDescription(description));
    }

    /**
     * Takes a candidate of the peer. Candidates that arrive before their description are kept, up to 256 of them. Those that do not
     * fit the grammar or the {@linkplain LinkConfig#candidates() policy} are dropped.
     *
     * @param candidate an address of the peer
     */
    public final void remoteCandidate(RemoteCandidate candidate) {
        enqueue(() -> descriptions.add(candidate));
    }

    /**
     * Replaces the STUN and TURN servers, or their credentials. The path in use stays as it is; the next ICE restart uses the new ones.
     *
     * @param servers the servers
     * @throws IllegalArgumentException if the native library cannot use one of them
     */
    public final void setIceServers(List<IceServer> servers) {
        List<IceServer> usable = servers.stream().map(IceConfig::requireUsable).toList();
        enqueue(() -> {
            LinkConfig next = config.withIceServers(usable);
            config = next;
            try {
                connection().setIce(next.ice());
            } catch (Exception | Error e) { // the native side throws both without declaring them
                LOG.warn("event=iceServersRefused reason=\"{}\"", e.getMessage());
            }
        });
    }

    /**
     * Asks for the statistics of the link.
     *
     * @return completes on the media thread; fails with {@link CancellationException} if the link is closed
     */
    public final CompletableFuture<LinkStats> stats() {
        return ask(RtcConnection::stats)
                .thenApply(stats -> stats.withRefusals(descriptions.refused(), descriptions.droppedCandidates()));
    }

    /**
     * Asks for the native statistics report of the link.
     *
     * @return completes on the media thread with the entries; fails with {@link CancellationException} if the link is closed
     */
    public final CompletableFuture<List<RtcStats>> rtcStats() {
        return ask(RtcConnection::entries);
    }

    private <T> CompletableFuture<T> ask(BiConsumer<RtcConnection, Consumer<@Nullable T>> question) {
        CompletableFuture<T> result = new CompletableFuture<>();
        boolean queued = loop.execute(() -> {
            RtcConnection connection = connections.current();
            if (connection == null) {
                result.completeExceptionally(new CancellationException("The link is closed."));
                return;
            }
            question.accept(connection, answer -> {
                if (answer == null) {
                    result.completeExceptionally(new CancellationException("The link is closed."));
                } else {
                    result.complete(answer);
                }
            });
        });
        if (!queued) {
            result.completeExceptionally(new CancellationException("The media engine is closed."));
        }
        return result;
    }

    /**
     * {@return completes on the media thread when the link is closed and its native objects are released} It is a copy: completing
     * it has no effect on the link.
     */
    public final CompletableFuture<Void> closed() {
        return closed.copy();
    }

    /** Closes the link in any state. Returns at once; {@link #closed()} completes when it is done. A second call does nothing. */
    @Override
    public final void close() {
        loop.execute(this::closeNow);
    }

    /** Queues work that is done only while the link is open. */
    final void enqueue(Runnable work) {
        loop.execute(() -> {
            if (negotiation.state() != NegotiationState.CLOSED) {
                work.run();
            }
        });
    }

    /** Opens the connection. Called once. */
    public final void start() {
        enqueue(this::open);
    }

    // ---- the media loop

    private void open() {
        try {
            connect();
            onOpen();
        } catch (Exception | Error e) { // the native side throws both without declaring them
            LOG.warn("event=linkOpenFailed", e);
            closeNow();
        }
    }

    private void connect() {
        prepare(connections.open(factory(), config.ice()));
    }

    /**
     * Replaces a connection whose last exchange failed: the native library refuses every later one. Returns false if that is
     * impossible; then the link is closed.
     */
    final boolean prepareExchange() {
        return !connection().exchange().isDamaged() || replaceConnection();
    }

    /** Replaces the connection. Returns false if that is impossible; then the link is closed. */
    final boolean replaceConnection() {
        return replaceConnection(false);
    }

    /**
     * Replaces the connection, and lets a connected one receive until {@link #endFormer}: the link stays connected meanwhile. Returns
     * false if that is impossible; then the link is closed.
     */
    final boolean succeedConnection() {
        return replaceConnection(state == LinkState.CONNECTED && former() == null);
    }

    private boolean replaceConnection(boolean keeps) {
        LOG.debug("event=connectionReplaced negotiation={} keepsFormer={}", negotiation.number(), keeps);
        connections.retire(connection(), keeps);
        LinkConnections.runStep("releaseMedia", this::releaseMedia);
        try {
            connect();
        } catch (Exception | Error e) { // likewise
            LOG.warn("event=connectionReplaceFailed negotiation={}", negotiation.number(), e);
            closeNow();
            return false;
        }
        if (state == LinkState.CONNECTED && former() == null) {
            setState(LinkState.DISCONNECTED);
        }
        return true;
    }

    /** {@return the connection that still receives while another one takes its place, or null} */
    final @Nullable RtcConnection former() {
        return connections.former();
    }

    /** Closes the former connection: from now on the link is as connected as the one that took its place. */
    final void endFormer() {
        connections.endFormer();
    }

    /** {@return the factory of the connections of this link} */
    abstract RtcFactory factory();

    /** Adds media to a new connection: the first one, or one that replaces another. */
    abstract void prepare(RtcConnection connection);

    /** Called when the first connection is prepared. */
    abstract void onOpen();

    /** Called for each description of the peer while the link is open. */
    abstract void onDescription(RemoteDescription description);

    /** Called when an exchange has succeeded or failed: one that had to wait can begin. */
    abstract void onExchangeEnd();

    /** Releases what was added to a connection that is closed. */
    abstract void releaseMedia();

    /** Called when the connection that takes the place of a former one is connected. */
    abstract void onSuccessorConnected();

    /** Called when the former connection receives no more. */
    abstract void onFormerStopped();

    /** Called when the link is closed. */
    abstract void onClose();

    final Negotiation negotiation() {
        return negotiation;
    }

    /** {@return the open connection; only in {@link #enqueue}d work} */
    final RtcConnection connection() {
        RtcConnection connection = connections.current();
        if (connection == null) {
            throw new IllegalStateException("The link is not open.");
        }
        return connection;
    }

    final LinkDescriptions descriptions() {
        return descriptions;
    }

    /**
     * Limits the time to connect. The native library waits forever if the peer has no candidate, and does not notice that an offer
     * or its answer never arrived.
     */
    private void startConnectTimer() {
        connectTimer.cancel(false);
        connectTimer = loop.schedule(
                () -> {
                    if (negotiation.state() != NegotiationState.CLOSED
                            && connections.isConnecting()
                            && state != LinkState.FAILED) {
                        LOG.debug("event=connectTimedOut seconds={}", CONNECT_SECONDS);
                        setState(LinkState.FAILED);
                    }
                },
                CONNECT_SECONDS,
                TimeUnit.SECONDS);
    }

    private void setState(LinkState next) {
        if (state != next && state != LinkState.CLOSED) {
            state = next;
            descriptions.stateChanged(next);
        }
    }

    /** Closes the link, on the media loop. A second call does nothing. */
    public final void closeNow() {
        if (!negotiation.on(Event.CLOSED)) {
            return;
        }
        connections.close();
        LinkConnections.runStep("releaseMedia", this::releaseMedia);
        onClose();
        connectTimer.cancel(false);
        descriptions.clear();
        setState(LinkState.CLOSED);
        onClosed.accept(this);
        closed.complete(null);
    }

    private final class Exchanges implements LinkDescriptions.Owner {
        @Override
        public RtcConnection connection() {
            return PeerLink.this.connection();
        }

        @Override
        public void onApplied() {
            startConnectTimer();
        }

        @Override
        public void onFailed() {
            setState(LinkState.FAILED);
        }

        /** A connected link stays connected. */
        @Override
        public void onRefused() {
            if (state != LinkState.CONNECTED) {
                setState(LinkState.FAILED);
            }
        }

        @Override
        public void onExchangeEnd() {
            PeerLink.this.onExchangeEnd();
        }
    }

    private final class ConnectionEvents implements LinkConnections.Listener {
        @Override
        public void onCandidate(String mid, int index, IceCandidate found) {
            descriptions.send(mid, index, found);
        }

        @Override
        public void onState(RtcConnection.State next) {
            switch (next) {
                case NEW -> LOG.trace("event=connectionNew");
                case CONNECTING -> setState(LinkState.CONNECTING);
                case CONNECTED -> setState(LinkState.CONNECTED);
                case DISCONNECTED, CLOSED -> setState(LinkState.DISCONNECTED);
                case FAILED -> setState(LinkState.FAILED);
            }
        }

        @Override
        public void onSuccessorConnected() {
            PeerLink.this.onSuccessorConnected();
        }

        @Override
        public void onFormerStopped() {
            PeerLink.this.onFormerStopped();
        }

        @Override
        public void onFormerEnded(RtcConnection.State next) {
            if (next != RtcConnection.State.CONNECTED && state != LinkState.FAILED) {
                setState(LinkState.DISCONNECTED);
                onState(next);
            }
        }
    }
}
