package dev.videosession.media.internal.link;

import dev.videosession.media.internal.link.NegotiationState.Event;
import dev.videosession.media.internal.rtc.LocalDescription;
import dev.videosession.media.internal.rtc.MediaLoop;
import dev.videosession.media.internal.rtc.RtcConnection;
import dev.videosession.media.internal.rtc.RtcFactory;
import dev.videosession.media.stats.LinkStats;
import dev.videosession.protocol.sdp.IceCandidate;
import dev.videosession.protocol.sdp.MalformedSdpException;
import dev.videosession.protocol.sdp.SessionDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One end of a media path to one peer. Every method may be called from any thread and returns at once; the work is done,
 * in order, on the engine's media thread. What arrives at the wrong moment (an answer to an older offer, a candidate of
 * an older negotiation) is ignored and logged at debug level. After close everything is ignored.
 */
public abstract sealed class PeerLink implements AutoCloseable permits OutgoingLink, IncomingLink {
    private static final Logger LOG = LoggerFactory.getLogger(PeerLink.class);

    private static final long CONNECT_SECONDS = 15;

    final MediaLoop loop;
    private final Consumer<PeerLink> onClosed;
    private final LinkConfig config;
    private final LinkSignaling signaling;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private volatile LinkState state = LinkState.NEW;

    // Owned by the media loop.
    private NegotiationState negotiation = NegotiationState.STABLE;
    private int number;
    private @Nullable RtcConnection connection;
    private final RemoteCandidates remoteCandidates;
    private final List<LinkCandidate> unsentCandidates = new ArrayList<>();
    private long refusedDescriptions;
    private Future<?> connectTimer = CompletableFuture.completedFuture(null);

    PeerLink(Consumer<PeerLink> onClosed, MediaLoop loop, LinkConfig config, LinkSignaling signaling) {
        this.onClosed = onClosed;
        this.loop = loop;
        this.config = config;
        this.signaling = signaling;
        remoteCandidates = new RemoteCandidates(config.candidates());
    }

    // ---- any thread

    /** {@return the current state of the link} */
    public final LinkState state() {
        return state;
    }

    /**
     * Takes a description of the peer. One that does not fit the grammar, or not what was negotiated before, ends its negotiation
     * and changes nothing else; the next offer can repair the link.
     *
     * @param description an answer for an outgoing link, an offer for an incoming one
     */
    public final void remoteDescription(RemoteDescription description) {
        enqueue(() -> takeDescription(description));
    }

    /**
     * Takes a candidate of the peer. Candidates ahead of their description are kept, up to 256 of them. Those that do not fit the
     * grammar or the {@linkplain LinkConfig#candidates() policy} are dropped.
     *
     * @param candidate an address of the peer
     */
    public final void remoteCandidate(RemoteCandidate candidate) {
        enqueue(() -> {
            if (candidate instanceof LinkCandidate parsed) {
                remoteCandidates.add(parsed, connection()::addCandidate);
            } else if (candidate instanceof RemoteCandidate.Refused refused) {
                remoteCandidates.refused(refused.reason());
            }
        });
    }

    /**
     * Asks for the counters.
     *
     * @return completes on the media thread; fails with {@link CancellationException} when the link is closed
     */
    public final CompletableFuture<LinkStats> stats() {
        CompletableFuture<LinkStats> result = new CompletableFuture<>();
        boolean queued = loop.execute(() -> {
            if (connection == null) {
                result.completeExceptionally(new CancellationException("The link is closed"));
                return;
            }
            connection.stats(stats -> {
                if (stats == null) {
                    result.completeExceptionally(new CancellationException("The link is closed"));
                } else {
                    result.complete(stats.withRefusals(refusedDescriptions, remoteCandidates.dropped()));
                }
            });
        });
        if (!queued) {
            result.completeExceptionally(new CancellationException("The engine is closed"));
        }
        return result;
    }

