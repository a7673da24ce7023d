package dev.videosession.app.bot;

import dev.videosession.app.process.StopSignal;
import dev.videosession.media.MediaEngine;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.TokenProject;
import dev.videosession.session.ForceDisconnectOptions;
import dev.videosession.session.Session;
import dev.videosession.session.SessionDisconnectEvent;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.SessionException;
import dev.videosession.session.SessionListener;
import dev.videosession.session.SignalOptions;
import dev.videosession.session.Subscriber;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One participant: subscribes to everything, publishes what is synthetic, obeys lines and reports in lines. */
final class Bot implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Bot.class);
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    private final BotOptions options;
    private final LineWriter out;
    private final StopSignal stop;
    private final Session session;
    private final BotPublisher publisher;
    private final BotSubscribers subscribers;
    private final Reports reports;
    private final AtomicBoolean preventNext = new AtomicBoolean();
    private final Disposable events;
    private boolean entered; // set and read on the callbacks' thread

    private Bot(BotOptions options, MediaEngine engine, LineWriter out, StopSignal stop, Session session) {
        this.options = options;
        this.out = out;
        this.stop = stop;
        this.session = session;
        this.publisher = new BotPublisher(session, engine, options, out);
        this.subscribers = new BotSubscribers(session, out);
        session.addListener(new Listener());
        this.events = session.events().subscribe(this::onEvent);
        this.reports = new Reports(() -> {
            subscribers.report();
            publisher.report();
        });
    }

    /** Enters the session; publishing goes on in the background. */
    static Bot enter(BotOptions options, MediaEngine engine, LineWriter out, StopSignal stop) throws CommandException {
        Session session;
        try {
            session = Session.builder(
                            options.server().nodes(),
                            TokenProject.of(options.token()).orElse(""),
                            options.sessionId())
                    .mediaEngine(engine)
                    .verifyTurnCertificates(options.verifyTurn())
                    .build();
        } catch (IllegalArgumentException e) {
            throw new CommandException("connect", ErrorCode.INVALID_PARAMETER, String.valueOf(e.getMessage()), e);
        }
        Bot bot = new Bot(options, engine, out, stop, session);
        try {
            session.connect(options.token()).blockingAwait();
        } catch (SessionException e) {
            bot.close();
            throw new CommandException("connect", e);
        }
        if (options.publish()) {
            bot.publisher.publish().subscribe(new Answer("publish", out, false));
        }
        return bot;
    }

    /** The session calls listeners before it reports the same event to {@link #onEvent}. */
    private final class Listener implements SessionListener {
        @Override
        public void onConnected(SessionEvent.SessionConnected event) {
            entered = true;
        }

        @Override
        public void onDisconnected(SessionDisconnectEvent event) {
            if (preventNext.getAndSet(false)) {
                event.preventDefault();
            }
        }
    }

    private void onEvent(SessionEvent event) {
        if (!entered && event instanceof SessionEvent.ExceptionRaised) {
            return; // why the bot could not connect is reported once, as it ends
        }
        out.write(EventLines.of(event, session.id()));
        if (event instanceof SessionEvent.StreamCreated e) {
            subscribers.subscribe(e.stream());
        }
    }

    /** Carries out one line of input and answers it, at once or when the outcome is known. */
    void obey(String line) {
        try {
            RequestLine parsed = RequestLine.parse(line);
            parsed.request().accept(new Commands(parsed.command())).subscribe(new Answer(parsed.command(), out, true));
        } catch (CommandException e) {
            out.write(e.line());
        }
    }

    /** Carries out a request; the command is its name for an error. */
    private final class Commands implements BotRequest.Visitor {
        private final String command;

        Commands(String command) {
            this.command = command;
        }

        @Override
        public Completable onForceDisconnect(BotRequest.ForceDisconnect request) {
            return session.forceDisconnect(
                    request.connection(), new ForceDisconnectOptions(request.message(), request.ban()));
        }

        @Override
        public Completable onForceUnpublish(BotRequest.ForceUnpublish request) {
            return session.forceUnpublish(request.stream());
        }

        @Override
        public Completable onMuteStream(BotRequest.MuteStream request) {
            return session.forceMuteStream(request.stream());
        }

        @Override
        public Completable onMuteAll(BotRequest.MuteAll request) {
            return session.forceMuteAll(request.excluded());
        }

        @Override
        public Completable onDisableForceMute(BotRequest.DisableForceMute request) {
            return session.disableForceMute();
        }

        @Override
        public Completable onSignal(BotRequest.Signal request) throws CommandException {
            return signal(command, request);
        }

        @Override
        public Completable onPublish(BotRequest.Publish request) {
            return publisher.publish();
        }

        @Override
        public Completable onUnpublish(BotRequest.Unpublish request) {
            return publisher.unpublish();
        }

        @Override
        public Completable onSubscribe(BotRequest.Subscribe request) throws CommandException {
            return subscribe(command, request.stream());
        }

        @Override
        public Completable onUnsubscribe(BotRequest.Unsubscribe request) throws CommandException {
            if (!subscribers.unsubscribe(request.stream())) {
                throw notSubscribed();
            }
            return Completable.complete();
        }

        @Override
        public Completable onPreferredResolution(BotRequest.PreferredResolution request) throws CommandException {
            return change(request.stream(), subscriber -> subscriber.setPreferredResolution(request.size()));
        }

        @Override
        public Completable onPreferredFrameRate(BotRequest.PreferredFrameRate request) throws CommandException {
            return change(request.stream(), subscriber -> subscriber.setPreferredFrameRate(request.framesPerSecond()));
        }

        private Completable change(StreamId stream, Consumer<Subscriber> change) throws CommandException {
            Subscriber subscriber = subscribers.of(stream);
            if (subscriber == null) {
                throw notSubscribed();
            }
            try {
                change.accept(subscriber);
            } catch (IllegalArgumentException e) {
                throw new CommandException(command, ErrorCode.INVALID_PARAMETER, String.valueOf(e.getMessage()), e);
            }
            return Completable.complete();
        }

        private CommandException notSubscribed() {
            return new CommandException(command, ErrorCode.SUBSCRIBE_STREAM_NOT_FOUND, "not subscribed to this stream");
        }

        @Override
        public Completable onPublishAudio(BotRequest.PublishAudio request) {
            return publisher.turn(each -> each.publishAudio(request.on()));
        }

        @Override
        public Completable onPublishVideo(BotRequest.PublishVideo request) {
            return publisher.turn(each -> each.publishVideo(request.on()));
        }

        @Override
        public Completable onPreventDefault(BotRequest.PreventDefault request) {
            preventNext.set(true);
            return Completable.complete();
        }

        @Override
        public Completable onRoster(BotRequest.ListRoster request) {
            out.write(EventLines.roster(session));
            return Completable.complete();
        }

        @Override
        public Completable onConnect(BotRequest.Connect request) {
            return session.connect(options.token());
        }

        @Override
        public Completable onDisconnect(BotRequest.Disconnect request) {
            return session.disconnect();
        }

        @Override
        public Completable onExit(BotRequest.Exit request) {
            return Completable.complete().doAfterTerminate(stop::request);
        }
    }

    private Completable signal(String command, BotRequest.Signal signal) throws CommandException {
        if (signal.to() == null) {
            return session.signal(signal.type(), signal.data());
        }
        return session.connections().stream()
                .filter(connection -> connection.id().equals(signal.to()))
                .findFirst()
                .map(to -> session.signal(signal.type(), signal.data(), SignalOptions.to(to)))
                .orElseThrow(() ->
                        new CommandException(command, ErrorCode.SIGNAL_NOT_FOUND, "no such connection in the session"));
    }

    private Completable subscribe(String command, StreamId id) throws CommandException {
        return session.streams().stream()
                .filter(stream -> stream.id().equals(id))
                .findFirst()
                .map(subscribers::subscribe)
                .orElseThrow(() -> new CommandException(
                        command, ErrorCode.SUBSCRIBE_STREAM_NOT_FOUND, "no such stream in the session"));
    }

    /** Leaves the session in order; its last events are still reported. */
    @Override
    public void close() {
        reports.close();
        boolean left = session.disconnect().blockingAwait(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
        if (!left) {
            LOG.warn("event=disconnectUnanswered seconds={}", GOODBYE.toSeconds());
        }
        publisher.close();
        subscribers.close();
        session.close();
        events.dispose();
    }
}
