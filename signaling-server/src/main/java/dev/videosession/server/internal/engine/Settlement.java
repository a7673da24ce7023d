package dev.videosession.server.internal.engine;

import dev.videosession.protocol.SessionId;
import dev.videosession.server.internal.metrics.ServerMetrics;
import dev.videosession.server.internal.rules.Decision;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what was decided about an operation and is in the log: the operation replies, its events are applied, its effects
 * run. An operation that throws fails alone: its events are applied all the same, because the log has them. Belongs to the
 * session's loop.
 */
final class Settlement implements Decision.Visitor<Boolean> {
    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

    private final SessionId session;
    private final ServerMetrics metrics;
    private final EventApplier applier;
    private @Nullable Operation current;

    Settlement(SessionId session, ServerMetrics metrics, EventApplier applier) {
        this.session = session;
        this.metrics = metrics;
        this.applier = applier;
    }

    void of(Operation operation, Decision decision) {
        current = operation;
        try {
            decision.accept(this);
        } catch (RuntimeException e) {
            LOG.error("event=requestFailed session={} connection={}", session, operation.actor(), e);
            notify(operation, Operation::failed);
            // without events nothing was left half done, and an operation that is decided again for ever would stop the
            // session
            if (!decision.events().isEmpty()) {
                notify(operation, Operation::recovered);
            }
        }
        current = null;
    }

    /** Calls a method of an operation; if it throws, that is logged and stops no other operation. */
    void notify(Operation operation, Consumer<Operation> call) {
        try {
            call.accept(operation);
        } catch (RuntimeException e) {
            LOG.error("event=requestFailed session={} connection={}", session, operation.actor(), e);
        }
    }

    @Override
    public Boolean onAccepted(Decision.Accepted decision) {
        Operation operation = current;
        if (operation != null) {
            try {
                operation.committed(decision);
            } finally {
                applier.apply(decision.events());
                applier.run(decision.effects());
            }
            operation.applied(decision);
        }
        return true;
    }

    @Override
    public Boolean onRejected(Decision.Rejected decision) {
        metrics.refused(decision.code());
        if (current != null) {
            current.rejected(decision);
        }
        return false;
    }
}
