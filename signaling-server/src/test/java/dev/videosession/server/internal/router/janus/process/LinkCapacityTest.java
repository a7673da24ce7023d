package dev.videosession.server.internal.router.janus.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.server.settings.JanusSettings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkCapacityTest {
    private static final JanusSettings ANY_PORT = new JanusSettings(Path.of("janus"));

    private static LinkCapacity of(long descriptors, long threads, int addresses) {
        return LinkCapacity.of(new ProcessLimits(descriptors, descriptors, threads), addresses, ANY_PORT);
    }

    @Test
    void openFilesLimitLinks() {
        LinkCapacity small = of(1024, 100_000, 1);
        assertThat(small.links()).isEqualTo(231);
        assertThat(small.limit()).isEqualTo("open files, 1024");
        assertThat(of(1024, 100_000, 3).links()).isEqualTo(154);
        assertThat(of(20, 100_000, 1).links()).isEqualTo(1);
    }

    @Test
    void threadsLimitLinks() {
        LinkCapacity few = of(1_000_000, 800, 1);
        assertThat(few.links()).isEqualTo(500);
        assertThat(few.limit()).isEqualTo("threads, 800");
        assertThat(few.advice()).contains("pids.max");
    }

    @Test
    void portsLimitLinks() {
        JanusSettings ports = new JanusSettings(Path.of("janus"), 40_000, 40_019, List.of(), false, List.of());
        LinkCapacity few = LinkCapacity.of(new ProcessLimits(20_000, 20_000, 100_000), 1, ports);
        assertThat(few.links()).isEqualTo(20);
        assertThat(few.limit()).isEqualTo("media ports, 20");
    }

    @Test
    void routerHasALimitOfItsOwn() {
        assertThat(of(Long.MAX_VALUE, Long.MAX_VALUE, 1).links()).isEqualTo(2000);
        assertThat(LinkCapacity.ofChildProcess(ANY_PORT).links()).isBetween(1, 2000);
    }

    @Test
    void limitsOfLinuxAreRead() {
        ProcessLimits limits = ProcessLimits.parse(
                List.of(
                        "Limit                     Soft Limit           Hard Limit           Units     ",
                        "Max processes             96365                unlimited            processes ",
                        "Max open files            1024                 20000                files     "),
                5000);
        assertThat(limits).isEqualTo(new ProcessLimits(1024, 20_000, 5000));
        assertThat(ProcessLimits.parse(List.of(), Long.MAX_VALUE).descriptors()).isEqualTo(Long.MAX_VALUE);
    }
}
