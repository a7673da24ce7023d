package dev.videosession.media.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.time.TimeSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PacerTest {
    @Test
    void tickThatFailsWithAnErrorEndsThePacerAndIsReported() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        AtomicInteger ticks = new AtomicInteger();
        try (Pacer pacer = Pacer.start(
                TimeSource.system(),
                "media-test",
                1_000_000,
                () -> {
                    if (ticks.incrementAndGet() == 3) {
                        throw new UnsatisfiedLinkError("no converter");
                    }
                },
                ended::countDown)) {
            assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(pacer).isNotNull();
        }
        assertThat(ticks).hasValue(3);
    }
}
