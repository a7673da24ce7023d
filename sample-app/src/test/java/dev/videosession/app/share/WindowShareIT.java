package dev.videosession.app.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.app.process.Child;
import dev.videosession.app.process.LiveSession;
import dev.videosession.app.window.DrivenWindow;
import dev.videosession.app.window.Screen;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A call shares the window of another program, by keyboard: a bot reads the numbers in what it receives. */
class WindowShareIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String TITLE = "Quarterly figures <html>";

    @TempDir
    private Path directory;

    @Test
    void windowOfAnotherProgramIsSharedAlthoughTheCallCoversIt() throws Exception {
        try (Screen screen = new Screen(directory);
                LiveSession session = new LiveSession(directory);
                Child other = Child.java(
                        "other", directory, screen.environment(), List.of(StampWindow.class.getName(), TITLE))) {
            Child ben = session.bot("Ben", session.token("publisher"), "--no-publish");
            try (DrivenWindow window = DrivenWindow.start(
                    directory,
                    screen,
                    List.of("call", session.url(), session.id(), session.token("publisher"), "--synthetic"))) {
                window.awaitText("status", text -> text.startsWith("Connected"));
                window.awaitFocus("grid");
                window.press("S");
                window.awaitFocus("share-confirm");
                await("the list of windows").atMost(LIMIT).until(() -> window.list("share-windows"), TITLE::equals);
                window.press("shift TAB", "shift TAB", "shift TAB", "shift TAB", "shift TAB");
                window.awaitFocus("share-windows");
                window.press("DOWN", "ENTER");

                String stream = String.valueOf(
                        ben.event("streamCreated", LIMIT, event -> "screen".equals(event.get("videoType")))
                                .get("streamId"));
                double first = number(awaitMedia(ben, stream, 0));
                Map<String, Object> later = awaitMedia(ben, stream, first);
                assertThat(later.get("width")).isEqualTo(640.0);
                assertThat(later.get("height")).isEqualTo(360.0);

                other.terminate();
                ben.event("streamDestroyed", LIMIT, event -> stream.equals(event.get("streamId")));
                window.awaitText("share", text -> text.equals("Share screen"));
            }
        }
    }

    private static Map<String, Object> awaitMedia(Child bot, String stream, double after) {
        return bot.event(
                "media",
                LIMIT,
                event -> stream.equals(event.get("streamId"))
                        && event.get("lastFrameNumber") instanceof Double
                        && number(event) > after);
    }

    private static double number(Map<String, Object> media) {
        return (Double) media.get("lastFrameNumber");
    }
}
