package dev.videosession.media;

import dev.videosession.media.link.IceCandidate;
import dev.videosession.media.link.LinkState;
import dev.videosession.media.link.LinkStats;
import dev.videosession.media.link.SessionDescription;
import java.util.concurrent.CompletableFuture;

/**
 * One end of a media path to one peer. Every method may be called from any thread and returns at once; the work is done,
 * in order, on the engine's media thread. What arrives at the wrong moment (an answer to an older offer, a candidate of
 * an older negotiation) is ignored and logged at debug level. After close everything is ignored.
 */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public abstract sealed class PeerLink implements AutoCloseable permits OutgoingLink, IncomingLink {
    PeerLink() {}

    /**
     * How the link fares.
     *
     * @return the state last told to the signaling
     */
    public final LinkState state() {
        throw new UnsupportedOperationException();
    }

    /**
     * The other end's description has come.
     *
     * @param description an answer for an outgoing link, an offer for an incoming one
     */
    public final void remoteDescription(SessionDescription description) {
        throw new UnsupportedOperationException();
    }

    /**
     * A candidate of the other end has come. Candidates ahead of their description are kept, up to 256 of them.
     *
     * @param candidate a path to the other end
     */
    public final void remoteCandidate(IceCandidate candidate) {
        throw new UnsupportedOperationException();
    }

    /**
     * Asks for the counters.
     *
     * @return completes on the media thread; fails with {@link java.util.concurrent.CancellationException} when the link is closed
     */
    public final CompletableFuture<LinkStats> stats() {
        throw new UnsupportedOperationException();
    }

    /**
     * Completes, on the media thread, when the link is closed and its native parts are freed.
     *
     * @return a copy: completing it has no effect on the link
     */
    public final CompletableFuture<Void> closed() {
        throw new UnsupportedOperationException();
    }

    /** Ends the link from any state. Returns at once; {@link #closed()} tells when it is done. A second call does nothing. */
    @Override
    public final void close() {
        throw new UnsupportedOperationException();
    }
}
