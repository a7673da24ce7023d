package dev.videosession.server.internal.session;

import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.engine.NodeDirectory;
import dev.videosession.server.internal.engine.Operation;
import dev.videosession.server.internal.log.Append;
import dev.videosession.server.internal.log.ConnectionRecord;
import dev.videosession.server.internal.log.SideRecord;
import dev.videosession.server.internal.rules.Decision;
import dev.videosession.server.internal.state.LoggedState;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes the lease of a session's router to another server when this one stops: at once, or as soon as another server has a
 * connection of the session. Belongs to the session's loop.
 */
final class RouterHandOver {
    private static final Logger LOG = LoggerFactory.getLogger(RouterHandOver.class);

    private final SessionId session;
    private final NodeDirectory nodes;
    private final SharedRouterLease lease;
    private boolean leaving;
    private boolean passing;

    RouterHandOver(SessionId session, NodeDirectory nodes, SharedRouterLease lease) {
        this.session = session;
        this.nodes = nodes;
        this.lease = lease;
    }

    /** {@return whether this server stops, so that it no longer takes the lease by itself} */
    boolean isLeaving() {
        return leaving;
    }

    /**
     * This server stops.
     *
     * @param then called when the lease is passed on, or cannot be at the moment
     */
    void begin(Runnable then) {
        leaving = true;
        passOn(then);
    }

    /** This server has the lease now, or another one has taken over a connection and can take it. */
    void retry() {
        if (leaving) {
            passOn(() -> {});
        }
    }

    private void passOn(Runnable then) {
        if (!lease.isHeld() || passing) {
            then.run();
            return;
        }
        passing = true;
        lease.engine().log().owners(owners -> {
            Optional<Long> next = owners == null || !lease.isHeld() ? Optional.empty() : successor(owners.values());
            next.ifPresentOrElse(epoch -> lease.engine().submit(new NewOwner(epoch, then)), () -> end(then));
        });
    }

    private void end(Runnable then) {
        passing = false;
        then.run();
    }

    /** {@return the ready server with the most connections of the session} */
    private Optional<Long> successor(Collection<Long> owners) {
        Map<Long, Long> ready = owners.stream()
                .filter(nodes::isReady)
                .collect(Collectors.groupingBy(epoch -> epoch, Collectors.counting()));
        return ready.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }

    /** Makes another server the owner. Its router takes over while this one goes on for a moment. */
    private final class NewOwner extends Operation {
        private final long next;
        private final Runnable then;

        NewOwner(long next, Runnable then) {
            super(ServerMessage.LinkOpened.ROUTER);
            this.next = next;
            this.then = then;
        }

        @Override
        protected boolean mayFollow(Append batch) {
            return false;
        }

        @Override
        protected Decision decide(LoggedState current) {
            return Decision.Accepted.NOTHING;
        }

        @Override
        protected void write(Decision decision, Append step) {
            step.record(new SideRecord.PutConnection(
                    new ConnectionRecord(ServerMessage.LinkOpened.ROUTER, next, lease.term() + 1)));
        }

        @Override
        protected void applied(Decision.Accepted accepted) {
            passedOn();
        }

        private void passedOn() {
            LOG.info("event=routerLeasePassedOn session={} node={} epoch={}", session, nodes.nameOf(next), next);
            lease.passedOn(next);
            end(then);
        }

        /** Another server has the lease, which has released the router here. */
        @Override
        protected void fenced() {
            end(then);
        }

        /** If it was written after all, this server forwards for a moment more. */
        @Override
        protected void recovered() {
            lease.engine().log().fetch(ServerMessage.LinkOpened.ROUTER, List.of(), read -> {
                boolean written = read
                        && lease.engine()
                                .records()
                                .connection(ServerMessage.LinkOpened.ROUTER)
                                .filter(record -> record.epoch() == next)
                                .isPresent();
                if (!lease.isHeld()) {
                    end(then);
                } else if (written) {
                    passedOn();
                } else {
                    lease.engine().submit(this);
                }
            });
        }
    }
}
