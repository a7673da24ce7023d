package dev.videosession.session;

import static org.awaitility.Awaitility.await;

import dev.videosession.media.AudioSources;
import dev.videosession.media.MediaEngine;
import dev.videosession.media.VideoSources;
import dev.videosession.media.probe.FrameStamp;
import dev.videosession.media.probe.ToneMeter;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.SessionId;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/** A client of the SDK that subscribes to everything and writes down, with names for ids, what it is told. */
final class Participant implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(10);

    final String name;
    final Session session;
    private final @Nullable MediaEngine engine;
    final List<String> events = new CopyOnWriteArrayList<>();
    final Map<String, Received> received = new ConcurrentHashMap<>();
    volatile boolean prevent;

    /** What arrives of one stream. */
    static final class Received {
        final Subscriber subscriber;
        final AtomicLong lastFrameNumber = new AtomicLong(-1);
        final ToneMeter tone = new ToneMeter();
        final List<String> events = new CopyOnWriteArrayList<>();

        Received(Subscriber subscriber) {
            this.subscriber = subscriber;
            subscriber
                    .video()
                    .addSink(frame -> FrameStamp.read(frame).ifPresent(stamp -> lastFrameNumber.set(stamp.number())));
            subscriber.audio().addSink(tone);
            subscriber.addListener(new SubscriberListener() {
                @Override
                public void onConnected() {
                    events.add("connected");
                }

                @Override
                public void onVideoDisabled(VideoChangeReason reason) {
                    events.add("videoDisabled " + reason.wireName());
                }

                @Override
                public void onVideoEnabled(VideoChangeReason reason) {
                    events.add("videoEnabled " + reason.wireName());
                }

                @Override
                public void onDestroyed() {
                    events.add("destroyed");
                }

                @Override
                public void onError(SessionException error) {
                    events.add("error " + error.code());
                }
            });
        }
    }

    Participant(URI server, SessionId id, String name, @Nullable MediaEngine engine) {
        this(server, id, name, engine, builder -> builder);
    }

    Participant(
            URI server,
            SessionId id,
            String name,
            @Nullable MediaEngine engine,
            UnaryOperator<SessionBuilder> options) {
        this.name = name;
        this.engine = engine;
        SessionBuilder builder = options.apply(Session.builder(server, "47000001", id.value()));
        this.session = (engine == null ? builder : builder.mediaEngine(engine)).build();
        session.addListener(new Recorder(session));
    }

    private final class Recorder extends EventLog {
        Recorder(Session session) {
            super(session);
        }

        @Override
        public void onStreamCreated(SessionEvent.StreamCreated event) {
            Stream stream = event.stream();
            events.add("streamCreated " + stream.name());
            if (session.capabilities().filter(can -> can.subscribe()).isPresent()) {
                received.put(stream.name(), new Received(session.subscribe(stream)));
            }
        }

        @Override
        public void onStreamDestroyed(StreamDestroyedEvent event) {
            events.add("streamDestroyed " + event.stream().name() + " "
                    + event.reason().wireName());
        }

        @Override
        public void onConnectionCreated(SessionEvent.ConnectionCreated event) {
            events.add("connectionCreated " + event.connection().data());
        }

        @Override
        public void onConnectionDestroyed(SessionEvent.ConnectionDestroyed event) {
            events.add("connectionDestroyed " + event.connection().data() + " "
                    + event.reason().wireName() + " " + event.detail().wireName());
        }

        @Override
        public void onDisconnected(SessionDisconnectEvent event) {
            if (prevent) {
                event.preventDefault();
            }
            events.add("sessionDisconnected " + event.reason().wireName() + " "
                    + event.detail().wireName()
                    + event.message().map(m -> " " + m).orElse(""));
        }

        @Override
        public void onStreamPropertyChanged(SessionEvent.StreamPropertyChanged event) {
            events.add(
                    event.changedProperty().wireName() + " of " + event.stream().name() + " " + event.newValue());
        }

        @Override
        public void onReconnecting(SessionEvent.SessionReconnecting event) {
            events.add("sessionReconnecting");
        }

        @Override
        public void onReconnected(SessionEvent.SessionReconnected event) {
            events.add(event.startedOver() ? "sessionReconnected anew" : "sessionReconnected");
        }

        @Override
        public void onSignal(SessionEvent.Signal event) {
            events.add(event.type() + " " + event.data() + " from "
                    + (event.from() == null ? "backend" : event.from().data()));
        }

        @Override
        public void onMuteForced(SessionEvent.MuteForced event) {
            events.add("muteForced " + event.active());
        }

        @Override
        public void onError(SessionException error) {
            events.add("error " + error.code() + " " + error.errorName());
        }
    }

    /** A small synthetic camera and a tone, not published yet. */
    Publisher camera(double hertz) {
        PublisherBuilder builder = Publisher.builder()
                .video(VideoSources.pattern(new VideoFormat(320, 240, 15)))
                .audio(AudioSources.tone(hertz))
                .name(name + "-cam");
        Publisher publisher = (engine == null ? builder : builder.mediaEngine(engine)).build();
        publisher.addListener(new PublisherListener() {
            @Override
            public void onStreamCreated(Stream stream) {
                events.add("publisher streamCreated");
            }

            @Override
            public void onStreamDestroyed(StreamDestroyedEvent event) {
                events.add("publisher streamDestroyed " + event.reason().wireName());
            }

            @Override
            public void onMuteForced() {
                events.add("publisher muteForced");
            }

            @Override
            public void onDestroyed() {
                events.add("publisher destroyed");
            }
        });
        return publisher;
    }

    Publisher publishCamera(double hertz) {
        Publisher publisher = camera(hertz);
        session.publish(publisher).blockingAwait();
        return publisher;
    }

    /** The stream of this name, as this participant knows it now. */
    Stream stream(String streamName) {
        return session.streams().stream()
                .filter(stream -> stream.name().equals(streamName))
                .findFirst()
                .orElseThrow();
    }

    /** The signals among the events. */
    List<String> signals() {
        return events.stream().filter(event -> event.startsWith("signal")).toList();
    }

    ConnectionId id() {
        return session.connection().orElseThrow().id();
    }

    Received awaitStream(String streamName) {
        waitFor(name + " subscribes to " + streamName).until(() -> received.containsKey(streamName));
        return received.get(streamName);
    }

    void awaitFrames(String streamName) {
        Received stream = awaitStream(streamName);
        waitFor(name + " sees " + streamName).until(() -> stream.lastFrameNumber.get() >= 0);
    }

    void awaitNewFrames(String streamName) {
        Received stream = awaitStream(streamName);
        long seen = stream.lastFrameNumber.get();
        waitFor(name + " sees more of " + streamName).until(() -> stream.lastFrameNumber.get() > seen);
    }

    void awaitEvent(String event) {
        waitFor(name + " is told " + event + ", has " + events).until(() -> events.contains(event));
    }

    private static ConditionFactory waitFor(String what) {
        return await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(10));
    }

    @Override
    public void close() {
        session.close();
    }
}
