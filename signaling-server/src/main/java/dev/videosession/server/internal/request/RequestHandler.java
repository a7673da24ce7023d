package dev.videosession.server.internal.request;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.StreamDestroyReason;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.Heartbeat;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.connection.ClientConnection;
import dev.videosession.server.internal.connection.Ids;
import dev.videosession.server.internal.link.negotiation.LinkRefusal;
import dev.videosession.server.internal.metrics.ServerMetrics;
import dev.videosession.server.internal.rules.Command;
import dev.videosession.server.internal.rules.Decision;
import dev.videosession.server.internal.state.Link;
import java.util.function.BiConsumer;

/** Turns what the clients of a session send into operations of its engine. Belongs to the session's loop. */
public final class RequestHandler {
    private static final long RETRY_MILLIS = 1000;

    private final RequestContext session;
    private final TimeSource time;
    private final ServerMetrics metrics;
    private final Messages messages = new Messages();
    private final Requests requests = new Requests();
    private final BiConsumer<Link, ConnectionId> overBudget = this::closeOverBudget;

    /**
     * Creates the handler of a session.
     *
     * @param session the parts of the session
     * @param time the wall clock, for creation times
     * @param metrics counts refusals
     */
    public RequestHandler(RequestContext session, TimeSource time, ServerMetrics metrics) {
        this.session = session;
        this.time = time;
        this.metrics = metrics;
    }

    /**
     * Handles a message.
     *
     * @param from the connection that sent it
     * @param message the message
     */
    public void handle(ClientConnection from, ClientMessage message) {
        message.accept(messages, from);
    }

    /** Refuses a request. */
    void refuse(ClientConnection from, long id, ErrorCode code, String message) {
        submit(new RefusedRequest(session, from, id, new Decision.Rejected(code, message)));
    }

    private void submit(RequestOperation operation) {
        if (!session.engine().offer(operation)) {
            metrics.refused(ErrorCode.RATE_LIMIT_EXCEEDED);
            session.connections()
                    .reply(
                            operation.from(),
                            ServerMessage.Failed.of(
                                    operation.id(),
                                    ErrorCode.RATE_LIMIT_EXCEEDED,
                                    "The session is too busy. Try again later.",
                                    RETRY_MILLIS));
        }
    }

    /** Tells whether the session's rules would permit a request that was not answered before. */
    boolean wouldPermit(ClientConnection from, ClientMessage.Request request, Command command) {
        return session.engine().records().reply(from.id(), request.id()).isEmpty()
                && !session.engine().records().isForgotten(from.id(), request.id())
                && session.engine().wouldAccept(command);
    }

    Command.Publish publishCommand(ClientConnection from, ClientMessage.Publish request) {
        return new Command.Publish(new StreamInfo(
                Ids.stream(),
                from.id(),
                request.name(),
                time.millis(),
                request.hasAudio(),
                request.hasVideo(),
                request.videoType(),
                request.dimensions()));
    }

    static Command signalCommand(ClientConnection from, ClientMessage.Signal request) {
        return new Command.Signal(from.id(), request.to(), request.signalType(), request.data());
    }

    private void relay(ClientConnection from, LinkMessage message) {
        session.links().relay(from.id(), message, overBudget).ifPresent(refusal -> refuse(from, refusal));
    }

    private void closeOverBudget(Link link, ConnectionId sender) {
        session.engine()
                .offer(new OverBudgetOperation(
                        session, link, sender)); // if it is refused, the next message tries again
    }

    private void refuse(ClientConnection from, LinkRefusal refusal) {
        metrics.refused(refusal.code());
        session.connections().reply(from, refusal.toReply(null));
    }

    /** Handles each kind of message. */
    private final class Messages implements ClientMessage.Visitor<ClientConnection, Void> {
        @Override
        public Void onRequest(ClientMessage.Request message, ClientConnection from) {
            submit(message.accept(requests, from));
            return null;
        }

