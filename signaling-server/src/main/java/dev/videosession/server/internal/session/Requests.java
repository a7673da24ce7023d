package dev.videosession.server.internal.session;

import dev.videosession.protocol.ClientMessage;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.LinkId;
import dev.videosession.protocol.LinkMessage;
import dev.videosession.protocol.ServerMessage;
import dev.videosession.protocol.StreamDestroyReason;
import dev.videosession.protocol.StreamInfo;
import dev.videosession.server.internal.connection.ClientConnection;
import dev.videosession.server.internal.link.LinkRefusal;
import dev.videosession.server.internal.link.LinkTable;
import dev.videosession.server.internal.state.Command;
import dev.videosession.server.internal.state.Decision;
import dev.videosession.server.internal.state.Effect;
import dev.videosession.server.internal.state.SessionEvent;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Carries out what clients ask for once they are in. Belongs to the session's loop. */
final class Requests {
    private final SessionEngine engine;

    Requests(SessionEngine engine) {
        this.engine = engine;
    }

    void handle(ClientConnection from, ClientMessage message) {
        if (message instanceof ClientMessage.Request request) {
            Optional<ServerMessage.Reply> earlier = from.earlierReply(request.id());
            if (earlier.isPresent()) {
                repeat(from, earlier.get());
            } else if (from.isTooOld(request.id())) {
                refuse(from, request.id(), ErrorCode.INVALID_PARAMETER, "the id is older than the server remembers");
            } else {
                handleNew(from, request);
            }
        } else if (message instanceof LinkMessage linkMessage) {
            engine.links.relay(from.id(), linkMessage).ifPresent(refusal -> refuse(from, null, refusal));
        } else if (message instanceof ClientMessage.Disconnect) {
            engine.commit(
                    new Command.Leave(from.id(), DisconnectReason.CLIENT_DISCONNECTED, DisconnectDetail.LEFT, null));
        }
    }

    /**
     * A stream that was ended before its publisher heard of it must not look alive, and one that was changed must not look as
     * it was: what changed it is older than the repeated answer.
     */
    private void repeat(ClientConnection from, ServerMessage.Reply earlier) {
        if (!(earlier instanceof ServerMessage.Published published)) {
            send(from, earlier);
            return;
        }
        StreamInfo stream = engine.state.stream(published.stream().streamId());
        if (stream == null) {
            send(
                    from,
                    ServerMessage.Failed.of(
                            published.id(),
                            ErrorCode.PUBLISH_STREAM_NOT_FOUND,
                            "the stream was published and has been ended since"));
        } else {
            send(from, new ServerMessage.Published(published.id(), stream));
            engine.links.reopen(from.id(), stream.streamId());
        }
    }

    private void handleNew(ClientConnection from, ClientMessage.Request request) {
        ConnectionId by = from.id();
        long id = request.id();
        if (request instanceof ClientMessage.Publish r) {
            publish(from, r);
        } else if (request instanceof ClientMessage.UpdateStream r) {
            run(from, id, new Command.UpdateStream(by, r.streamId(), r.change()));
        } else if (request instanceof ClientMessage.Unpublish r) {
            StreamDestroyReason reason = r.reason() == null ? StreamDestroyReason.CLIENT_DISCONNECTED : r.reason();
            run(from, id, new Command.Unpublish(by, r.streamId(), reason));
        } else if (request instanceof ClientMessage.Subscribe r) {
            subscribe(from, r);
        } else if (request instanceof ClientMessage.UpdateSubscription r) {
            updateSubscription(from, r);
        } else if (request instanceof ClientMessage.Unsubscribe r) {
            unsubscribe(from, r);
        } else if (request instanceof ClientMessage.Signal r) {
            signal(from, r);
        } else if (request instanceof ClientMessage.ForceDisconnect r) {
            boolean ban = Boolean.TRUE.equals(r.ban());
            run(from, id, new Command.ForceDisconnect(by, r.connectionId(), r.message(), ban));
        } else if (request instanceof ClientMessage.ForceUnpublish r) {
            run(from, id, new Command.ForceUnpublish(by, r.streamId()));
        } else if (request instanceof ClientMessage.ForceMute r) {
            run(from, id, new Command.ForceMute(by, r.streamId()));
        } else if (request instanceof ClientMessage.ForceMuteAll r) {
            run(from, id, new Command.ForceMuteAll(by, r.excludedStreamIds()));
        } else if (request instanceof ClientMessage.DisableForceMute) {
            run(from, id, new Command.DisableForceMute(by));
        } else {
            refuse(from, id, ErrorCode.NOT_SUPPORTED, "this request cannot be made here");
        }
    }

