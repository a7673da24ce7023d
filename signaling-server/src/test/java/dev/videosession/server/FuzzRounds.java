package dev.videosession.server;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rounds of random input, each from a seed of its own. {@code -Dfuzz.times=50} makes fifty times as many;
 * {@code -Dfuzz.seed=N} repeats the one round that a failure names.
 */
public final class FuzzRounds {
    private static final Logger LOG = LoggerFactory.getLogger("fuzz");
    private static final Long ONLY = Long.getLong("fuzz.seed");
    private static final int TIMES = Integer.getInteger("fuzz.times", 1);

    private FuzzRounds() {}

    /** One round; every choice in it comes from the random numbers. */
    @FunctionalInterface
    public interface Round {
        void play(SplittableRandom random) throws Exception;
    }

    /** Plays rounds on several threads, up to the first that fails. */
    public static void play(String name, int rounds, int threads, Round round) {
        if (ONLY != null) {
            LOG.info("event=fuzz name={} seed={}", name, ONLY);
            attempt(name, ONLY, round);
            return;
        }
        long first = System.nanoTime();
        int total = rounds * TIMES;
        LOG.info("event=fuzz name={} rounds={} firstSeed={}", name, total, first);
        AtomicInteger next = new AtomicInteger();
        AtomicReference<AssertionError> failure = new AtomicReference<>();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                workers.add(pool.submit(() -> {
                    for (int n = next.getAndIncrement();
                            n < total && failure.get() == null;
                            n = next.getAndIncrement()) {
                        try {
                            attempt(name, first + n, round);
                        } catch (AssertionError e) {
                            failure.compareAndSet(null, e);
                        }
                    }
                }));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        } finally {
            pool.shutdownNow();
        }
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    private static void attempt(String name, long seed, Round round) {
        try {
            round.play(new SplittableRandom(seed));
        } catch (Exception | AssertionError e) {
            throw new AssertionError(name + " failed; repeat it with -Dfuzz.seed=" + seed + ": " + e.getMessage(), e);
        }
    }
}