        @Override
        public Void onDisconnect(ClientMessage.Disconnect message, ClientConnection from) {
            session.presence().end(from, DisconnectReason.CLIENT_DISCONNECTED, DisconnectDetail.LEFT, null, () -> true);
            return null;
        }

        @Override
        public Void onLinkMessage(LinkMessage message, ClientConnection from) {
            relay(from, message);
            return null;
        }

        @Override
        public Void onHeartbeat(Heartbeat message, ClientConnection from) {
            return null;
        }
    }

    /** Makes the operation for each type of request. */
    private final class Requests implements ClientMessage.Request.Visitor<ClientConnection, RequestOperation> {
        private RequestOperation command(ClientConnection from, ClientMessage.Request request, Command command) {
            return new CommandRequest(session, from, request.id(), command);
        }

        private RequestOperation notHere(ClientConnection from, ClientMessage.Request request) {
            return new RefusedRequest(
                    session,
                    from,
                    request.id(),
                    new Decision.Rejected(
                            ErrorCode.NOT_SUPPORTED, "This request opens a connection. It is open already."));
        }

        @Override
        public RequestOperation onConnect(ClientMessage.Connect request, ClientConnection from) {
            return notHere(from, request);
        }

        @Override
        public RequestOperation onResume(ClientMessage.Resume request, ClientConnection from) {
            return notHere(from, request);
        }

        @Override
        public RequestOperation onPublish(ClientMessage.Publish request, ClientConnection from) {
            return new PublishCommandRequest(session, from, request.id(), publishCommand(from, request));
        }

        @Override
        public RequestOperation onUpdateStream(ClientMessage.UpdateStream request, ClientConnection from) {
            return command(from, request, new Command.UpdateStream(from.id(), request.streamId(), request.change()));
        }

        @Override
        public RequestOperation onUnpublish(ClientMessage.Unpublish request, ClientConnection from) {
            StreamDestroyReason reason =
                    request.reason() == null ? StreamDestroyReason.CLIENT_DISCONNECTED : request.reason();
            return command(from, request, new Command.Unpublish(from.id(), request.streamId(), reason));
        }

        @Override
        public RequestOperation onSubscribe(ClientMessage.Subscribe request, ClientConnection from) {
            return new SubscribeRequest(session, from, request);
        }

        @Override
        public RequestOperation onUpdateSubscription(ClientMessage.UpdateSubscription request, ClientConnection from) {
            return new UpdateSubscriptionRequest(session, from, request);
        }

        @Override
        public RequestOperation onUnsubscribe(ClientMessage.Unsubscribe request, ClientConnection from) {
            return new UnsubscribeRequest(session, from, request);
        }

        @Override
        public RequestOperation onSignal(ClientMessage.Signal request, ClientConnection from) {
            return command(from, request, signalCommand(from, request));
        }

        @Override
        public RequestOperation onForceDisconnect(ClientMessage.ForceDisconnect request, ClientConnection from) {
            ConnectionId by = from.id();
            boolean ban = Boolean.TRUE.equals(request.ban());
            return command(
                    from, request, new Command.ForceDisconnect(by, request.connectionId(), request.message(), ban));
        }

        @Override
        public RequestOperation onForceUnpublish(ClientMessage.ForceUnpublish request, ClientConnection from) {
            return command(from, request, new Command.ForceUnpublish(from.id(), request.streamId()));
        }

        @Override
        public RequestOperation onForceMute(ClientMessage.ForceMute request, ClientConnection from) {
            return command(from, request, new Command.ForceMute(from.id(), request.streamId()));
        }

        @Override
        public RequestOperation onForceMuteAll(ClientMessage.ForceMuteAll request, ClientConnection from) {
            return command(from, request, new Command.ForceMuteAll(from.id(), request.excludedStreamIds()));
        }

        @Override
        public RequestOperation onDisableForceMute(ClientMessage.DisableForceMute request, ClientConnection from) {
            return command(from, request, new Command.DisableForceMute(from.id()));
        }
    }
}
