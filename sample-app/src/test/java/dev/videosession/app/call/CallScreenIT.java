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
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a call with several participants shows: at the minimum size, at a usual one and on a fine display, light and dark. */
@Tag("faults")
class CallScreenIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Path PICTURES = Path.of("target", "call");
    private static final int FRAMES_PER_SECOND = 10;
    private static final int APART = 40;
    private static final int DARK = 0x60;
    private static final Dimension SMALLEST = new Dimension(480, 360);

    @TempDir
    private Path directory;

    private final List<String> streams = new ArrayList<>();

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void rightVideoAndMarksInEveryTile() throws Exception {
        Files.createDirectories(PICTURES);
        try (Screen screen = new Screen(directory, 2560, 1600);
                LiveSession session = LiveSession.routed(directory)) {
            Child observer = session.bot("Watcher", session.token("moderator"), "--no-publish");
            for (String name : List.of("Ben", "Cleo", "Dan", "Eve", "Finn")) {
                join(session, observer, name);
            }
            String muted = streams.get(1);
            observer.send("{\"do\":\"muteStream\",\"stream\":\"" + muted + "\"}");
            for (WindowLook look : WindowLook.all().toList()) {
                checkWindow(screen, session, observer, muted, look);
            }
        }
    }

    /** Lets a bot join whose frames are numbered so differently from those before it that they cannot be mistaken. */
    private void join(LiveSession session, Child observer, String name) throws IOException {
        Child bot = session.bot(name, session.token("publisher"), "--video", "320x180@" + FRAMES_PER_SECOND);
        String stream = LiveSession.stream(bot);
        streams.add(stream);
        observer.event("media", LIMIT, event -> stream.equals(event.get("streamId")) && number(event) > APART);
    }

    private static double number(Map<String, Object> event) {
        return event.get("lastFrameNumber") instanceof Double number ? number : -1;
    }

    private void checkWindow(Screen screen, LiveSession session, Child observer, String muted, WindowLook look)
            throws IOException, InterruptedException {
        List<String> command = List.of(
                "call", session.url(), session.id(), session.token("publisher"), "--name", "Ada", "--synthetic");
        try (DrivenWindow window = look.start(directory, screen, "call", SMALLEST, command)) {
            window.awaitText("status", text -> text.startsWith("Connected, 6 participants"));
            ShownMarks marks = new ShownMarks(window);
            window.awaitMoves("preview");
            KnownStreams seen = new KnownStreams(observer);
            await("all tiles on all pages in " + look).atMost(LIMIT).until(() -> collect(window, seen));
            await("the page of the muted participant").atMost(LIMIT).until(() -> isOnPage(window, "tile:" + muted));
            marks.awaitMuted("tile:" + muted, true);
            window.shot(PICTURES.resolve(look.file("tiles")));
            assertThat(window.state("tile:" + muted)).contains(", muted");
            assertThat(window.isShowing("page-next")).isEqualTo(look.smallest());

            window.press("G");
            await("a large tile and small ones")
                    .atMost(LIMIT)
                    .until(() -> window.isShowing("preview")
                            && shown(window).stream()
                                            .mapToInt(tile -> window.bounds(tile).width)
                                            .max()
                                            .orElse(0)
                                    > 1.5 * window.bounds("preview").width);
            await("pages of small tiles").atMost(LIMIT).until(() -> window.isShowing("page-next"));
            window.shot(PICTURES.resolve(look.file("speaker")));
            assertNothingIsCutOff(window);
            Rectangle status = window.bounds("status");
            Color header = new Color(window.shot().getRGB(status.x + status.width - 2, status.y + 2));
            assertThat(header.getRed() < DARK).as("header %s", header).isEqualTo(look.isDark());
            assertThat(window.process().terminate()).isZero();
        }
    }

    /** Reads the tiles of a page until all are right, and turns to the next one; true when each tile has shown its own stream. */
    private boolean collect(DrivenWindow window, KnownStreams seen) {
        if (seen.areSeen(window, shown(window)) && !seen.areSeen(streams)) {
            turn(window);
        }
        return seen.areSeen(streams);
    }

    private static boolean isOnPage(DrivenWindow window, String tile) {
        if (!window.isShowing(tile)) {
            turn(window);
        }
        return window.isShowing(tile);
    }

    private static void turn(DrivenWindow window) {
        if (window.isShowing("page-next")) {
            window.press(window.isEnabled("page-next") ? "PAGE_DOWN" : "PAGE_UP");
        }
    }

    private static List<String> shown(DrivenWindow window) {
        return window.names("tile:");
    }

    private static void assertNothingIsCutOff(DrivenWindow window) {
        Rectangle frame = window.bounds("call");
        for (String name :
                List.of("mute", "camera", "share", "hand", "react", "chat", "people-button", "leave", "view")) {
            assertThat(frame.contains(window.bounds(name)))
                    .as("%s in the window", name)
                    .isTrue();
        }
    }
}
