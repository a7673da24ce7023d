package dev.videosession.app.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.app.invitation.Invitation;
import dev.videosession.app.process.Child;
import dev.videosession.app.process.LiveSession;
import dev.videosession.app.window.DrivenWindow;
import dev.videosession.app.window.Screen;
import dev.videosession.session.ServerAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A call from the invitation to the way back, by keyboard alone, on a display of its own. */
class CallKeyboardIT {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Path PICTURES = Path.of("target", "call");

    @TempDir
    private Path directory;

    private Screen screen;
    private LiveSession session;
    private DrivenWindow window;

    @BeforeEach
    void openDisplay() throws IOException {
        Files.createDirectories(PICTURES);
        screen = new Screen(directory);
        session = new LiveSession(directory);
    }

    @AfterEach
    void endEverything() {
        if (window != null) {
            window.close();
        }
        session.close();
        screen.close();
    }

    @Test
    void aCallFromTheInvitationToTheWayBack() throws Exception {
        Child ben = session.bot("Ben", session.token("moderator"), "--video", "320x180@15");
        session.bot("Watcher", session.token("subscriber"), "--no-publish");
        String link = new Invitation(new ServerAddress(session.url()), session.id(), session.token("publisher")).link();
        window = DrivenWindow.start(directory, screen, List.of("call", link, "--name", "Ada", "--synthetic"));

        window.awaitText(
                "lobby-host", text -> text.equals("Server: " + session.url().substring("http://".length())));
        assertThat(window.text("lobby-camera")).isEqualTo("Camera off");
        assertThat(window.text("lobby-microphone")).isEqualTo("Microphone off");
        assertThat(window.focus()).isEqualTo("lobby-name");
        window.shot(PICTURES.resolve("lobby.png"));
        window.write("lobby-name", "Ada");
        window.press("ENTER");
        window.awaitText("status", text -> text.equals("Connected, 2 participants, 1 watching"));

        assertThat(window.focus()).isEqualTo("grid");
        window.awaitText("mute", text -> text.equals("Unmute"));
        window.hold("SPACE");
        window.awaitText("mute", text -> text.equals("Mute"));
        window.release("SPACE");
        window.awaitText("mute", text -> text.equals("Unmute"));
        window.press("V");
        window.awaitText("camera", text -> text.equals("Camera off"));
        window.awaitMoves("preview");

        window.press("S");
        await("the choice has the focus")
                .atMost(LIMIT)
                .until(() -> window.focus().equals("share-confirm"));
        window.press("ENTER");
        String screen =
                String.valueOf(ben.event("streamCreated", LIMIT, event -> "screen".equals(event.get("videoType")))
                        .get("streamId"));
        ben.event(
                "media",
                LIMIT,
                event -> screen.equals(event.get("streamId"))
                        && Double.valueOf(1280).equals(event.get("width")));
        window.press("S");
        ben.event("streamDestroyed", LIMIT, event -> screen.equals(event.get("streamId")));

        window.press("H");
        ben.event("signal", LIMIT, event -> says(event, "\"hand\":true"));
        window.press("C");
        window.awaitText("chat-input", String::isEmpty);
        window.press("H", "I", "ENTER");
        ben.event("signal", LIMIT, event -> "chat".equals(event.get("type")) && says(event, "hi"));
        ben.send("{\"do\":\"signal\",\"type\":\"chat\",\"data\":\"<html><b>hello\"}");
        window.awaitText("chat-history", text -> text.contains("hi ") && text.contains("<html><b>hello "));
        ben.send("{\"do\":\"signal\",\"type\":\"warning\",\"data\":\"Please speak up\"}");
        window.awaitText("notice", text -> text.equals("A moderator writes: Please speak up"));
        window.shot(PICTURES.resolve("chat.png"));
        window.click("dismiss");

        window.click("people-button");
        assertThat(window.list("people-list")).startsWith("Ada\u00A0(you)").contains("Ben", "watching");
        window.write("people-search", "ben");
        assertThat(window.list("people-list")).isEqualTo("Ben");
        window.resize("call", 480, 360);
        assertThat(window.bounds("leave").getMaxX())
                .isLessThanOrEqualTo(window.bounds("call").getMaxX());
        assertThat(window.isShowing("notice")).isFalse();
        assertThat(window.isShowing("page-next")).isFalse();
        window.shot(PICTURES.resolve("smallest.png"));

        window.press("ctrl W");
        window.awaitText("end-title", text -> text.equals("You left the session"));
        ben.event("connectionDestroyed", LIMIT, event -> "clientDisconnected".equals(event.get("reason")));
        assertThat(window.focus()).isEqualTo("rejoin");
        window.press("SPACE");
        window.awaitText("status", text -> text.startsWith("Connected, 2 participants"));
        assertThat(window.process().terminate()).isZero();
    }

    private static boolean says(Map<String, Object> event, String text) {
        return String.valueOf(event.get("data")).contains(text);
    }
}
