package dev.videosession.server.internal.request;

import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.server.internal.connection.ClientConnection;
import dev.videosession.server.internal.engine.Operation;
import dev.videosession.server.internal.log.Append;
import dev.videosession.server.internal.log.SideRecord;
import dev.videosession.server.internal.rules.Decision;
import dev.videosession.server.internal.state.LoggedState;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client's request. Its reply is written with what the request causes, so that a request that is sent again is answered
 * again and not carried out again.
 */
abstract class RequestOperation extends Operation {
    private final RequestContext session;
    private final ClientConnection from;
    private final long id;
    private final Decision.Visitor<ServerMessage.Reply> replies = new Replies();
    private Course course = Course.NEW;
    private ServerMessage.@Nullable Reply reply;
    private ServerMessage.@Nullable Reply written;
    private Decision.@Nullable Accepted accepted;
    private boolean uncertain;

    /** What becomes of the request. */
    private enum Course {
        /** It is decided. */
        NEW,
        /** It was answered before: the client gets the same reply. */
        REPEATED,
        /** Its connection has ended, or its client sends it again. */
        DROPPED
    }

    RequestOperation(RequestContext session, ClientConnection from, long id) {
        super(from.id());
        this.session = session;
        this.from = from;
        this.id = id;
    }

    final RequestContext session() {
        return session;
    }

    final ClientConnection from() {
        return from;
    }

    final long id() {
        return id;
    }

    /** Decides a request that was not answered before. */
    abstract Decision decideNew(LoggedState state);

    /** {@return the reply to the accepted request} */
    ServerMessage.Reply replyTo(Decision.Accepted decision) {
        return new ServerMessage.Done(id);
    }

    /** {@return the reply to the refused request} */
    ServerMessage.Reply replyTo(Decision.Rejected decision) {
        return ServerMessage.Failed.of(id, decision.code(), decision.message());
    }

    /** The first of two equal requests must be answered before the second is decided. */
    @Override
    protected boolean mayFollow(Append batch) {
        List<SideRecord> records = batch.records();
        for (int i = 0; i < records.size(); i++) {
            if (records.get(i) instanceof SideRecord.Reply earlier
                    && earlier.requestId() == id
                    && earlier.connectionId().equals(from.id())) {
                return false;
            }
        }
        return true;
    }

    @Override
    protected final Decision decide(LoggedState state) {
        course = Course.NEW;
        if (!session.connections().holds(from) || isSentAgain()) {
            course = Course.DROPPED;
            return Decision.Accepted.NOTHING;
        }
        Optional<ServerMessage.Reply> earlier = session.engine().records().reply(from.id(), id);
        if (earlier.isPresent()) {
            course = Course.REPEATED;
            reply = earlier.get();
            return Decision.Accepted.NOTHING;
        }
        return session.engine().records().isForgotten(from.id(), id)
                ? new Decision.Rejected(
                        ErrorCode.INVALID_PARAMETER, "The request's id is older than the server remembers.")
                : decideNew(state);
    }

    /**
     * After a failure of a log that no other server reads, the socket is closed, and the client sends again what was not answered: a
     * request that waited must not be carried out before the one that failed.
     */
    private boolean isSentAgain() {
        return !session.engine().isShared() && from.isRestarting();
    }

    @Override
    protected final void write(Decision decision, Append step) {
        if (course == Course.NEW) {
            ServerMessage.Reply made = decision.accept(replies);
            reply = made;
            written = made;
            step.record(new SideRecord.Reply(from.id(), id, made));
        }
    }

    private final class Replies implements Decision.Visitor<ServerMessage.Reply> {
        @Override
        public ServerMessage.Reply onAccepted(Decision.Accepted decision) {
            accepted = decision;
            return replyTo(decision);
        }

        @Override
        public ServerMessage.Reply onRejected(Decision.Rejected decision) {
            accepted = null;
            return replyTo(decision);
        }
    }

    @Override
    protected final void committed(Decision.Accepted decision) {
        ServerMessage.Reply answer = reply;
        if (answer != null && course == Course.NEW) {
            session.connections().reply(from, answer);
        } else if (answer != null && course == Course.REPEATED) {
            if (uncertain && answer.equals(written)) {
                runEffects(); // this request was carried out, although the log did not say so after its failure
            }
            repeat(answer);
        }
    }

    /**
     * The client may have missed events that came after the first reply: a stream that has ended must not look alive, and one
     * that was changed must not look unchanged.
     */
    private void repeat(ServerMessage.Reply earlier) {
        if (!(earlier instanceof ServerMessage.Published published)) {
            session.connections().reply(from, earlier);
            return;
        }
        StreamInfo stream = session.state().stream(published.stream().streamId());
        if (stream == null) {
            session.connections()
                    .reply(
                            from,
                            ServerMessage.Failed.of(
                                    id,
                                    ErrorCode.PUBLISH_STREAM_NOT_FOUND,
                                    "The stream was published and has been ended since."));
        } else {
            session.connections().reply(from, new ServerMessage.Published(id, stream));
            session.links().reopen(from.id(), stream.streamId());
        }
    }

    @Override
    protected final void rejected(Decision.Rejected decision) {
        if (reply != null && session.connections().holds(from)) {
            session.connections().reply(from, reply);
        }
    }

    /**
     * The client waits until the log works again. If that cannot be relied on, it resumes and sends the request again: the record of
     * its reply tells then whether it was carried out.
     */
    @Override
    protected final void failed() {
        uncertain = true;
        if (!session.engine().isShared() || session.engine().isAbandoned()) {
            session.presence().restartSocket(from);
        }
    }

    /**
     * A request that was not carried out is decided again. If it was, its events have come before its reply could: the client
     * resumes and asks again. Effects that follow from no event are run then, because the client will see the reply.
     */
    @Override
    protected final void recovered() {
        if (!session.connections().holds(from)) {
            return;
        }
        boolean isWritten = session.engine().records().reply(from.id(), id).isPresent();
        if (isWritten) {
            runEffects();
        }
        if (session.engine().isShared() && (isWritten || !session.engine().offer(this))) {
            session.presence().restartSocket(from);
        }
    }

    private void runEffects() {
        uncertain = false;
        if (accepted != null) {
            session.engine().runEffects(accepted);
        }
    }
}
