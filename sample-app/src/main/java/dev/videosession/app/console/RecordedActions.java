package dev.videosession.app.console;

import dev.videosession.app.event.EventText;
import dev.videosession.app.grid.Names;
import dev.videosession.app.text.Texts;
import dev.videosession.app.timeline.EntryKind;
import dev.videosession.app.timeline.TimelineEntry;
import dev.videosession.app.window.CommandOutcome;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.VideoType;
import dev.videosession.session.Connection;
import dev.videosession.session.DisplayText;
import dev.videosession.session.ForceDisconnectOptions;
import dev.videosession.session.Session;
import dev.videosession.session.SessionException;
import dev.videosession.session.SignalOptions;
import dev.videosession.session.Stream;
import io.reactivex.rxjava3.core.Completable;
import java.time.Clock;
import java.util.Collection;
import java.util.function.Function;

/** Carries out what a moderator asks for, and records each action with its outcome. For the Swing thread. */
final class RecordedActions implements ModeratorActions {
    private static final String WARNING = "warning";
    private static final String NOTICE = "notice";

    private final Session session;
    private final Function<String, Completable> closing;
    private final OutcomeListener listener;
    private final Clock clock;

    /** Learns what was asked for, and the outcome. */
    interface OutcomeListener {
        void onRecord(TimelineEntry entry);

        void onDone(String sentence);

        void onRefused(String sentence);
    }

    /** Commands for a session; {@code closing} closes it with a message. */
    RecordedActions(Session session, Function<String, Completable> closing, OutcomeListener listener, Clock clock) {
        this.session = session;
        this.closing = closing;
        this.listener = listener;
        this.clock = clock;
    }

    /** Starts a command. The keys name the texts of the request and of the outcome; the message goes to the participant. */
    private void run(String type, String asked, String done, String message, Completable command) {
        String said = message.isBlank() ? "" : " " + Texts.of("audit.message", EventText.message(message));
        record(type, Texts.of("audit.asked", asked) + said);
        command.subscribe(new CommandOutcome(
                () -> {
                    record(type, Texts.of("audit.done", done));
                    listener.onDone(done);
                },
                failure -> {
                    record(type, Texts.of("audit.refused", asked, explain(failure)));
                    listener.onRefused(Texts.of("console.refused", asked, explain(failure)));
                }));
    }

    private void record(String type, String text) {
        listener.onRecord(new TimelineEntry(clock.instant(), EntryKind.MODERATION, type, text));
    }

    /** {@return a failure in words, with the code and the name that a moderator can report} */
    static String explain(Throwable failure) {
        return failure instanceof SessionException e
                ? e.code() + " " + e.errorName() + ": " + EventText.message(e.getMessage())
                : EventText.message(failure.getMessage());
    }

    private static String name(Connection connection) {
        return DisplayText.isolateInSwing(Names.of(connection));
    }

    private static String name(Stream stream) {
        return DisplayText.isolateInSwing(Names.of(stream));
    }

    @Override
    public void warn(Connection connection, String message) {
        run(
                "warn",
                Texts.of("audit.warn", name(connection)),
                Texts.of("audit.warned", name(connection)),
                message,
                session.signal(WARNING, message, SignalOptions.to(connection)));
    }

    @Override
    public void notice(String message) {
        run("notice", Texts.of("audit.notice"), Texts.of("audit.noticed"), message, session.signal(NOTICE, message));
    }

    @Override
    public void mute(Stream stream) {
        run(
                "mute",
                Texts.of("audit.mute", name(stream)),
                Texts.of("audit.muted", name(stream)),
                "",
                session.forceMuteStream(stream));
    }

    @Override
    public void muteAll(Collection<StreamId> excluded) {
        run(
                "muteAll",
                Texts.of("audit.muteAll", excluded.size()),
                Texts.of("audit.mutedAll", excluded.size()),
                "",
                session.forceMuteAll(excluded));
    }

    @Override
    public void allowUnmuting() {
        run("allowUnmuting", Texts.of("audit.allow"), Texts.of("audit.allowed"), "", session.disableForceMute());
    }

    @Override
    public void end(Stream stream) {
        boolean screen = stream.videoType().filter(VideoType.SCREEN::equals).isPresent();
        run(
                "endStream",
                Texts.of(screen ? "audit.unshare" : "audit.end", name(stream)),
                Texts.of(screen ? "audit.unshared" : "audit.ended", name(stream)),
                "",
                session.forceUnpublish(stream));
    }

    @Override
    public void remove(Connection connection, String message, boolean ban) {
        run(
                ban ? "ban" : "remove",
                Texts.of(ban ? "audit.ban" : "audit.remove", name(connection)),
                Texts.of(ban ? "audit.banned" : "audit.removed", name(connection)),
                message,
                session.forceDisconnect(
                        connection, new ForceDisconnectOptions(message.isBlank() ? null : message, ban)));
    }

    @Override
    public void closeSession(String message) {
        run("closeSession", Texts.of("audit.close"), Texts.of("audit.closed"), message, closing.apply(message));
    }
}
