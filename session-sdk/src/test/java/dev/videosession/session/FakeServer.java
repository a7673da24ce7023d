package dev.videosession.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.Capabilities;
import dev.videosession.protocol.ClientMessage;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.ConnectionInfo;
import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Feature;
import dev.videosession.protocol.MessageCodec;
import dev.videosession.protocol.MessageException;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.Roster;
import dev.videosession.protocol.ServerMessage;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.StreamInfo;
import dev.videosession.protocol.Timings;
import dev.videosession.protocol.VideoType;
import dev.videosession.session.internal.dispatch.CallbackQueue;
import dev.videosession.session.internal.loop.SessionLoop;
import dev.videosession.session.internal.signaling.WebSocketConnector;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A server that says what the test tells it to, in virtual time, and keeps what it was sent. */
final class FakeServer implements WebSocketConnector {
    static final Timings TIMINGS = new Timings(3000, 8000, 12000);
    static final ConnectionInfo SELF = connection("self", Role.PUBLISHER);

    final TestScheduler time = new TestScheduler();
    final Deque<FakeSocket> sockets = new ArrayDeque<>();
    /** How far the wall clock is ahead of the monotonic clock, which stops while the machine sleeps. */
    long sleptMillis;

    private final MessageCodec codec = new MessageCodec();

    static ConnectionInfo connection(String id, Role role) {
        return new ConnectionInfo(new ConnectionId(id), 1, id + "-data", role);
    }

    static StreamInfo stream(String id, String connection) {
        return new StreamInfo(
                new StreamId(id),
                new ConnectionId(connection),
                id + "-name",
                2,
                true,
                true,
                VideoType.CAMERA,
                new Dimensions(640, 360));
    }

    Session session() {
        return session(builder -> builder);
    }

    Session session(UnaryOperator<SessionBuilder> options) {
        SessionLoop loop = new SessionLoop("test", time, SchedulerTime.of(time, () -> sleptMillis));
        SessionBuilder builder = Session.builder(URI.create("http://server.test:1"), "100", "2_session")
                .connector(this)
                .loop(loop)
                .callbacks(new CallbackQueue(Runnable::run, Runnable::run));
        return options.apply(builder).build();
    }

    /** Lets everything happen that is due. */
    void settle() {
        time.triggerActions();
    }

    void pass(long millis) {
        time.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public Socket open(URI uri, Events events) {
        assertThat(uri.toString()).isEqualTo("http://server.test:1/v1/signaling");
        FakeSocket socket = new FakeSocket(events);
        sockets.add(socket);
        return socket;
    }

    FakeSocket socket() {
        settle();
        assertThat(sockets).as("sockets opened").isNotEmpty();
        return sockets.getLast();
    }

    /** Accepts the newest socket and establishes the connection with the given others. */
    FakeSocket establish(Session session, List<ConnectionInfo> others, List<StreamInfo> streams) {
        session.connect("token");
        FakeSocket socket = socket();
        socket.accept();
        ClientMessage.Connect connect = socket.take(ClientMessage.Connect.class);
        List<ConnectionInfo> all = new ArrayList<>(others);
        all.add(SELF);
        socket.say(connected(connect.id(), SELF, new Roster(10, all, streams, false)));
        return socket;
    }

    static ServerMessage connected(long request, ConnectionInfo self, Roster roster) {
        return new ServerMessage.Connected(
                request,
                self,
                new Capabilities(true, true, true, false, false, false),
                "resume-key",
                roster,
                List.of(),
                TIMINGS,
                Feature.ALL);
    }

    /** Waits for the next attempt, which may be under way already, and takes it. */
    FakeSocket comeBack() {
        settle();
        for (int waited = 0; sockets.getLast().touched && waited < 10_000; waited += 10) {
            pass(10);
        }
        FakeSocket next = socket();
        next.accept();
        return next;
    }

    /** Has no memory of the connection that wants to be resumed. */
    void refuseResume() {
        FakeSocket next = comeBack();
        next.say(ServerMessage.Failed.of(
                next.take(ClientMessage.Resume.class).id(), ErrorCode.UNKNOWN_RESUME, "who are you?"));
    }

    final class FakeSocket implements Socket {
        private final Events events;
        private final Deque<ClientMessage> sent = new ArrayDeque<>();
        boolean closed;
        boolean aborted;
        /** Whether the test has done something with it. */
        private boolean touched;

        FakeSocket(Events events) {
            this.events = events;
        }

        @Override
        public boolean send(String text) {
            try {
                sent.add(codec.decodeClient(text));
            } catch (MessageException e) {
                throw new AssertionError("the client sent " + text, e);
            }
            return true;
        }

        @Override
        public void close() {
            closed = true;
        }

        @Override
        public void abort() {
            aborted = true;
        }

        /** Takes the connection, as the kernel of a machine does whose server is frozen. */
        void reach() {
            events.onReached();
            settle();
        }

        /** Some bytes of a long message. */
        void drip() {
            events.onBytes();
            settle();
        }

        void accept() {
            touched = true;
            events.onOpen();
            settle();
        }

        void say(ServerMessage message) {
            events.onText(codec.encodeServer(message));
            settle();
        }

        void sayText(String text) {
            events.onText(text);
            settle();
        }

        void closeWith(int code) {
            touched = true;
            events.onClosed(code, "");
            settle();
        }

        void fail() {
            touched = true;
            events.onFailure(new IOException("cable cut"), 0);
            settle();
        }

        <M extends ClientMessage> M take(Class<M> type) {
            settle();
            ClientMessage message = sent.poll();
            assertThat(message).isInstanceOf(type);
            return type.cast(message);
        }

        boolean hasSent() {
            return !sent.isEmpty();
        }

        void assertNothingMoreSent() {
            settle();
            assertThat(sent).isEmpty();
        }
    }
}
