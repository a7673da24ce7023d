package dev.videosession.session.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.Timings;
import dev.videosession.session.fixture.LiveServer;
import dev.videosession.session.fixture.Participant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Memory over many cycles of connect, publish, subscribe and disconnect in one process, while another participant stays. The
 * server runs in the process, too. {@code -Dchurn.cycles=N} makes more or fewer.
 */
@Tag("faults")
class SessionChurnIT {
    private static final Timings TIMINGS = new Timings(3_000, 8_000, 12_000);
    private static final int WARM_UP = 50;
    private static final int CYCLES = Integer.getInteger("churn.cycles", 500);
    private static final double HEAP_GROWTH_MEGABYTES = 4;
    /** The Java heap grows to its usual size meanwhile, and the allocator keeps freed memory. */
    private static final double RESIDENT_GROWTH_MEGABYTES = 110;

    private record Memory(double heapMegabytes, double residentMegabytes) {
        static Memory now() throws IOException {
            Runtime runtime = Runtime.getRuntime();
            for (int i = 0; i < 3; i++) {
                System.gc(); // weak references and cleaners take more than one
            }
            double heap = (runtime.totalMemory() - runtime.freeMemory()) / 1048576.0;
            double resident = Files.readAllLines(Path.of("/proc/self/status")).stream()
                            .filter(line -> line.startsWith("VmRSS"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    / 1024.0;
            return new Memory(heap, resident);
        }
    }

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void memoryDoesNotGrow() throws IOException {
        try (LiveServer server = new LiveServer(TIMINGS)) {
            SessionId id = server.newSession();
            try (Participant ada = server.join(id, Role.PUBLISHER, "ada")) {
                ada.publishCamera(440);
                for (int i = 0; i < WARM_UP; i++) {
                    cycle(server, id, ada, "warm" + i);
                }
                Memory before = Memory.now();
                for (int i = 0; i < CYCLES; i++) {
                    cycle(server, id, ada, "bob" + i);
                }
                Memory after = Memory.now();
                System.out.printf(
                        "%d cycles after %d: heap %.1f -> %.1f MB, resident %.0f -> %.0f MB%n",
                        CYCLES,
                        WARM_UP,
                        before.heapMegabytes,
                        after.heapMegabytes,
                        before.residentMegabytes,
                        after.residentMegabytes);
                assertThat(after.heapMegabytes - before.heapMegabytes).isLessThan(HEAP_GROWTH_MEGABYTES);
                assertThat(after.residentMegabytes - before.residentMegabytes).isLessThan(RESIDENT_GROWTH_MEGABYTES);
            }
        }
    }

    private static void cycle(LiveServer server, SessionId id, Participant ada, String name) {
        try (Participant bob = server.join(id, Role.PUBLISHER, name)) {
            bob.publishCamera(660);
            bob.awaitFrames("ada-cam");
            ada.awaitFrames(name + "-cam");
            bob.session.disconnect().blockingAwait();
        }
        ada.received.remove(name + "-cam");
        ada.events.clear();
    }
}