    /** Tells whether a new request would be carried out if nobody but the session's rules were asked. */
    boolean wouldBePermitted(ClientConnection from, ClientMessage.Request request) {
        if (from.earlierReply(request.id()).isPresent() || from.isTooOld(request.id())) {
            return false;
        }
        if (request instanceof ClientMessage.Publish r) {
            return engine.wouldAccept(new Command.Publish(stream(from, r)));
        }
        return request instanceof ClientMessage.Signal r && engine.wouldAccept(signalOf(from, r));
    }

    private StreamInfo stream(ClientConnection from, ClientMessage.Publish r) {
        return new StreamInfo(
                Ids.stream(),
                from.id(),
                r.name(),
                engine.context.time().millis(),
                r.hasAudio(),
                r.hasVideo(),
                r.videoType(),
                r.dimensions());
    }

    private void publish(ClientConnection from, ClientMessage.Publish r) {
        run(
                from,
                r.id(),
                new Command.Publish(stream(from, r)),
                accepted -> new ServerMessage.Published(r.id(), created(accepted)));
    }

    private static StreamInfo created(Decision.Accepted accepted) {
        return ((SessionEvent.StreamCreated) accepted.events().get(0)).stream();
    }

    private void subscribe(ClientConnection from, ClientMessage.Subscribe r) {
        LinkId linkId = Ids.link();
        Command.Subscribe command = new Command.Subscribe(from.id(), r.streamId(), linkId, r.subscription());
        if (engine.wouldAccept(command)) {
            Optional<LinkRefusal> refusal = engine.links.refusal(from.id(), r.streamId());
            if (refusal.isPresent()) {
                refuse(from, r.id(), refusal.get());
                return;
            }
        }
        run(from, r.id(), command, accepted -> new ServerMessage.Subscribed(r.id(), linkId));
    }

    private void updateSubscription(ClientConnection from, ClientMessage.UpdateSubscription r) {
        ownSubscription(from, r.id(), r.linkId()).ifPresent(link -> {
            answer(from, new ServerMessage.Done(r.id()), r.id());
            engine.carryOut(new Effect.UpdateLink(link, r.subscription()));
        });
    }

    private void unsubscribe(ClientConnection from, ClientMessage.Unsubscribe r) {
        ownSubscription(from, r.id(), r.linkId()).ifPresent(link -> {
            answer(from, new ServerMessage.Done(r.id()), r.id());
            engine.carryOut(new Effect.CloseLink(link));
        });
    }

    private Optional<LinkTable.Link> ownSubscription(ClientConnection from, long id, LinkId linkId) {
        Optional<LinkTable.Link> link = engine.links.subscription(linkId, from.id());
        if (link.isEmpty()) {
            refuse(from, id, LinkRefusal.noSuchSubscription());
        }
        return link;
    }

    private static Command.Signal signalOf(ClientConnection from, ClientMessage.Signal r) {
        return new Command.Signal(from.id(), r.to(), r.signalType(), r.data());
    }

    private void signal(ClientConnection from, ClientMessage.Signal r) {
        run(from, r.id(), signalOf(from, r));
    }

    private void run(ClientConnection from, long id, Command command) {
        run(from, id, command, accepted -> new ServerMessage.Done(id));
    }

    /** The answer goes out before the events that follow from the request. */
    private void run(
            ClientConnection from, long id, Command command, Function<Decision.Accepted, ServerMessage.Reply> reply) {
        Decision.Rejected rejected = engine.commit(command, accepted -> answer(from, reply.apply(accepted), id));
        if (rejected != null) {
            answer(from, ServerMessage.Failed.of(id, rejected.code(), rejected.message()), id);
        }
    }

    void refuse(ClientConnection from, @Nullable Long id, ErrorCode code, String message) {
        refuse(from, id, code, ServerMessage.Failed.of(id, code, message));
    }

    private void refuse(ClientConnection from, @Nullable Long id, LinkRefusal refusal) {
        refuse(from, id, refusal.code(), refusal.toReply(id));
    }

    private void refuse(ClientConnection from, @Nullable Long id, ErrorCode code, ServerMessage.Failed failed) {
        engine.context.metrics().refused(code);
        if (id == null) {
            send(from, failed);
        } else {
            answer(from, failed, id);
        }
    }

    private void answer(ClientConnection to, ServerMessage.Reply reply, long id) {
        to.remember(id, reply);
        send(to, reply);
    }

    private void send(ClientConnection to, ServerMessage message) {
        engine.connections.reply(to, message);
    }
}
