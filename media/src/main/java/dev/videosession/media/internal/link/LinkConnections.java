package dev.videosession.media.internal.link;

import dev.videosession.media.internal.rtc.IceConfig;
import dev.videosession.media.internal.rtc.MediaLoop;
import dev.videosession.media.internal.rtc.RtcConnection;
import dev.videosession.media.internal.rtc.RtcFactory;
import dev.videosession.protocol.ice.IceCandidate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection of a link, and beside it for a moment the former one, which receives until the current one has media. Reports of
 * connections that are neither are ignored. Confined to the media loop.
 */
final class LinkConnections {
    private static final Logger LOG = LoggerFactory.getLogger(LinkConnections.class);

    /** A former connection is closed after this time even if no media arrives from the one that takes its place. */
    private static final long FORMER_SECONDS = 10;

    private final MediaLoop loop;
    private final Listener listener;
    private @Nullable RtcConnection current;
    private @Nullable RtcConnection former;
    private @Nullable ConnectionReports currentReports;
    private @Nullable ConnectionReports formerReports;
    private Future<?> formerTimer = CompletableFuture.completedFuture(null);

    /** Follows the current connection. */
    interface Listener {
        /** The current connection has found a candidate of this end. */
        void onCandidate(String mid, int index, IceCandidate found);

        /** The state of the current connection has changed, and so has that of the link, because there is no former connection. */
        void onState(RtcConnection.State state);

        /** The current connection is connected, beside a former one. */
        void onSuccessorConnected();

        /** The former connection receives no more, and is closed next. */
        void onFormerStopped();

        /** There is no former connection any more: the state of the link is that of the current one. */
        void onFormerEnded(RtcConnection.State state);
    }

    LinkConnections(MediaLoop loop, Listener listener) {
        this.loop = loop;
        this.listener = listener;
    }

    /** {@return a new connection, which is the current one from now on} */
    RtcConnection open(RtcFactory factory, IceConfig ice) {
        ConnectionReports following = new ConnectionReports();
        RtcConnection created = new RtcConnection(factory, ice, loop::execute, following);
        currentReports = following;
        current = created;
        return created;
    }

    /** {@return the current connection, or null before the first and after close} */
    @Nullable
    RtcConnection current() {
        return current;
    }

    /** {@return the connection that still receives while another one takes its place, or null} */
    @Nullable
    RtcConnection former() {
        return former;
    }

    /** {@return whether the current connection has not been connected yet, and no former one is in its place} */
    boolean isConnecting() {
        return currentReports != null
                && former == null
                && (currentReports.last == RtcConnection.State.NEW
                        || currentReports.last == RtcConnection.State.CONNECTING);
    }

    /** Closes the current connection, or keeps it as the former one until {@link #endFormer}: another one is opened next. */
    void retire(RtcConnection connection, boolean keeps) {
        if (keeps) {
            former = connection;
            formerReports = currentReports;
            formerTimer = loop.schedule(this::endFormer, FORMER_SECONDS, TimeUnit.SECONDS);
        } else {
            connection.close();
        }
    }

    /** Closes the former connection, if there is one. */
    void endFormer() {
        RtcConnection last = former;
        if (last == null) {
            return;
        }
        forgetFormer();
        runStep("stopReceiving", last::stopReceiving);
        listener.onFormerStopped();
        runStep("closeFormer", last::close);
        LOG.debug("event=formerConnectionClosed");
        if (currentReports != null) {
            listener.onFormerEnded(currentReports.last);
        }
    }

    private void forgetFormer() {
        former = null;
        formerReports = null;
        formerTimer.cancel(false);
    }

    /** Closes both connections. */
    void close() {
        RtcConnection last = current;
        RtcConnection before = former;
        current = null;
        currentReports = null;
        forgetFormer();
        if (before != null) {
            runStep("closeFormer", before::close);
        }
        if (last != null) {
            runStep("close", last::close);
        }
    }

    /** Runs one step of closing; an exception does not prevent the next steps. */
    static void runStep(String name, Runnable step) {
        try {
            step.run();
        } catch (Exception | Error e) { // the native side throws both without declaring them
            LOG.warn("event=linkCloseFailed step={}", name, e);
        }
    }

    /** What one connection reports, on the media loop. */
    private final class ConnectionReports implements RtcConnection.Events {
        private RtcConnection.State last = RtcConnection.State.NEW;

        @Override
        public void onCandidate(String mid, int index, IceCandidate found) {
            if (currentReports == this) {
                listener.onCandidate(mid, index, found);
            }
        }

        @Override
        public void onState(RtcConnection.State next) {
            last = next;
            if (formerReports == this) {
                if (next != RtcConnection.State.CONNECTED) {
                    endFormer();
                }
            } else if (currentReports != this) {
                LOG.trace("event=connectionStateIgnored state={}", next);
            } else if (former == null) {
                listener.onState(next);
            } else if (next == RtcConnection.State.CONNECTED) {
                listener.onState(next);
                listener.onSuccessorConnected();
            }
        }
    }
}
