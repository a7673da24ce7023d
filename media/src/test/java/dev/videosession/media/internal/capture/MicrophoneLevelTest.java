package dev.videosession.media.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.media.internal.rtc.MediaLoop;
import dev.videosession.media.stats.LinkStats;
import dev.videosession.media.stats.ReceivedVideo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MicrophoneLevelTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final MediaLoop loop = new MediaLoop();
    private final List<Double> levels = new CopyOnWriteArrayList<>();
    private final List<Link> links = new CopyOnWriteArrayList<>();
    private final MicrophoneLevel measuring = new MicrophoneLevel(loop, this::ask, levels::add);

    private static final class Link {
        final AtomicInteger asked = new AtomicInteger();
        volatile CompletableFuture<LinkStats> answer = new CompletableFuture<>();

        CompletableFuture<LinkStats> stats() {
            asked.incrementAndGet();
            return answer;
        }

        void level(double level) {
            answer.complete(new LinkStats(
                    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, level, "", Map.of(), List.of(), 0, ReceivedVideo.NONE, 0, 0));
        }
    }

    private Optional<CompletableFuture<LinkStats>> ask() {
        return links.stream().findFirst().map(Link::stats);
    }

    @AfterEach
    void close() {
        measuring.stop();
        assertThat(loop.close(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void levelComesFromALinkAsSoonAsThereIsOne() {
        measuring.start();
        Link link = new Link();
        link.level(0.5);
        links.add(link);

        await("levels").atMost(LIMIT).until(() -> levels.size() >= 3);
        assertThat(levels).containsOnly(0.5);
    }

    @Test
    void oneQuestionAtATimeAndAFailedOneIsAskedAgain() {
        Link slow = new Link();
        Link other = new Link();
        links.add(slow);
        measuring.start();
        await("the question").atMost(LIMIT).until(() -> slow.asked.get() == 1);

        await("no second question").during(Duration.ofMillis(400)).atMost(LIMIT).until(() -> slow.asked.get() == 1);
        links.set(0, other);
        other.level(0.25);
        slow.answer.completeExceptionally(new IllegalStateException("closed"));

        await("a level").atMost(LIMIT).until(() -> levels.contains(0.25));
    }

    @Test
    void nothingIsAskedAfterTheStop() throws Exception {
        Link link = new Link();
        link.level(0.5);
        links.add(link);
        measuring.start();
        await("levels").atMost(LIMIT).until(() -> !levels.isEmpty());

        measuring.stop();
        CompletableFuture<Integer> after = new CompletableFuture<>();
        loop.execute(() -> after.complete(levels.size()));
        int size = after.get(5, TimeUnit.SECONDS);

        await("no further level").during(Duration.ofMillis(400)).atMost(LIMIT).until(() -> levels.size() == size);
    }
}
