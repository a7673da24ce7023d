package dev.videosession.server.internal.session;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.server.internal.engine.NodeDirectory;
import dev.videosession.server.internal.engine.Operation;
import dev.videosession.server.internal.engine.SessionEngine;
import dev.videosession.server.internal.engine.SessionExecutor;
import dev.videosession.server.internal.link.RouterDriver;
import dev.videosession.server.internal.link.routed.RouterLease;
import dev.videosession.server.internal.log.Append;
import dev.videosession.server.internal.log.ConnectionRecord;
import dev.videosession.server.internal.log.Guard;
import dev.videosession.server.internal.log.SideRecord;
import dev.videosession.server.internal.presence.LinkReconciler;
import dev.videosession.server.internal.rules.Decision;
import dev.videosession.server.internal.state.Link;
import dev.videosession.server.internal.state.LoggedState;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lease of a session that several servers share: the record of a connection with the id of the router, which names the server
 * that drives it, and counts its terms. It is taken and passed on like any connection, so that what a former holder still writes is
 * refused. Belongs to the session's loop.
 */
final class SharedRouterLease implements RouterLease {
    private static final Logger LOG = LoggerFactory.getLogger(SharedRouterLease.class);
    private static final ConnectionId ROUTER = ServerMessage.LinkOpened.ROUTER;
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final SessionId session;
    private final LoggedState state;
    private final SessionExecutor loop;
    private final NodeDirectory nodes;
    private final RouterHandOver handOver;
    private final Set<Long> dead = new HashSet<>(0);
    private @Nullable SessionEngine engine;
    private @Nullable RouterDriver router;
    private Phase phase = Phase.UNKNOWN;
    private long driver = Guard.NO_OWNER;
    private int term;
    private boolean askAgain;
    private boolean given;

    /** Which server has the lease. */
    private enum Phase {
        /** Not looked up. */
        UNKNOWN,
        /** It is being looked up or taken. */
        ASKING,
        /** Another server. */
        ELSEWHERE,
        /** This server. */
        HELD
    }

    SharedRouterLease(SessionId session, LoggedState state, SessionExecutor loop, NodeDirectory nodes) {
        this.session = session;
        this.state = state;
        this.loop = loop;
        this.nodes = nodes;
        this.handOver = new RouterHandOver(session, nodes, this);
    }

    /** Sets the parts of the session, which need the lease themselves. */
    void use(SessionEngine sessionEngine, RouterDriver sessionRouter) {
        engine = sessionEngine;
        router = sessionRouter;
    }

    SessionEngine engine() {
        return Objects.requireNonNull(engine);
    }

    private RouterDriver router() {
        return Objects.requireNonNull(router);
    }

