package dev.videosession.media.internal.link.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A peer that changes descriptions, candidates and their order neither ends another process nor disturbs its other links. A run
 * prints its first seed, and a case follows from its seed: {@code -Dtest=SignalingFuzzTest#playsSeedsAgain -Dfuzz.seed=N
 * -Dfuzz.cases=M} plays the M cases from seed N again.
 */
class SignalingFuzzTest {
    private static final Path DIRECTORY = Path.of("target", "fuzz");
    private static final Path RECORDED = Path.of(
            "..",
            "signaling-protocol",
            "src",
            "test",
            "resources",
            "dev",
            "videosession",
            "protocol",
            "sdp",
            "recorded");
    private static final int PARALLEL = 12;

    private final FuzzFigures figures = new FuzzFigures();
    private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();

    @Test
    void survivesForSomeSeconds() throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(7).toNanos();
        run("short", () -> System.nanoTime() < end);

        assertThat(figures.of("in", "applied").sum()).as(figures.toString()).isPositive();
        assertThat(figures.of("out", "applied").sum()).as(figures.toString()).isPositive();
    }

    @Test
    @Tag("faults")
    @Timeout(value = 25, unit = TimeUnit.MINUTES)
    void survivesTwentyThousandDescriptionsAndAHundredThousandCandidates() throws Exception {
        long end = System.nanoTime() + Duration.ofMinutes(20).toNanos();
        run(
                "long",
                () -> System.nanoTime() < end
                        && (figures.descriptions() < 20_000
                                || figures.candidates.sum() < 100_000
                                || figures.connected.sum() < 1_000));

        assertThat(figures.descriptions()).as(figures.toString()).isGreaterThanOrEqualTo(20_000);
        assertThat(figures.candidates.sum()).as(figures.toString()).isGreaterThanOrEqualTo(100_000);
        assertThat(figures.connected.sum()).as(figures.toString()).isGreaterThanOrEqualTo(1_000);
        assertThat(figures.appliedShare("in")).as(figures.toString()).isGreaterThan(1.0 / 3);
        assertThat(figures.appliedShare("out")).as(figures.toString()).isGreaterThan(1.0 / 3);
    }

    @Test
    @EnabledIfSystemProperty(named = "fuzz.seed", matches = "\\d+")
    @Timeout(value = 25, unit = TimeUnit.MINUTES)
    void playsSeedsAgain() throws Exception {
        run("again", Long.getLong("fuzz.seed"), Integer.getInteger("fuzz.cases", 1), () -> true);
    }

    private void run(String name, BooleanSupplier more) throws Exception {
        run(name, new SecureRandom().nextLong() >>> 1, Long.MAX_VALUE, more);
    }

    private void run(String name, long first, long most, BooleanSupplier more) throws Exception {
        AtomicLong next = new AtomicLong();
        Path directory = DIRECTORY.resolve(name);
        report(directory, "first seed " + first);
        try (VictimProcess victim = new VictimProcess(directory)) {
            List<String> recorded = recordedOffers();
            ExecutorService attackers = Executors.newFixedThreadPool(PARALLEL);
            for (int i = 0; i < PARALLEL; i++) {
                attackers.execute(() -> {
                    while (more.getAsBoolean() && victim.isAlive() && broken.get() == null) {
                        long number = next.getAndIncrement();
                        if (number >= most) {
                            return;
                        }
                        try {
                            new FuzzCase(first + number, victim, recorded, figures).run();
                        } catch (RuntimeException | Error e) {
                            broken.compareAndSet(null, e);
                        }
                    }
                });
            }
            attackers.shutdown();
            int frames = watch(victim, attackers);
            report(directory, figures + ", " + frames + " frames at the pair that was not attacked");
            String place = "seeds " + first + " to " + (first + next.get()) + ", logs in " + directory + ", " + figures;
            if (!victim.isAlive()) {
                Files.writeString(directory.resolve("last-inputs"), victim.lastInputs());
            }
            assertThat(victim.isAlive()).as("the victim lives; %s", place).isTrue();
            assertThat(broken.get()).as(place).isNull();
            assertThat(victim.end()).as("exit code of the victim; %s", place).isZero();
            assertThat(Files.readString(victim.log()))
                    .as("what passes the grammar is never a parse error of the native library; %s", place)
                    .doesNotContain("Create session description failed");
        }
    }

    /** Waits for the attackers; all the while frames must arrive at the pair that is not attacked. */
    private static int watch(VictimProcess victim, ExecutorService attackers) throws InterruptedException {
        int frames = 0;
        while (!attackers.awaitTermination(3, TimeUnit.SECONDS) && victim.isAlive()) {
            int now = victim.witnessedFrames();
            assertThat(now > frames || !victim.isAlive())
                    .as("frames go on after %d: %d", frames, now)
                    .isTrue();
            frames = now;
        }
        return frames;
    }

    private static List<String> recordedOffers() throws IOException {
        List<String> offers = new ArrayList<>();
        try (Stream<Path> files = Files.list(RECORDED)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".txt"))
                    .sorted()
                    .toList()) {
                String text = Files.readString(file).replace("\n", "\r\n");
                int end = text.indexOf("--- ", 4);
                offers.add(text.substring(text.indexOf("v=0"), end < 0 ? text.length() : end));
            }
        }
        return offers;
    }

    @SuppressWarnings("SystemOut") // a seed that is not seen cannot be replayed
    private static void report(Path directory, String line) throws IOException {
        System.out.println("fuzz " + line);
        Files.createDirectories(directory);
        Files.writeString(
                directory.resolve("figures.txt"),
                line + System.lineSeparator(),
                java.nio.file.StandardOpenOption.CREATE,
                java.nio.file.StandardOpenOption.APPEND);
    }
}
