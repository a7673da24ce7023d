package dev.videosession.app.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.app.process.Child;
import dev.videosession.app.process.LiveSession;
import dev.videosession.app.window.DrivenWindow;
import dev.videosession.app.window.Screen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console on the live sessions of a project, by keyboard from the form to the closed session. */
class ConsoleProjectIT {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    @TempDir
    private Path directory;

    @Test
    void aSessionOfAProjectIsOpenedNoticedExportedAndClosed() throws Exception {
        try (Screen screen = new Screen(directory);
                LiveSession session = new LiveSession(directory)) {
            Child ben = session.bot("Ben", session.token("publisher", "name=Ben"), "--video", "320x180@15");
            try (DrivenWindow window = DrivenWindow.start(
                    directory, screen, List.of("console", session.url(), "--api-key", session.apiKey()))) {
                window.awaitFocus("form-secret");
                window.write("form-secret", "wrong" + session.apiSecret());
                window.press("ENTER");
                window.awaitText("session-list-state", text -> text.startsWith("Cannot list the sessions: "));
                window.click("session-back");
                window.awaitFocus("form-secret");
                window.write("form-secret", session.apiSecret());
                window.press("ENTER");
                window.awaitText("session-list", text -> text.equals(session.id() + " relayed 1 1"));
                window.awaitFocus("session-list");
                window.press("ENTER");
                window.awaitText("status", text -> text.equals("Connected as moderator, 1 other client, 1 stream"));

                window.press("ctrl N");
                window.awaitFocus("action-message");
                window.press("H", "I", "ENTER");
                assertThat(ben.event("signal", LIMIT, event -> "notice".equals(event.get("type"))))
                        .containsEntry("data", "hi");
                window.awaitText("notice", "The notice was sent to all"::equals);
                assertThat(exported(window, "timeline-csv", "timeline.csv")).contains("Ben joined as publisher");
                assertThat(exported(window, "audit-json", "audit.json")).contains("The notice was sent to all");

                window.click("close-session");
                window.awaitText("action-question", text -> text.startsWith("Close the session for all"));
                window.awaitFocus("action-message");
                window.press("B", "Y", "E", "ENTER");
                assertThat(ben.event("sessionDisconnected", LIMIT))
                        .containsEntry("detail", "session-closed")
                        .containsEntry("message", "bye");
                window.awaitText("session-list-state", "No live sessions"::equals);
                assertThat(window.process().terminate()).isZero();
            }
        }
    }

    private String exported(DrivenWindow window, String button, String name) throws Exception {
        Path file = directory.resolve(name);
        window.click(button);
        window.save(file);
        await("the file").atMost(LIMIT).until(() -> Files.exists(file) && Files.size(file) > 0);
        window.awaitText("notice", text -> text.equals("Saved as " + file));
        return Files.readString(file);
    }
}
