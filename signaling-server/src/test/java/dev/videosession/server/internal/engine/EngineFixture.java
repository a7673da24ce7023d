package dev.videosession.server.internal.engine;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.ConnectionInfo;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.server.internal.log.Append;
import dev.videosession.server.internal.log.ConnectionRecord;
import dev.videosession.server.internal.log.SessionLogFactory;
import dev.videosession.server.internal.log.SideRecord;
import dev.videosession.server.internal.metrics.ServerMetrics;
import dev.videosession.server.internal.rules.Command;
import dev.videosession.server.internal.rules.Decision;
import dev.videosession.server.internal.rules.Effect;
import dev.videosession.server.internal.rules.RosterBounds;
import dev.videosession.server.internal.rules.SessionRules;
import dev.videosession.server.internal.state.Link;
import dev.videosession.server.internal.state.LoggedState;
import dev.videosession.server.internal.state.TokenPass;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** An engine without connections, which writes down what it does. */
final class EngineFixture {
    static final SessionId SESSION = new SessionId("session");
    static final ConnectionId ADA = new ConnectionId("ada");
    static final ConnectionId BOB = new ConnectionId("bob");

    final List<String> story = new ArrayList<>();
    final List<Effect> effects = new ArrayList<>();
    final LoggedState state = new LoggedState();
    final SessionEngine engine;

    EngineFixture(SessionLogFactory logs, Executor loop, int maxConnections) {
        engine = new SessionEngine(
                SESSION,
                state,
                new SessionRules(maxConnections, 2, RosterBounds.NONE, false),
                new ServerMetrics(new SimpleMeterRegistry()),
                (id, before, event) -> {},
                logs,
                loop,
                event -> story.add("applied " + event.getClass().getSimpleName()),
                run -> {
                    effects.addAll(run);
                    run.forEach(
                            effect -> story.add("effect " + effect.getClass().getSimpleName()));
                });
    }

    /** Writes down the messages of other servers. */
    void followOtherServers() {
        engine.follow(new ClusterListener() {
            @Override
            public void opened() {
                throw new IllegalStateException("the log is open at once");
            }

            @Override
            public void message(ConnectionId to, ServerMessage message) {
                story.add("message " + ((ServerMessage.DirectSignal) message).data());
            }

            @Override
            public void mailed(ConnectionId connection, int bytes) {
                story.add("mailed " + connection);
            }

            @Override
            public boolean mail(ConnectionId to, ServerMessage message) {
                throw new IllegalStateException("no message waits");
            }

            @Override
            public void released() {
                throw new IllegalStateException("no connection is taken over");
            }

            @Override
            public void given(ConnectionId connection) {
                throw new IllegalStateException("no connection is handed over");
            }

            @Override
            public void missedMessages(Runnable then) {
                throw new IllegalStateException("no message is missed");
            }

            @Override
            public Link actual(Link recorded) {
                return recorded;
            }

            @Override
            public void diverged() {
                throw new IllegalStateException("the log loses nothing");
            }
        });
    }

    List<String> take() {
        List<String> taken = List.copyOf(story);
        story.clear();
        return taken;
    }

    void submit(String name, Command command) {
        engine.submit(new Told(name, null, command, 0));
    }

    /** Submits a command that is submitted again after a failure. */
    void repeating(String name, Command command) {
        engine.submit(new Told(name, null, command, 0) {
            @Override
            protected void recovered() {
                super.recovered();
                engine.submit(this);
            }
        });
    }

    void request(String name, ConnectionId by, long requestId, Command command) {
        engine.submit(new Told(name, by, command, requestId));
    }

    static Command join(ConnectionId id) {
        return new Command.Join(new ConnectionInfo(id, 0, "", Role.MODERATOR), new TokenPass(id.value(), 10));
    }

    static Command leave(ConnectionId id) {
        return new Command.Leave(id, DisconnectReason.CLIENT_DISCONNECTED, DisconnectDetail.LEFT, null);
    }

    static Command signal(String data) {
        return new Command.Signal(null, null, "chat", data);
    }

    static Command publish(ConnectionId by, String stream) {
        return new Command.Publish(new StreamInfo(new StreamId(stream), by, "", 0, true, true, null, null));
    }

    /** A command whose life is written down. */
    private class Told extends Operation {
        private final String name;
        private final Command command;
        private final long requestId;

        Told(String name, @Nullable ConnectionId actor, Command command, long requestId) {
            super(actor);
            this.name = name;
            this.command = command;
            this.requestId = requestId;
        }

        @Override
        protected boolean mayFollow(Append batch) {
            return true;
        }

        @Override
        protected Decision decide(LoggedState current) {
            return engine.decide(current, command);
        }

        @Override
        protected void write(Decision decision, Append step) {
            if (command instanceof Command.Join join && !decision.events().isEmpty()) {
                step.record(new SideRecord.PutConnection(
                        new ConnectionRecord(join.connection().connectionId(), engine.epoch(), 0)));
            }
            ConnectionId by = actor();
            if (by != null) {
                step.record(new SideRecord.Reply(by, requestId, new ServerMessage.Done(requestId)));
            }
        }

        @Override
        protected void committed(Decision.Accepted accepted) {
            story.add(name + " committed");
        }

        @Override
        protected void applied(Decision.Accepted accepted) {
            story.add(name + " done");
        }

        @Override
        protected void rejected(Decision.Rejected rejected) {
            story.add(name + " rejected " + rejected.code());
        }

        @Override
        protected void fenced() {
            story.add(name + " fenced");
        }

        @Override
        protected void failed() {
            story.add(name + " failed");
        }

        @Override
        protected void recovered() {
            story.add(name + " recovered");
        }
    }
}
