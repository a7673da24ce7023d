package dev.videosession.media;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.videosession.media.link.IceCandidate;
import dev.videosession.media.link.LinkConfig;
import dev.videosession.media.link.LinkSignaling;
import dev.videosession.media.link.LinkState;
import dev.videosession.media.link.LinkStats;
import dev.videosession.media.link.NegotiationState;
import dev.videosession.media.link.NegotiationState.Event;
import dev.videosession.media.link.SessionDescription;
import dev.videosession.media.rtc.NativeRefs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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
    private final MediaEngine engine;
    private final LinkConfig config;
    private final LinkSignaling signaling;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private volatile LinkState state = LinkState.NEW;

    // Owned by the media loop.
    private NegotiationState negotiation = NegotiationState.STABLE;
    private int number;
    private @Nullable RTCPeerConnection connection;
    private final RemoteCandidates remoteCandidates = new RemoteCandidates();
    private final List<IceCandidate> unsentCandidates = new ArrayList<>();
    private final Map<Long, CompletableFuture<LinkStats>> pendingStats = new HashMap<>();
    private long statsAsked;
    private Future<?> connectTimer = CompletableFuture.completedFuture(null);

    PeerLink(MediaEngine engine, MediaLoop loop, LinkConfig config, LinkSignaling signaling) {
        this.engine = engine;
        this.loop = loop;
        this.config = config;
        this.signaling = signaling;
    }

    // ---- any thread

    /**
     * How the link fares.
     *
     * @return the state last told to the signaling
     */
    public final LinkState state() {
        return state;
    }

    /**
     * The other end's description has come.
     *
     * @param description an answer for an outgoing link, an offer for an incoming one
     */
    public final void remoteDescription(SessionDescription description) {
        enqueue(() -> takeDescription(description));
    }

    /**
     * A candidate of the other end has come. Candidates ahead of their description are kept, up to 256 of them.
     *
     * @param candidate a path to the other end
     */
    public final void remoteCandidate(IceCandidate candidate) {
        enqueue(() -> remoteCandidates.add(candidate, this::addCandidate));
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
            long asked = ++statsAsked;
            pendingStats.put(asked, result);
            connection.getStats(report -> loop.execute(() -> {
                if (pendingStats.remove(asked) != null) {
                    result.complete(StatsReader.read(report));
                }
            }));
        });
        if (!queued) {
            result.completeExceptionally(new CancellationException("The engine is closed"));
        }
        return result;
    }

    /**
     * Completes, on the media thread, when the link is closed and its native parts are freed.
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

    final void start() {
        enqueue(this::open);
    }

    // ---- the media loop

    private void open() {
        try {
            RTCPeerConnection made = factory()
                    .createPeerConnection(
                            NativeConfig.of(config), NativeEvents.connection(loop, new ConnectionEvents()));
            if (made == null) {
                throw new IllegalStateException("the native library refused the configuration of the link");
            }
            connection = made;
            opened(made);
        } catch (Exception | Error e) { // the native side throws both without declaring them
            LOG.warn("A link could not be opened", e);
            closeNow();
        }
    }

    /** The factory whose connections fit this link. */
    abstract PeerConnectionFactory factory();

    /** The connection is there. */
    abstract void opened(RTCPeerConnection connection);

    /** A description from the other end, on the loop, while open. */
    abstract void takeDescription(SessionDescription description);

    /** An exchange is over, well or badly; what was put off may begin. */
    abstract void settled();

    abstract void transceiver(RTCRtpTransceiver transceiver);

    /** Lets go of tracks and sinks; the connection is closed next. */
    abstract void detach();

    /** Gives back what only the closed connection still used. */
    abstract void released();

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
    final RTCPeerConnection connection() {
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
    final void applyAndSend(RTCSessionDescription description, Event sent) {
        connection()
                .setLocalDescription(
                        description,
                        NativeEvents.applied(
                                loop,
                                () -> {
                                    if (!enter(sent)) {
                                        return;
                                    }
                                    SessionDescription.Type type = description.sdpType == RTCSdpType.OFFER
                                            ? SessionDescription.Type.OFFER
                                            : SessionDescription.Type.ANSWER;
                                    tell(
                                            "sendDescription",
                                            () -> signaling.sendDescription(
                                                    new SessionDescription(number, type, description.sdp)));
                                    List<IceCandidate> found = List.copyOf(unsentCandidates);
                                    unsentCandidates.clear();
                                    found.forEach(candidate ->
                                            tell("sendCandidate", () -> signaling.sendCandidate(candidate)));
                                    expectConnection();
                                    settled();
                                },
                                this::negotiationFailed));
    }

    /** Applies the other end's description and the candidates that waited for it. */
    final void applyRemote(RTCSdpType type, SessionDescription description, Event applied, Runnable next) {
        connection()
                .setRemoteDescription(
                        new RTCSessionDescription(type, description.sdp()),
                        NativeEvents.applied(
                                loop,
                                () -> {
                                    if (enter(applied)) {
                                        remoteCandidates.applied(description.number(), this::addCandidate);
                                        expectConnection();
                                        next.run();
                                    }
                                },
                                this::negotiationFailed));
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

    /** Runs native work of a negotiation; what it throws ends the negotiation, not the loop. */
    final void attempt(Supplier<String> what, Runnable work) {
        try {
            work.run();
        } catch (Exception | Error e) { // the native side throws checked exceptions and Errors without declaring them
            LOG.debug("{} failed", what.get(), e);
            negotiationFailed(what.get() + ": " + e.getMessage());
        }
    }

    private void addCandidate(IceCandidate candidate) {
        try {
            String mid = candidate.sdpMid() == null ? "" : candidate.sdpMid();
            connection().addIceCandidate(new RTCIceCandidate(mid, candidate.sdpMLineIndex(), candidate.candidate()));
        } catch (Exception | Error e) { // likewise
            LOG.debug("A candidate was refused", e);
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

    final void closeNow() {
        if (!enter(Event.CLOSED)) {
            return;
        }
        RTCPeerConnection last = connection;
        connection = null;
        if (last != null) {
            long handle = NativeRefs.handle(last);
            freeing("detach", this::detach);
            freeing("close", last::close);
            freeing("release", () -> NativeRefs.release(handle));
        }
        freeing("free", this::released);
        connectTimer.cancel(false);
        remoteCandidates.clear();
        unsentCandidates.clear();
        pendingStats
                .values()
                .forEach(each -> each.completeExceptionally(new CancellationException("The link is closed")));
        pendingStats.clear();
        change(LinkState.CLOSED);
        engine.closed(this);
        closed.complete(null);
    }

    /** What one step throws must not keep the next ones from being done. */
    private static void freeing(String what, Runnable step) {
        try {
            step.run();
        } catch (Exception | Error e) { // likewise
            LOG.warn("A link was not closed completely: {} failed", what, e);
        }
    }

    private final class ConnectionEvents implements NativeEvents.Listener {
        @Override
        public void candidate(RTCIceCandidate found) {
            if (negotiation == NegotiationState.CLOSED) {
                return;
            }
            IceCandidate candidate = new IceCandidate(number, found.sdpMid, found.sdpMLineIndex, found.sdp);
            if (negotiation == NegotiationState.MAKING_OFFER || negotiation == NegotiationState.MAKING_ANSWER) {
                unsentCandidates.add(candidate);
            } else {
                tell("sendCandidate", () -> signaling.sendCandidate(candidate));
            }
        }

        @Override
        public void connection(RTCPeerConnectionState next) {
            switch (next) {
                case NEW -> LOG.trace("The connection is new");
                case CONNECTING -> change(LinkState.CONNECTING);
                case CONNECTED -> change(LinkState.CONNECTED);
                case DISCONNECTED, CLOSED -> change(LinkState.DISCONNECTED);
                case FAILED -> change(LinkState.FAILED);
            }
        }

        @Override
        public void transceiver(RTCRtpTransceiver found) {
            if (negotiation != NegotiationState.CLOSED) {
                PeerLink.this.transceiver(found);
            }
        }
    }
}
