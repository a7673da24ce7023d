package dev.videosession.app.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.app.process.Child;
import dev.videosession.app.process.LiveSession;
import dev.videosession.app.window.DrivenWindow;
import dev.videosession.app.window.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A moderator in the console and a participant in a call, each on a display of its own, both by keyboard alone. */
@Tag("faults")
class BothProgramsIT {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    @TempDir
    private Path directory;

    private Screen participantScreen;
    private Screen moderatorScreen;
    private LiveSession session;
    private DrivenWindow call;
    private DrivenWindow console;

    @BeforeEach
    void openPrograms() throws IOException {
        Path other = Files.createDirectory(directory.resolve("moderator"));
        participantScreen = new Screen(directory);
        moderatorScreen = new Screen(other);
        session = new LiveSession(directory);
        call = DrivenWindow.start(
                directory,
                participantScreen,
                List.of(
                        "call",
                        session.url(),
                        session.id(),
                        session.token("publisher", "name=Ada"),
                        "--name",
                        "Ada",
                        "--synthetic"));
        call.awaitText("status", text -> text.startsWith("Connected"));
        call.awaitText("mute", "Mute"::equals);
        console = DrivenWindow.start(
                other, moderatorScreen, List.of("console", session.url(), session.id(), session.token("moderator")));
        console.awaitText("status", text -> text.contains("1 other client, 1 stream"));
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

    @Test
    void moderationIsSeenInTheCall() {
        focusTheParticipant();
        console.press("W");
        console.awaitFocus("action-message");
        console.press("H", "I", "ENTER");
        call.awaitText("notice", "A moderator writes: hi"::equals);

        awaitTheCardAgain();
        console.press("M");
        call.awaitText("mute", "Unmute"::equals);
        call.awaitText("notice", "A moderator muted you. You may unmute yourself."::equals);
        call.press("M");
        call.awaitText("mute", "Mute"::equals);
        console.awaitText("stream-state:", text -> text.startsWith("audio on"));

        console.press("ctrl N");
        console.awaitFocus("action-message");
        console.press("Y", "O", "ENTER");
        call.awaitText("notice", "Notice of a moderator: yo"::equals);

        call.press("S");
        call.awaitFocus("share-confirm");
        call.click("share-region");
        await("the screen to draw on").atMost(LIMIT).until(() -> call.isShowing("share-draw"));
        call.press("ESCAPE");
        await("the choice again")
                .atMost(LIMIT)
                .until(() -> call.isShowing("share-confirm") && !call.isShowing("share-draw"));
        call.click("share-confirm");
        call.awaitText("share", "Stop sharing"::equals);
        console.awaitText("timeline", text -> text.contains("Ada\u00A0(screen) started to share the screen"));
        focusTheParticipant();
        console.press("S");
        console.awaitText("action-question", text -> text.startsWith("Stop the share of"));
        console.press("TAB", "TAB");
        confirm();
        call.awaitText("share", "Share screen"::equals);

        focusTheParticipant();
        console.press("DELETE");
        console.awaitFocus("action-message");
        console.press("B", "Y", "E", "ENTER");
        call.awaitText("end-title", "You were removed from the session"::equals);
        assertThat(call.text("notice")).isEqualTo("A moderator writes: bye");
        assertThat(call.focus()).isEqualTo("rejoin");
        call.press("SPACE");
        call.awaitText("status", text -> text.startsWith("Connected"));

        focusTheParticipant();
        console.press("B");
        console.awaitFocus("action-message");
        console.press("ENTER");
        call.awaitText("end-title", "You were removed from the session"::equals);
        assertThat(call.isShowing("rejoin")).isFalse();
        assertThat(call.focus()).isEqualTo("end-lobby");
        assertThat(console.text("timeline"))
                .contains("Ada is no longer in the session: removed and banned by a moderator");
    }

    @Test
    void suspendedServerIsALostNetworkForBoth() throws Exception {
        Child ben = session.bot("Ben", session.token("publisher"), "--video", "320x180@15");
        call.awaitMoves("tile:");
        signal("STOP");
        call.awaitText("status", "Reconnecting ..."::equals);
        call.awaitText("notice", text -> text.startsWith("The connection to the server was lost"));
        call.awaitMoves("tile:"); // media of a relayed session does not pass the server
        signal("CONT");
        call.awaitText("status", text -> text.startsWith("Connected, 2 participants"));
        assertThat(call.isShowing("notice")).isFalse();
        console.awaitText("status", text -> text.contains("2 other clients"));
        assertThat(ben.events()).noneMatch(event -> "sessionDisconnected".equals(event.get("event")));
    }

    private void signal(String name) throws Exception {
        assertThat(new ProcessBuilder(
                                "kill",
                                "-" + name,
                                String.valueOf(session.server().pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private void focusTheParticipant() {
        console.press("ctrl F");
        console.awaitFocus("people-search");
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
