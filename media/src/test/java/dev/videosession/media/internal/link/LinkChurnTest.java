package dev.videosession.media.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The short form of {@link LinkChurn}. {@code -Dchurn.cycles=500} runs the long one; the bound is a megabyte count for the
 * whole run, 0.43 MB a cycle is what stays behind when closed connections are not released.
 */
class LinkChurnTest {
    @Test
    @Timeout(600)
    void closedLinksGiveTheirMemoryBack() throws Exception {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/status")), "resident memory is read from /proc");
        int cycles = Integer.getInteger("churn.cycles", 60);
        List<String> progress = new ArrayList<>();

        LinkChurn.Result result = LinkChurn.run(cycles, 50, progress::add);

        double bound = Math.max(10, cycles * 0.04);
        assertThat(result.megabytesGrown())
                .as("megabytes after %d cycles: %s", cycles, progress)
                .isLessThan(bound);
    }
}
