package dev.videosession.app.demo;

import dev.videosession.app.people.ParticipantSignal;
import dev.videosession.app.process.StopSignal;
import dev.videosession.app.server.Backend;
import dev.videosession.media.MediaEngine;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.session.ForceDisconnectOptions;
import dev.videosession.session.SessionDisconnectEvent;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.StreamDestroyedEvent;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.swing.SwingUtilities;

/** What happens in the demo: three join, see and hear each other; one removes another; the rest leave. */
final class Script implements AutoCloseable {
    static final String MESSAGE = "Thank you for your talk, Cleo. Next speaker, please.";
    private static final Path PICTURES = Path.of("target", "demo");
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration MEASURING = Duration.ofSeconds(3);
    private static final Duration SETTLING = Duration.ofMillis(1500);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final int JOINING_SECONDS = 15;
    private static final List<Participant.Part> CAST = List.of(
            new Participant.Part("Ada", 0.08f, 440),
            new Participant.Part("Ben", 0.58f, 523),
            new Participant.Part("Cleo", 0.33f, 659));

    private final URI server;
    private final Backend backend;
    private final SessionId sessionId;
    private final MediaEngine engine;
    private final Timeline timeline;
    private final StopSignal stop;
    private final boolean routed;
    private final Duration pause;
    private final ReceptionChecks receptionChecks;
    private final Checks checks;
    private final List<Participant> cast = new ArrayList<>();

    /** A script for a session whose media goes through a media router if {@code routed}, with a pause after each message. */
    Script(
            URI server,
            Backend backend,
            SessionId sessionId,
            MediaEngine engine,
            Timeline timeline,
            StopSignal stop,
            boolean routed,
            Duration pause) {
        this.routed = routed;
        this.pause = pause;
        this.server = server;
        this.backend = backend;
        this.sessionId = sessionId;
        this.engine = engine;
        this.timeline = timeline;
        this.stop = stop;
        this.checks = new Checks(timeline);
        this.receptionChecks = new ReceptionChecks(checks);
    }

    /** Plays everything but the end; returns what went wrong. */
    List<String> play() throws InterruptedException, IOException {
        join();
        boolean complete = until(() -> cast.stream().allMatch(this::seesAllOthers), TIMEOUT);
        checks.that(complete, "every participant receives all other streams");
        if (complete) {
            receptionChecks.begin(cast);
            stop.await(MEASURING);
            receptionChecks.end(cast, MEASURING);
            checkUploads();
        } else {
            NetworkHint.find().ifPresent(hint -> timeline.print("  hint  " + hint));
        }
        talk();
        render("1-together");
        remove();
        render("2-after-removal");
        return checks.failures();
    }

    /** What a user can follow in the windows of the call and the console. */
    private void talk() throws InterruptedException {
        say(0, "chat", "Welcome, everyone. Cleo starts with the talk.");
        say(2, ParticipantSignal.SIGNAL, new ParticipantSignal(CAST.get(2).name(), true).encode());
        say(1, "chat", "I have a question for later.");
        say(1, "reaction", "thumb_up");
        stop.await(pause);
        say(2, ParticipantSignal.SIGNAL, new ParticipantSignal(CAST.get(2).name(), false).encode());
    }