    @Override
    public boolean isHeld() {
        return phase == Phase.HELD;
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public boolean isFullElsewhere() {
        return phase == Phase.ELSEWHERE && nodes.isRouterFull(driver);
    }

    @Override
    public int term() {
        return term;
    }

    /** {@return whether it is not known yet which server has the lease: it may be this one} */
    boolean isAsking() {
        return phase == Phase.ASKING;
    }

    /** The session was read. This server may have the lease: it may have driven the router before it lost its copy of the session. */
    void opened() {
        if (phase == Phase.HELD) {
            drive(false); // it has not known the streams before
        } else {
            require();
        }
    }

    @Override
    public void require() {
        if (phase == Phase.UNKNOWN && !handOver.isLeaving()) {
            ask();
        }
    }

    @Override
    public void released() {
        phase = Phase.UNKNOWN;
    }

    /** A server is dead. If it drove the router, this one may. */
    void ownerDied(long epoch) {
        dead.add(epoch);
        if (!handOver.isLeaving() && (phase == Phase.UNKNOWN || phase == Phase.ELSEWHERE)) {
            ask();
        }
    }

    /** Another server stops, and has chosen this one to drive the router. */
    void given() {
        given = true;
        if (phase == Phase.ASKING) {
            askAgain = true; // what is on its way may have been read before
        } else if (phase != Phase.HELD) {
            ask();
        }
    }

    /**
     * This server stops: one that has connections of the session drives the router from now on, or as soon as there is one.
     *
     * @param then called when the lease is passed on, or cannot be at the moment
     */
    void handOver(Runnable then) {
        handOver.begin(then);
    }

    /** Another server has taken a connection over, and may take the lease. */
    void connectionReleased() {
        handOver.retry();
    }

    /** The lease is passed on. This server forwards for a moment more. */
    void passedOn(long next) {
        router().passOn();
        driver = next;
        phase = Phase.ELSEWHERE;
    }

    /** Notices may have been lost; the record names this owner, or none. */
    void check(@Nullable Long owner) {
        if (phase == Phase.ASKING) {
            return;
        }
        boolean own = owner != null && owner == engine().epoch();
        if (phase == Phase.HELD && own) {
            drive(false);
            return;
        }
        if (phase == Phase.HELD) {
            router().release();
        }
        phase = Phase.UNKNOWN;
        if ((own || !state.streams().isEmpty()) && !handOver.isLeaving()) {
            ask();
        }
    }

    private void ask() {
        phase = Phase.ASKING;
        askAgain = false;
        engine().log().fetch(ROUTER, streamIds(), this::answered);
    }

    private void answered(boolean read) {
        if (phase != Phase.ASKING) {
            return;
        }
        if (!read) {
            askLater();
            return;
        }
        Optional<ConnectionRecord> record = engine().records().connection(ROUTER);
        long owner = record.map(ConnectionRecord::epoch).orElse(Guard.NO_OWNER);
        int terms = record.map(found -> (int) found.lastResume()).orElse(0);
        if (owner == engine().epoch() && given) {
            gained(terms);
        } else if (owner == engine().epoch()) {
            engine().submit(new Claim(owner, terms + 1)); // offers of the router must follow those of its lost ends
        } else if (owner == Guard.NO_OWNER ? !state.streams().isEmpty() : dead.contains(owner)) {
            engine().submit(new Claim(owner, terms + 1));
        } else if (askAgain) {
            ask();
        } else {
            given = false;
            driver = owner;
            phase = owner == Guard.NO_OWNER ? Phase.UNKNOWN : Phase.ELSEWHERE;
        }
    }

    private List<StreamId> streamIds() {
        return state.streams().stream().map(StreamInfo::streamId).toList();
    }

    private void askLater() {
        var unused = loop.schedule(
                () -> {
                    if (phase == Phase.ASKING) {
                        ask();
                    }
                },
                RETRY_NANOS);
    }

    private void gained(int terms) {
        phase = Phase.HELD;
        given = false;
        term = terms;
        LOG.info("event=routerLeaseTaken session={} term={}", session, terms);
        drive(false);
        handOver.retry();
    }

    /** Links that were recorded while no server drove the router, or whose messages were lost, are read from the records. */
    private void drive(boolean drops) {
        RouterDriver.Reading reading = router().read();
        engine().log().fetch(ROUTER, streamIds(), read -> {
            try (reading) {
                if (phase != Phase.HELD) {
                    return;
                }
                if (!read) {
                    driveLater(drops, RETRY_NANOS);
                } else if (reading.drive(engine().openLinks(), List.copyOf(state.streams()), drops)) {
                    driveLater(true, LinkReconciler.WRITE_AGAIN_NANOS);
                }
            }
        });
    }

    private void driveLater(boolean drops, long nanos) {
        var unused = loop.schedule(
                () -> {
                    if (phase == Phase.HELD) {
                        drive(drops);
                    }
                },
                nanos);
    }

    @Override
    public void record(@Nullable Link closed, Link opened, Runnable then) {
        engine().submit(new PublisherLinkChange(this, closed, opened, then));
    }

    /** Takes the lease. */
    private final class Claim extends Operation {
        private final long previous;
        private final int newTerm;
        private boolean valid;

        Claim(long previous, int newTerm) {
            super(ROUTER);
            this.previous = previous;
            this.newTerm = newTerm;
        }

        @Override
        protected long ownerEpoch(long own) {
            return previous;
        }

        @Override
        protected boolean mayFollow(Append batch) {
            return false;
        }

        @Override
        protected Decision decide(LoggedState current) {
            valid = phase == Phase.ASKING && current.connectionCount() > 0;
            return Decision.Accepted.NOTHING;
        }

        @Override
        protected void write(Decision decision, Append step) {
            if (valid) {
                step.record(new SideRecord.PutConnection(new ConnectionRecord(ROUTER, engine().epoch(), newTerm)));
            }
        }

        @Override
        protected void applied(Decision.Accepted accepted) {
            if (valid) {
                gained(newTerm);
            } else if (phase == Phase.ASKING) {
                phase = Phase.UNKNOWN;
            }
        }

        /** Another server was faster, or the record has changed. */
        @Override
        protected void fenced() {
            ask();
        }

        @Override
        protected void recovered() {
            ask();
        }
    }
}
