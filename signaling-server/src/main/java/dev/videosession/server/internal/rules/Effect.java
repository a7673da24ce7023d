package dev.videosession.server.internal.rules;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.server.internal.state.Link;
import dev.videosession.server.internal.state.LoggedEvent;
import org.jspecify.annotations.Nullable;

/**
 * Something to do for the connections that a server holds: a message to send, a link to open or close, a socket to close.
 * {@link Effects} derives effects from logged events; a {@link Decision.Accepted} without events carries its own. A server
 * that does not hold the connection ignores the effect.
 */
public sealed interface Effect {
    /**
     * Calls the method of a visitor for the type of this effect.
     *
     * @param visitor called on this thread, once
     */
    void accept(Visitor visitor);

    /** One method for each type of effect. It has no default methods, so that a new type does not compile until it is handled. */
    interface Visitor {
        void onDisconnectClient(DisconnectClient effect);

        void onReleaseClient(ReleaseClient effect);

        void onCloseConnectionLinks(CloseConnectionLinks effect);

        void onCloseStreamLinks(CloseStreamLinks effect);

        void onBroadcast(Broadcast effect);

        void onSendTo(SendTo effect);

        void onOpenLink(OpenLink effect);

        void onUpdateLink(UpdateLink effect);

        void onCloseLink(CloseLink effect);

        void onCloseLinkOverBudget(CloseLinkOverBudget effect);
    }

    /**
     * Sends the last message to a client and closes its socket.
     *
     * @param connectionId the connection that ended
     * @param reason why
     * @param detail the cause behind the reason
     * @param message for its user, or null
     */
    record DisconnectClient(
            ConnectionId connectionId,
            DisconnectReason reason,
            DisconnectDetail detail,
            @Nullable String message) implements Effect {
        @Override
        public void accept(Visitor visitor) {
            visitor.onDisconnectClient(this);
        }
    }

    /**
     * Closes the socket of a client that another server owns, and forgets its connection. If the client has come back here since it was
     * there, the log has lost that, and the client resumes.
     *
     * @param connectionId the connection
     * @param lastResume number of the request by which its client came to the other server
     */
    record ReleaseClient(ConnectionId connectionId, long lastResume) implements Effect {
        @Override
        public void accept(Visitor visitor) {
            visitor.onReleaseClient(this);
        }
    }

    /**
     * Closes every link of a connection.
     *
     * @param connectionId the connection that ended
     */
    record CloseConnectionLinks(ConnectionId connectionId) implements Effect {
        @Override
        public void accept(Visitor visitor) {
            visitor.onCloseConnectionLinks(this);
        }
    }

    /**
     * Closes every link of a stream.
     *
     * @param streamId the stream that ended
     */
    record CloseStreamLinks(StreamId streamId) implements Effect {
        @Override
        public void accept(Visitor visitor) {
            visitor.onCloseStreamLinks(this);
        }
    }

    /**
     * Sends an event to every connection with a socket.
     *
     * @param event the event
     * @param sequence its number in the log
     */
    record Broadcast(LoggedEvent event, long sequence) implements Effect {
        @Override
        public void accept(Visitor visitor) {
            visitor.onBroadcast(this);
        }
    }

    /**
     * Sends a message to one connection, now or when its client has resumed.
     *
     * @param connectionId the recipient
     * @param message the message
     */
    record SendTo(ConnectionId connectionId, ServerMessage message) implements Effect {
        @Override
        public void accept(Visitor visitor) {
            visitor.onSendTo(this);
        }
    }

    /**
     * Opens a link.
     *
     * @param link the link, with a new id
     */
    record OpenLink(Link link) implements Effect {
        @Override
        public void accept(Visitor visitor) {
            visitor.onOpenLink(this);
        }
    }

    /**
     * Changes what the subscriber of a link wants to receive.
     *
     * @param link an open link
     * @param subscription what it wants from now on
     */
    record UpdateLink(Link link, Subscription subscription) implements Effect {
        @Override
        public void accept(Visitor visitor) {
            visitor.onUpdateLink(this);
        }
    }

    /**
     * Closes a link because its subscriber unsubscribed.
     *
     * @param link an open link
     */
    record CloseLink(Link link) implements Effect {
        @Override
        public void accept(Visitor visitor) {
            visitor.onCloseLink(this);
        }
    }

    /**
     * Closes a link because one of its ends sent more than its budget.
     *
     * @param link an open link
     * @param sender that end
     */
    record CloseLinkOverBudget(Link link, ConnectionId sender) implements Effect {
        @Override
        public void accept(Visitor visitor) {
            visitor.onCloseLinkOverBudget(this);
        }
    }
}
