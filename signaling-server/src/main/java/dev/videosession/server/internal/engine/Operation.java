package dev.videosession.server.internal.engine;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.server.internal.log.Append;
import dev.videosession.server.internal.rules.Decision;
import dev.videosession.server.internal.state.LoggedState;
import org.jspecify.annotations.Nullable;

/**
 * One command on its way through a {@link SessionEngine}, with what its sender must receive. All methods are called on the
 * session's loop, in this order: {@link #decide} and {@link #write}, once or, after a conflict, several times; then either
 * {@link #committed} and {@link #applied}, or {@link #rejected}, or {@link #fenced}, or {@link #failed} and
 * {@link #recovered}.
 */
public abstract class Operation {
    private final @Nullable ConnectionId actor;
    private boolean reread;

    /**
     * Creates an operation.
     *
     * @param actor the connection that acts or that is ended by this server; null for the backend and for a client that connects. If
     *     another server has taken the connection over, the operation is dropped
     */
    protected Operation(@Nullable ConnectionId actor) {
        this.actor = actor;
    }

    /** {@return the connection that this server must own} */
    final @Nullable ConnectionId actor() {
        return actor;
    }

    /** {@return whether the log was read for this operation already} Remembers that it was. */
    final boolean reread() {
        boolean before = reread;
        reread = true;
        return before;
    }

    /**
     * Returns the number under which the actor must be owned.
     *
     * @param own the number of this server
     * @return that number, unless the operation takes the actor over or ends it in place of its owner
     */
    protected long ownerEpoch(long own) {
        return own;
    }

    /**
     * Tells whether this may be decided before everything that precedes it is applied.
     *
     * @param batch what the log gets for the operations before
     * @return false if the decision depends on more than the session's state
     */
    protected abstract boolean mayFollow(Append batch);

    /**
     * Decides. Changes nothing.
     *
     * @param state after everything that precedes
     * @return the decision; {@link Decision.Accepted#NOTHING} if there is nothing to do any more
     */
    protected abstract Decision decide(LoggedState state);

    /**
     * Adds side records of a decision, such as the reply to a request.
     *
     * @param decision what was decided
     * @param step gets the records; the engine adds entries and guards
     */
    protected void write(Decision decision, Append step) {}

    /**
     * The decision is in the log. Nothing of it has been applied or sent: the moment for a reply.
     *
     * @param accepted the decision
     */
    protected void committed(Decision.Accepted accepted) {}

    /**
     * The decision is applied and its effects were run.
     *
     * @param accepted the decision
     */
    protected void applied(Decision.Accepted accepted) {}

    /**
     * The command is refused.
     *
     * @param rejected why
     */
    protected void rejected(Decision.Rejected rejected) {}

    /** Another server has taken the connection of the actor over. The operation is dropped. */
    protected void fenced() {}

    /** The log failed, or a method of this operation threw. Whether the command was carried out is not known to its sender. */
    protected void failed() {}

    /**
     * The log works again after a failure, or has the events of this operation although a method of it threw. All that it holds was
     * applied.
     */
    protected void recovered() {}
}
