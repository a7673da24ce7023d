package dev.videosession.app.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.app.process.Child;
import dev.videosession.app.process.LiveSession;
import dev.videosession.app.window.DrivenWindow;
import dev.videosession.app.window.KnownStreams;
import dev.videosession.app.window.Screen;
import dev.videosession.app.window.ShownMarks;
import dev.videosession.app.window.WindowLook;
import java.awt.Dimension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A moderator in the console and a participant in a call, each on a display of its own, both by keyboard alone. */
@Tag("faults")
class BothProgramsIT {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Path PICTURES = Path.of("target", "both");
    private static final Dimension SMALLEST_CALL = new Dimension(480, 360);
    private static final Dimension SMALLEST_CONSOLE = new Dimension(640, 400);

    @TempDir
    private Path directory;

    private Screen participantScreen;
    private Screen moderatorScreen;
    private LiveSession session;
    private Child ben;
    private String adaStream;
    private String benStream;
    private String benTile;
    private DrivenWindow call;
    private DrivenWindow console;
    private ShownMarks marks;

    private static Stream<WindowLook> looks() {
        return WindowLook.all();
    }

    private static Stream<WindowLook> twoLooks() {
        return Stream.of(new WindowLook("LIGHT", false, 1), new WindowLook("DARK", true, 2));
    }

    private void openPrograms(WindowLook look) throws IOException {
        Files.createDirectories(PICTURES);
        Path other = Files.createDirectory(directory.resolve("moderator"));
        participantScreen = look.screen(directory);
        moderatorScreen = look.screen(other);
        session = new LiveSession(directory);
        ben = session.bot("Ben", session.token("publisher", "name=Ben"), "--video", "320x180@10", "--tone", "440");
        benStream = LiveSession.stream(ben);
        benTile = "tile:" + benStream;
        call = look.start(
                directory,
                participantScreen,
                "call",
                SMALLEST_CALL,
                List.of(
                        "call",
                        session.url(),
                        session.id(),
                        session.token("publisher", "name=Ada"),
                        "--name",
                        "Ada",
                        "--synthetic"));
        marks = new ShownMarks(call);
        call.awaitText("status", text -> text.startsWith("Connected, 2 participants"));
        call.awaitState("mute", "Mute");
        console = look.start(
                other,
                moderatorScreen,
                "console",
                SMALLEST_CONSOLE,
                List.of("console", session.url(), session.id(), session.token("moderator")));
        console.awaitText("status", text -> text.contains("2 other clients, 2 streams"));
    }

    @AfterEach
    void endEverything() {
        try (Screen openModeratorScreen = moderatorScreen;
                Screen openParticipantScreen = participantScreen;
                LiveSession openSession = session;
                DrivenWindow openCall = call;
                DrivenWindow openConsole = console) {
            // closed in reverse order, each one even if another fails
        }
    }

    @ParameterizedTest
    @MethodSource("looks")
    void moderationIsSeenInTheCall(WindowLook look) throws Exception {
        openPrograms(look);
        call.awaitState("camera", "Stop video");
        everyTileShowsItsStream();
        marksOfAParticipantAreShown();
        call.shot(PICTURES.resolve(look.file("call")));
        reactionsAreShown(look);

        focus("ada");
        console.press("W");
        console.awaitFocus("action-message");
        console.press("H", "I", "ENTER");
        call.awaitText("notice", "A moderator writes: hi"::equals);
        marks.awaitWarning("notice");

        awaitTheCardAgain();
        console.press("M");
        call.awaitState("mute", "Unmute");
        marks.awaitMuted("preview", true);
        call.awaitText("notice", "A moderator muted you. You may unmute yourself."::equals);
        call.press("M");
        call.awaitState("mute", "Mute");
        marks.awaitMuted("preview", false);
        console.awaitText("stream-state:" + adaStream, text -> text.startsWith("audio on"));

        console.press("ctrl N");
        console.awaitFocus("action-message");
        console.press("Y", "O", "ENTER");
        call.awaitText("notice", "Notice of a moderator: yo"::equals);

        aShareIsStopped(look);
        aParticipantIsRemovedAndBanned(look);
    }

    private void everyTileShowsItsStream() {
        adaStream = String.valueOf(ben.event("media", LIMIT, event -> event.get("lastFrameNumber") instanceof Double)
                .get("streamId"));
        Child watcher = bot("Watcher", "--no-publish");
        watcher.event("media", LIMIT, event -> adaStream.equals(event.get("streamId")));
        watcher.event("media", LIMIT, event -> benStream.equals(event.get("streamId")));
        KnownStreams streams = new KnownStreams(watcher);
        await("Ben in the tile of Ben").atMost(LIMIT).until(() -> streams.areSeen(call, List.of(benTile)));
        for (String each : List.of("ben", "ada")) {
            focus(each);
            String thumbnail = "thumbnail:" + (each.equals("ben") ? benStream : adaStream);
            await("only " + each)
                    .atMost(LIMIT)
                    .until(() -> console.names("thumbnail:").equals(List.of(thumbnail)));
            await(each + " in the thumbnail of " + each)
                    .atMost(LIMIT)
                    .until(() -> streams.areSeen(console, List.of(thumbnail)));
        }
        call.awaitMoves("preview");
        call.awaitText("status", "Connected, 2 participants, 2 watching"::equals);
        assertThat(call.names("avatar:")).as("watchers have none").isEmpty();
        send(watcher, "{\"do\":\"exit\"}");
    }