    private void say(int speaker, String type, String data) throws InterruptedException {
        boolean sent =
                cast.get(speaker).session().signal(type, data).blockingAwait(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        checks.that(sent, CAST.get(speaker).name() + " sends a signal of type " + type);
        stop.await(pause);
    }

    private void join() throws InterruptedException {
        for (Participant.Part part : CAST) {
            Participant participant =
                    onSwing(() -> new Participant(part, server, backend.apiKey(), sessionId, engine, timeline));
            cast.add(participant);
            Role role = cast.size() == 1 ? Role.MODERATOR : Role.PUBLISHER;
            String token = backend.token(sessionId, role, "name=" + part.name());
            timeline.tell(part.name(), "joins as " + role.wireName());
            if (!participant.join(token).blockingAwait(JOINING_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(part.name() + " could not join in time");
            }
        }
    }

    private void checkUploads() {
        int expected = routed ? 1 : CAST.size() - 1;
        for (Participant participant : cast) {
            int uploads = participant.uploads();
            checks.that(
                    routed ? uploads == expected : uploads >= expected,
                    String.format(
                            "%s sends %d upload%s for %d viewers",
                            participant.name(), uploads, uploads == 1 ? "" : "s", CAST.size() - 1));
        }
    }

    private boolean seesAllOthers(Participant participant) {
        return cast.stream().filter(other -> other != participant).allMatch(other -> {
            Reception reception = participant.receptions().get(other.name());
            return reception != null && reception.firstFrameMillis() >= 0;
        });
    }

    private void remove() throws InterruptedException {
        Participant moderator = cast.get(0);
        Participant victim = cast.get(2);
        List<Participant> others = cast.subList(0, 2);
        timeline.tell(moderator.name(), "removes " + victim.name());
        ConnectionId removed = victim.session().connection().orElseThrow().id();
        boolean done = moderator
                .session()
                .forceDisconnect(removed, ForceDisconnectOptions.DEFAULT.withMessage(MESSAGE))
                .blockingAwait(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        checks.that(done, moderator.name() + "'s request is confirmed");
        until(() -> others.stream().allMatch(other -> destroyed(other, victim.name()) == 2), TIMEOUT);
        stop.await(SETTLING);
        List<SessionDisconnectEvent> ends = victim.events().stream()
                .filter(SessionDisconnectEvent.class::isInstance)
                .map(SessionDisconnectEvent.class::cast)
                .toList();
        checks.that(ends.size() == 1, victim.name() + " receives one disconnect event");
        checks.that(
                ends.stream()
                        .allMatch(end -> end.reason().wireName().equals("forceDisconnected")
                                && end.message().filter(MESSAGE::equals).isPresent()),
                victim.name() + " receives forceDisconnected with the moderator's message");
        for (Participant other : others) {
            checks.that(
                    destroyed(other, victim.name()) == 2,
                    other.name() + " receives streamDestroyed, then connectionDestroyed, both forceDisconnected");
            checks.that(
                    other.events().stream().noneMatch(SessionDisconnectEvent.class::isInstance),
                    other.name() + " stays in the session");
        }
    }

    /** Counts the steps of a removal in the order in which they belong: 2 is all of them. */
    private static int destroyed(Participant witness, String gone) {
        int steps = 0;
        for (SessionEvent event : witness.events()) {
            if (event instanceof StreamDestroyedEvent e
                    && e.stream().name().equals(gone)
                    && e.reason().wireName().equals("forceDisconnected")) {
                steps = steps == 0 ? 1 : Integer.MIN_VALUE;
            } else if (event instanceof SessionEvent.ConnectionDestroyed e
                    && e.connection().data().equals("name=" + gone)
                    && e.reason().wireName().equals("forceDisconnected")) {
                steps = steps == 1 ? 2 : Integer.MIN_VALUE;
            }
        }
        return steps;
    }

    private void render(String scene) throws InterruptedException, IOException {
        for (Participant participant : cast) {
            String state = participant.session().connection().isPresent() ? "in the session" : "removed: " + MESSAGE;
            BufferedImage picture =
                    onSwing(() -> GridPicture.paint(participant.grid(), participant.name() + " - " + state));
            Path file = PICTURES.resolve(participant.name().toLowerCase(Locale.ROOT) + "-" + scene + ".png");
            GridPicture.write(picture, file);
            timeline.print("  image " + file);
        }
    }

    private boolean until(BooleanSupplier condition, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end || stop.await(POLL)) {
                return condition.getAsBoolean();
            }
        }
        return true;
    }

    private static <T> T onSwing(Callable<T> task) throws InterruptedException {
        FutureTask<T> future = new FutureTask<>(task);
        try {
            SwingUtilities.invokeAndWait(future);
            return future.get();
        } catch (InvocationTargetException | ExecutionException e) {
            throw new IllegalStateException("failed on the Swing thread", e.getCause());
        }
    }

    /** All participants disconnect. */
    @Override
    public void close() {
        cast.forEach(Participant::close);
    }
}
