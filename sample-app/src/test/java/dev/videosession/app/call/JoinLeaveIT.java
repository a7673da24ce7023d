package dev.videosession.app.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.app.process.Child;
import dev.videosession.app.process.LiveSession;
import dev.videosession.app.routed.MemoryUse;
import dev.videosession.app.routed.ProcessUse;
import dev.videosession.app.window.DrivenWindow;
import dev.videosession.app.window.Screen;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Joining and leaving again and again in one window leaves nothing behind; {@code -Djoins=60} does it less often. {@link CallKeyboardIT} has
 * a short form.
 */
@Tag("faults")
class JoinLeaveIT {
    private static final int TIMES = Integer.getInteger("joins", 200);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final List<String> RESIDENT_HEAP =
            List.of("-XX:+UseSerialGC", "-Xms128m", "-Xmx128m", "-XX:+AlwaysPreTouch");

    @TempDir
    private Path directory;

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void twoHundredTimes() throws Exception {
        repeat(40, TIMES);
    }

    private void repeat(int warmUp, int times) throws Exception {
        try (Screen screen = new Screen(directory);
                LiveSession session = new LiveSession(directory)) {
            Child ben = session.bot("Ben", session.token("publisher"), "--video", "320x180@15");
            List<String> command = List.of(
                    "call", session.url(), session.id(), session.token("publisher"), "--name", "Ada", "--synthetic");
            try (DrivenWindow window = DrivenWindow.start(directory, screen, RESIDENT_HEAP, command)) {
                ProcessUse process = new ProcessUse(window.process().pid());
                for (int i = 0; i < warmUp; i++) {
                    joinAndLeave(window);
                }
                MemoryUse before = MemoryUse.of(process);
                String windows = window.windows();
                for (int i = 0; i < times; i++) {
                    joinAndLeave(window);
                }
                await("threads of the last call have ended")
                        .atMost(LIMIT)
                        .until(() -> process.threads() <= before.threads() + 2);
                MemoryUse after = MemoryUse.of(process);
                System.out.println(times + " times joined and left: from " + before + " to " + after);
                after.assertBaseline(before);
                assertThat(window.windows()).isEqualTo(windows);
                assertThat(ben.events().stream().filter(event -> "firstFrame".equals(event.get("event"))))
                        .as("Ben received each of them")
                        .hasSizeGreaterThan(times);
                assertThat(window.process().terminate()).isZero();
            }
        }
    }

    private static void joinAndLeave(DrivenWindow window) {
        if (window.isShowing("rejoin")) {
            window.click("rejoin");
        }
        window.awaitText("status", text -> text.startsWith("Connected, 2 participants"));
        await("the other video").atMost(LIMIT).until(() -> window.stamp("tile:").isPresent());
        window.click("leave");
        window.awaitText("end-title", "You left the session"::equals);
    }
}
