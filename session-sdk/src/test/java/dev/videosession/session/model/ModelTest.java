package dev.videosession.session.model;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import dev.videosession.server.internal.redis.simulated.SimulatedRedis;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/**
 * The real SDK and the real server, with chance for a network, an application and a scheduler: whatever happens in
 * whatever order, both ends agree in the end. A run is all in its seed: {@code -Dmodel.seed=N} repeats one and prints its
 * history, {@code -Dmodel.runs=N} makes more or fewer, {@code -Dmodel.level=DEBUG} shows the log.
 */
class ModelTest {
    private static final int RUNS = 2000;
    private static final int RUNS_OF_TWO_NODES = 2000;
    private static final long KNOWN_SEEDS = 1;
    private static final int COMMANDS = 60;
    private static final long ALL_DAY_MILLIS = TimeUnit.HOURS.toMillis(26);
    private static final long EMPTY_CLUSTER_MILLIS = TimeUnit.SECONDS.toMillis(50);
    private static final int LONGEST_HISTORY = 3000;

    private static final AppenderBase<ILoggingEvent> ERRORS = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            ModelWorld running = RUNNING.get();
            if (event.getLevel().isGreaterOrEqual(Level.ERROR) && running != null && !running.isExpected(event)) {
                String stack =
                        event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
                running.fail("error in the log: " + event.getFormattedMessage() + "\n" + stack);
            }
        }
    };
    private static final ThreadLocal<@Nullable ModelWorld> RUNNING = new ThreadLocal<>();
    private static final int RUNS_WITH_EVERYTHING = 100;
    private static final AtomicInteger CONFLICTS = new AtomicInteger();
    private static final AtomicInteger FAILURES = new AtomicInteger();
    private static final List<Appender<ILoggingEvent>> APPENDERS_BEFORE = new ArrayList<>();
    private static Level levelBefore = Level.INFO;

    @BeforeAll
    static void listenToTheLog() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        levelBefore = root.getLevel();
        root.setLevel(Level.toLevel(System.getProperty("model.level"), Level.ERROR));
        if (System.getProperty("model.level") == null) { // thousands of failures are provoked
            root.iteratorForAppenders().forEachRemaining(APPENDERS_BEFORE::add);
            APPENDERS_BEFORE.forEach(root::detachAppender);
        }
        ERRORS.setContext(root.getLoggerContext());
        ERRORS.start();
        root.addAppender(ERRORS);
        RxJavaPlugins.setErrorHandler(error -> {
            ModelWorld running = RUNNING.get();
            if (running != null) {
                running.fail("an outcome that could not be delivered: " + error);
            }
        });
    }

    @AfterAll
    static void stopListening() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.detachAppender(ERRORS);
        APPENDERS_BEFORE.forEach(root::addAppender);
        APPENDERS_BEFORE.clear();
        root.setLevel(levelBefore);
        RxJavaPlugins.setErrorHandler(null);
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void bothEndsAgreeWhateverHappens(TestReporter reporter) throws InterruptedException {
        int runs = run(1, false, RUNS, newSeeds(), reporter);
        reporter.publishEntry("model", CONFLICTS + " conflicts and " + FAILURES + " failures of the log");
        if (runs >= RUNS_WITH_EVERYTHING && (CONFLICTS.get() == 0 || FAILURES.get() == 0)) {
            throw new AssertionError("the log had no conflict or no failure in " + runs + " runs");
        }
    }

    /**
     * Nodes die and are suspended, Redis and the ways to it fail, and a failover may lose what was written. The same histories each time,
     * unless a number of runs is given: new ones find a rare fault in one of several thousand runs.
     */
    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void twoNodesAgreeWhateverHappens(TestReporter reporter) throws InterruptedException {
        boolean known = Integer.getInteger("model.runs") == null;
        run(2, false, RUNS_OF_TWO_NODES, known ? KNOWN_SEEDS : newSeeds(), reporter);
    }

    @Test
    @Tag("faults")
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void twoNodesAgreeInNewRuns(TestReporter reporter) throws InterruptedException {
        run(2, false, RUNS_OF_TWO_NODES, newSeeds(), reporter);
    }

    /** Besides, nodes are replaced, the path to Redis stalls, and the log grows to the number that a node knows. */
    @Test
    @Tag("faults")
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void twoNodesAgreeInManyHarderRuns(TestReporter reporter) throws InterruptedException {
        run(2, true, RUNS, newSeeds(), reporter);
    }

    private static long newSeeds() {
        return new Random().nextLong() >>> 16;
    }

    /** Returns how many runs there were. */
    private static int run(int nodes, boolean harder, int defaultRuns, long first, TestReporter reporter)
            throws InterruptedException {
        Long seed = Long.getLong("model.seed");
        if (seed != null) {
            report(seed, nodes, harder);
            return 1;
        }
        int runs = Integer.getInteger("model.runs", defaultRuns);
        reporter.publishEntry("model", runs + " runs on " + nodes + " nodes from seed " + first + " on");
        AtomicLong next = new AtomicLong(first);
        AtomicReference<@Nullable Failed> failure = new AtomicReference<>();
        Thread[] workers = new Thread[Math.min(4, Runtime.getRuntime().availableProcessors())];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Thread(() -> work(nodes, harder, next, first + runs, failure), "model-" + i);
            workers[i].start();
        }
        for (Thread worker : workers) {
            worker.join();
        }
        Failed failed = failure.get();
        if (failed != null) {
            report(failed.seed, nodes, harder);
            throw new AssertionError("seed " + failed.seed + " failed once and not again", failed.how);
        }
        return runs;
    }

    private record Failed(long seed, Throwable how) {}

    private static void work(
            int nodes, boolean harder, AtomicLong next, long end, AtomicReference<@Nullable Failed> failure) {
        long seed = next.getAndIncrement();
        while (seed < end && failure.get() == null) {
            try {
                run(seed, nodes, harder, redis -> {}, null);
            } catch (AssertionError | RuntimeException e) {
                failure.compareAndSet(null, new Failed(seed, e));
            }
            seed = next.getAndIncrement();
        }
    }

    /** Runs a seed again and fails with its history if it fails. */
    private static void report(long seed, int nodes, boolean harder) {
        List<String> history = new ArrayList<>();
        try {
            run(seed, nodes, harder, redis -> {}, history);
        } catch (AssertionError | RuntimeException e) {
            List<String> end = history.subList(Math.max(0, history.size() - LONGEST_HISTORY), history.size());
            throw new AssertionError(
                    "-Dmodel.seed=" + seed + ": " + e.getMessage() + "\n" + String.join("\n", end) + "\n-Dmodel.seed="
                            + seed + ": " + e.getMessage(),
                    e);
        }
    }

    /** Runs a seed with a Redis that was changed before anything happened. */
    static void run(
            long seed, int nodes, boolean harder, Consumer<SimulatedRedis> change, @Nullable List<String> history) {
        ModelWorld world = new ModelWorld(seed, nodes, harder, change, history);
        RUNNING.set(world);
        try {
            ModelCommands commands = new ModelCommands(world);
            int halfway = world.random.nextInt(2 * COMMANDS);
            for (int i = 0; i < COMMANDS; i++) {
                commands.next();
                if (i == halfway) {
                    rest(world);
                }
            }
            rest(world);
            world.say("* all clients leave");
            world.clients.forEach(ModelClient::close);
            world.calmDown();
            world.checks.quiet();
            world.time.pass(nodes == 1 ? ALL_DAY_MILLIS : EMPTY_CLUSTER_MILLIS);
            world.checks.empty();
            world.verify();
            world.server.countTroubles();
            CONFLICTS.addAndGet(world.server.conflicts);
            FAILURES.addAndGet(world.server.failures);
        } finally {
            RUNNING.remove();
        }
    }

    private static void rest(ModelWorld world) {
        world.say("* rest");
        world.calmDown();
        world.checks.quiet();
        world.verify();
    }
}