    /**
     * Completes, on the media thread, when the link is closed and its native parts are released.
     *
     * @return a copy: completing it has no effect on the link
     */
    public final CompletableFuture<Void> closed() {
        return closed.copy();
    }

    /** Ends the link from any state. Returns at once; {@link #closed()} tells when it is done. A second call does nothing. */
    @Override
    public final void close() {
        loop.execute(this::closeNow);
    }

    /** Puts work on the loop that is only done while the link is open. */
    final void enqueue(Runnable work) {
        loop.execute(() -> {
            if (negotiation != NegotiationState.CLOSED) {
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
            begin();
        } catch (Exception | Error e) { // the native side throws both without declaring them
            LOG.warn("A link could not be opened", e);
            closeNow();
        }
    }

    private void connect() {
        RtcConnection made = new RtcConnection(
                factory(),
                config.iceServers(),
                config.policy() == LinkConfig.IcePolicy.RELAY,
                loop::execute,
                new ConnectionEvents());
        connection = made;
        opened(made);
    }

    /**
     * Makes the connection fit for a new exchange: the native library refuses every exchange after one that failed, so the connection
     * is replaced then. False, and the link is closed, if that is impossible.
     */
    final boolean prepareConnection() {
        RtcConnection last = connection();
        if (last.isDamaged()) {
            LOG.debug("The connection of a link is replaced after a failed exchange");
            last.close();
            releasing("release", this::released);
            try {
                connect();
            } catch (Exception | Error e) { // likewise
                LOG.warn("The connection of a link could not be replaced", e);
                closeNow();
                return false;
            }
        }
        return true;
    }

    /** The factory whose connections fit this link. */
    abstract RtcFactory factory();

    /** A connection is there: the first one, or one that replaces another. */
    abstract void opened(RtcConnection connection);

    /** The link is open. */
    abstract void begin();

    /** A description of the peer, on the loop, while open. */
    abstract void takeDescription(RemoteDescription description);

    /** An exchange succeeded or failed; what was put off may begin. */
    abstract void settled();

    /** A connection is closed: releases what only it used. */
    abstract void released();

    /** The link is closed. */
    abstract void closing();

    final NegotiationState negotiation() {
        return negotiation;
    }

    final int number() {
        return number;
    }

    final void number(int next) {
        number = next;
    }

    /** The open connection; only inside {@link #enqueue}d work. */
    final RtcConnection connection() {
        if (connection == null) {
            throw new IllegalStateException("The link is not open");
        }
        return connection;
    }

    /** Moves the negotiation on; false, and nothing happens, when the event does not fit. */
    final boolean enter(Event event) {
        loop.assertInLoop();
        NegotiationState next = negotiation.after(event).orElse(null);
        if (next == null) {
            LOG.debug("{} is refused in {} (negotiation {})", event, negotiation, number);
            return false;
        }
        negotiation = next;
        return true;
    }

    /** Applies a description made here, then sends it, then the candidates found meanwhile. */
    final void applyAndSend(LocalDescription made, Event sent) {
        connection()
                .applyLocal(
                        made,
                        () -> {
                            if (!enter(sent)) {
                                return;
                            }
                            LinkDescription description = new LinkDescription(number, made.description());
                            tell("sendDescription", () -> signaling.sendDescription(description));
                            List<LinkCandidate> found = List.copyOf(unsentCandidates);
                            unsentCandidates.clear();
                            found.forEach(candidate -> tell("sendCandidate", () -> signaling.sendCandidate(candidate)));
                            expectConnection();
                            settled();
                        },
                        this::negotiationFailed);
    }

    /** Applies the peer's description and the candidates that waited for it. */
    final void applyRemote(SessionDescription description, Event applied, Runnable next) {
        SessionDescription permitted = remoteCandidates.filter(description);
        connection()
                .applyRemote(
                        permitted,
                        () -> {
                            if (enter(applied)) {
                                remoteCandidates.applied(number, permitted, connection()::addCandidate);
                                expectConnection();
                                next.run();
                            }
                        },
                        this::negotiationFailed);
    }

    /**
     * Ends the negotiation that a description of the peer began: the description does not fit the grammar or the rules. Nothing of it
     * reached the native library, so a link that is connected stays so.
     */
    final void refuse(String reason) {
        if (!enter(Event.FAILED)) {
            return;
        }
        if (++refusedDescriptions == 1) {
            LOG.warn("Negotiation {} failed: the peer's description is refused: {}", number, reason);
        } else {
            LOG.debug("Negotiation {} failed: the peer's description is refused: {}", number, reason);
        }
        unsentCandidates.clear();
        if (state != LinkState.CONNECTED) {
            change(LinkState.FAILED);
        }
        settled();
    }

    /** Runs the work on a parsed description; refuses what is not parsed, and what the work refuses. */
    final void admit(RemoteDescription remote, Consumer<SessionDescription> work) {
        if (remote instanceof LinkDescription parsed) {
            try {
                work.accept(parsed.description());
            } catch (MalformedSdpException e) {
                refuse(String.valueOf(e.getMessage()));
            }
        } else if (remote instanceof RemoteDescription.Refused refused) {
            refuse(refused.reason());
        }
    }

    /**
     * The native library waits for ever when the other end has no candidate at all, and nobody else notices that an offer
     * or its answer never arrived.
     */
    private void expectConnection() {
        connectTimer.cancel(false);
        connectTimer = loop.schedule(
                () -> {
                    if (negotiation != NegotiationState.CLOSED
                            && (state == LinkState.NEW || state == LinkState.CONNECTING)) {
                        LOG.debug("No path was found within {} seconds", CONNECT_SECONDS);
                        change(LinkState.FAILED);
                    }
                },
                CONNECT_SECONDS,
                TimeUnit.SECONDS);
    }

    final void negotiationFailed(String reason) {
        if (enter(Event.FAILED)) {
            LOG.warn("Negotiation {} failed: {}", number, reason);
            unsentCandidates.clear();
            change(LinkState.FAILED);
            settled();
        }
    }

    private void change(LinkState next) {
        if (state != next && state != LinkState.CLOSED) {
            state = next;
            tell("stateChanged", () -> signaling.stateChanged(next));
        }
    }

    private static void tell(String what, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            LOG.warn("The signaling failed in {}", what, e);
        }
    }

    /** Closes the link, on the media loop. A second call does nothing. */
    public final void closeNow() {
        if (!enter(Event.CLOSED)) {
            return;
        }
        RtcConnection last = connection;
        connection = null;
        if (last != null) {
            releasing("close", last::close);
        }
        releasing("release", this::released);
        closing();
        connectTimer.cancel(false);
        remoteCandidates.clear();
        unsentCandidates.clear();
        change(LinkState.CLOSED);
        onClosed.accept(this);
        closed.complete(null);
    }

    /** What one step throws must not keep the next ones from being done. */
    private static void releasing(String what, Runnable step) {
        try {
            step.run();
        } catch (Exception | Error e) { // likewise
            LOG.warn("A link was not closed completely: {} failed", what, e);
        }
    }

    private final class ConnectionEvents implements RtcConnection.Events {
        @Override
        public void candidate(String mid, int index, IceCandidate found) {
            LinkCandidate candidate = new LinkCandidate(number, mid, index, found);
            if (negotiation == NegotiationState.MAKING_OFFER || negotiation == NegotiationState.MAKING_ANSWER) {
                unsentCandidates.add(candidate);
            } else {
                tell("sendCandidate", () -> signaling.sendCandidate(candidate));
            }
        }

        @Override
        public void stateChanged(RtcConnection.State next) {
            switch (next) {
                case NEW -> LOG.trace("The connection is new");
                case CONNECTING -> change(LinkState.CONNECTING);
                case CONNECTED -> change(LinkState.CONNECTED);
                case DISCONNECTED, CLOSED -> change(LinkState.DISCONNECTED);
                case FAILED -> change(LinkState.FAILED);
            }
        }
    }
}
