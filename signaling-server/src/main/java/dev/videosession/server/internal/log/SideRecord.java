package dev.videosession.server.internal.log;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.state.Link;

/**
 * Something that is kept with the log but is not an event: no client sees it, and it has no number. Written by the same step
 * as the events that it belongs to, or not at all.
 */
public sealed interface SideRecord {
    /**
     * Calls the method of a visitor for the type of this record.
     *
     * @param visitor called on this thread, once
     */
    void accept(Visitor visitor);

    /** One method for each type of record. It has no default methods, so that a new type does not compile until it is kept. */
    interface Visitor {
        void onReply(Reply written);

        void onPutConnection(PutConnection written);

        void onPutLink(PutLink written);

        void onRemoveLink(RemoveLink written);

        void onMail(Mail written);

        void onLinkNotice(LinkNotice written);

        void onHook(Hook written);
    }

    /**
     * The reply to a request, so that a request that is sent again is not carried out again. Ignored if the connection has no
     * record.
     *
     * @param connectionId the connection that sent the request
     * @param requestId the request's id
     * @param reply the reply
     */
    record Reply(ConnectionId connectionId, long requestId, ServerMessage.Reply reply) implements SideRecord {
        @Override
        public void accept(Visitor visitor) {
            visitor.onReply(this);
        }
    }

    /**
     * A connection's record, new or changed.
     *
     * @param connection the record from now on
     */
    record PutConnection(ConnectionRecord connection) implements SideRecord {
        @Override
        public void accept(Visitor visitor) {
            visitor.onPutConnection(this);
        }
    }

    /**
     * An open link, new or changed. It is removed with its stream or with one of its ends.
     *
     * @param link the link from now on
     */
    record PutLink(Link link) implements SideRecord {
        @Override
        public void accept(Visitor visitor) {
            visitor.onPutLink(this);
        }
    }

    /**
     * A link that was closed although its stream and its ends go on.
     *
     * @param link the link
     */
    record RemoveLink(Link link) implements SideRecord {
        @Override
        public void accept(Visitor visitor) {
            visitor.onRemoveLink(this);
        }
    }

    /**
     * A message for a connection. It waits until its owner takes it, which it does when the client has a socket: the log keeps the newest
     * 1024. Ignored if the connection has no record.
     *
     * @param to the connection
     * @param message the message
     */
    record Mail(ConnectionId to, ServerMessage message) implements SideRecord {
        @Override
        public void accept(Visitor visitor) {
            visitor.onMail(this);
        }
    }

    /**
     * A message about a change of a link, for the end that another server owns. It is sent with the step, so that such messages arrive
     * in the order of the steps. It may be lost with that server or on the way to it: a server that may have missed messages, or
     * takes a connection over, reads the links. Not sent if this server owns the connection.
     *
     * @param to the connection
     * @param message the message
     */
    record LinkNotice(ConnectionId to, ServerMessage message) implements SideRecord {
        @Override
        public void accept(Visitor visitor) {
            visitor.onLinkNotice(this);
        }
    }

    /**
     * A webhook to be sent because of the step. It is kept until one of the servers has delivered it.
     *
     * @param body of the webhook
     */
    record Hook(String body) implements SideRecord {
        @Override
        public void accept(Visitor visitor) {
            visitor.onHook(this);
        }
    }
}
