package dev.videosession.app.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.swing.SwingUtilities;

/** Events in the order in which they were reported on the Swing thread. */
final class SwingEvents {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final List<String> events = new ArrayList<>();

    /** Adds an event; on the Swing thread. */
    void add(String event) {
        events.add(event);
    }

    /** Waits for these events, and requires that no other one was reported until then. */
    void awaitExactly(String... expected) throws Exception {
        await(String.join(", ", expected)).atMost(LIMIT).until(() -> onSwing(events::size) >= expected.length);
        assertThat(onSwing(() -> List.copyOf(events))).containsExactly(expected);
    }

    /** What a program sees on the Swing thread. */
    static <T> T onSwing(Supplier<T> state) throws Exception {
        List<T> value = new ArrayList<>();
        SwingUtilities.invokeAndWait(() -> value.add(state.get()));
        return value.get(0);
    }
}