    private Child bot(String name, String... options) {
        try {
            return session.bot(name, session.token("subscriber", "name=" + name), options);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void send(Child bot, String command) {
        try {
            bot.send(command);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void marksOfAParticipantAreShown() {
        marks.awaitSpeaking(benTile);
        marks.awaitQuality(benTile);
        marks.awaitMuted(benTile, false);
        focus("ben");
        console.press("M");
        ben.event("publisherMuteForced", LIMIT);
        marks.awaitMuted(benTile, true);
        console.awaitText("stream-state:" + benStream, text -> text.startsWith("muted"));
        send(
                ben,
                "{\"do\":\"signal\",\"type\":\"participant\",\"data\":\"{\\\"name\\\":\\\"Ben\\\",\\\"hand\\\":true}\"}");
        marks.awaitHand(benTile, true);
        console.awaitText("role:" + LiveSession.connection(ben), text -> text.endsWith("hand raised"));
        send(ben, "{\"do\":\"publishVideo\",\"on\":false}");
        marks.awaitCameraOff(benTile);
        assertThat(call.state(benTile)).isEqualTo("Ben, muted, camera off, hand raised");
    }

    private void reactionsAreShown(WindowLook look) {
        send(ben, "{\"do\":\"signal\",\"type\":\"reaction\",\"data\":\"heart\"}");
        marks.awaitReaction(benTile);
        call.press("R");
        await("the choice of reactions").atMost(LIMIT).until(() -> call.isShowing("reactions"));
        call.shot(PICTURES.resolve(look.file("reactions")));
        call.press("DOWN", "ENTER");
        ben.event("signal", LIMIT, event -> "reaction".equals(event.get("type")));
        marks.awaitReaction("preview");
        send(ben, "{\"do\":\"signal\",\"type\":\"participant\",\"data\":\"{\\\"name\\\":\\\"Ben\\\"}\"}");
        marks.awaitHand(benTile, false);
    }

    private void aShareIsStopped(WindowLook look) {
        call.press("S");
        call.awaitFocus("share-confirm");
        call.shot(PICTURES.resolve(look.file("share")));
        call.click("share-region");
        await("the screen to draw on").atMost(LIMIT).until(() -> call.isShowing("share-draw"));
        call.press("ESCAPE");
        await("the choice again")
                .atMost(LIMIT)
                .until(() -> call.isShowing("share-confirm") && !call.isShowing("share-draw"));
        call.click("share-confirm");
        call.awaitState("share", "Stop sharing");
        console.awaitText("timeline", text -> text.contains("Ada\u00A0(screen) started to share the screen"));
        focus("ada");
        console.press("S");
        console.awaitText("action-question", text -> text.startsWith("Stop the share of"));
        console.press("TAB", "TAB");
        confirm();
        call.awaitState("share", "Share screen");
    }

    private void aParticipantIsRemovedAndBanned(WindowLook look) {
        focus("ada");
        console.press("DELETE");
        console.awaitFocus("action-message");
        console.press("B", "Y", "E");
        console.shot(PICTURES.resolve(look.file("removal")));
        console.press("ENTER");
        call.awaitText("end-title", "You were removed from the session"::equals);
        assertThat(call.text("notice")).isEqualTo("A moderator writes: bye");
        assertThat(call.focus()).isEqualTo("rejoin");
        call.shot(PICTURES.resolve(look.file("end")));
        call.press("SPACE");
        call.awaitText("status", text -> text.startsWith("Connected"));

        focus("ada");
        console.press("B");
        console.awaitFocus("action-message");
        console.press("ENTER");
        call.awaitText("end-title", "You were removed from the session"::equals);
        assertThat(call.isShowing("rejoin")).isFalse();
        assertThat(call.focus()).isEqualTo("end-lobby");
        assertThat(console.text("timeline"))
                .contains("Ada is no longer in the session: removed and banned by a moderator");
        console.shot(PICTURES.resolve(look.file("console")));
    }

    @ParameterizedTest
    @MethodSource("twoLooks")
    void suspendedServerIsALostNetworkForBoth(WindowLook look) throws Exception {
        openPrograms(look);
        call.awaitMoves(benTile);
        signal("STOP");
        call.awaitText("status", "Reconnecting ..."::equals);
        call.awaitText("notice", text -> text.startsWith("The connection to the server was lost"));
        marks.awaitWarning("notice");
        call.awaitMoves(benTile); // media of a relayed session does not pass the server
        signal("CONT");
        call.awaitText("status", text -> text.startsWith("Connected, 2 participants"));
        assertThat(call.isShowing("notice")).isFalse();
        console.awaitText("status", text -> text.contains("2 other clients"));
        assertThat(ben.events()).noneMatch(event -> "sessionDisconnected".equals(event.get("event")));
    }

    private void signal(String name) throws Exception {
        session.server().signal(name);
    }

    /** Searches a participant, so that only its card is shown, and focuses the card. */
    private void focus(String name) {
        console.press("ctrl F");
        console.awaitFocus("people-search");
        console.write("people-search", name);
        console.press("ENTER");
        awaitTheCardAgain();
    }

    private void awaitTheCardAgain() {
        await("the card has the focus")
                .atMost(LIMIT)
                .until(() -> console.focus().startsWith("participant:"));
    }

    private void confirm() {
        for (int i = 0; i < 3 && !console.focus().equals("action-confirm"); i++) {
            console.press("TAB");
        }
        console.press("SPACE");
    }
}
