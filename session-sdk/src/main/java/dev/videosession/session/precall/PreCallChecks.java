package dev.videosession.session.precall;

import dev.videosession.protocol.time.TimeSource;
import dev.videosession.session.precall.PreCallCheck.CheckOutcome;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the steps of one test, reports their progress, and collects their results. Confined to the thread of the test. */
final class PreCallChecks {
    private static final Logger LOG = LoggerFactory.getLogger(PreCallChecks.class);

    /** A step that can fail. */
    interface Step {
        /** Runs and returns a message for the user; the message of an exception says what failed. */
        String run() throws Exception;
    }

    private final Consumer<PreCallProgress> progress;
    private final Map<PreCallStep, PreCallCheck> checks = new EnumMap<>(PreCallStep.class);
    private final TimeSource time = TimeSource.system();

    PreCallChecks(Consumer<PreCallProgress> progress) {
        this.progress = progress;
        for (PreCallStep step : PreCallStep.values()) {
            skip(step, "Not tested.");
        }
    }

    /**
     * Runs a step.
     *
     * @param fraction how much of the test is done when it begins
     * @return whether it passed
     * @throws InterruptedException if the test was canceled
     */
    boolean run(PreCallStep name, double fraction, Step step) throws InterruptedException {
        report(name, fraction);
        long began = time.nanos();
        try {
            checks.put(name, new PreCallCheck(CheckOutcome.PASSED, step.run(), since(began)));
            return true;
        } catch (Exception e) {
            throwIfCanceled(e);
            checks.put(name, new PreCallCheck(CheckOutcome.FAILED, text(e), since(began)));
            return false;
        }
    }

    /** Throws if a failure only says that the thread of the test was interrupted; libraries wrap that in exceptions of their own. */
    private static void throwIfCanceled(Throwable failure) throws InterruptedException {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof InterruptedException || each instanceof InterruptedIOException) {
                throw canceled(failure);
            }
        }
        if (Thread.currentThread().isInterrupted()) {
            throw canceled(failure);
        }
    }

    private static InterruptedException canceled(Throwable failure) {
        InterruptedException canceled = new InterruptedException("The test was canceled.");
        canceled.initCause(failure);
        return canceled;
    }

    /**
     * Notes that a step failed that was not run by {@link #run}.
     *
     * @throws InterruptedException if the test was canceled
     */
    void fail(PreCallStep step, Exception why) throws InterruptedException {
        throwIfCanceled(why);
        checks.put(step, new PreCallCheck(CheckOutcome.FAILED, text(why), Duration.ZERO));
    }

    void skip(PreCallStep step, String why) {
        checks.put(step, new PreCallCheck(CheckOutcome.SKIPPED, why, Duration.ZERO));
    }

    void report(PreCallStep step, double fraction) {
        try {
            progress.accept(new PreCallProgress(step, fraction));
        } catch (RuntimeException | Error e) {
            LOG.error("event=callbackFailed", e);
        }
    }

    /** {@return the results so far, one for each step} */
    Map<PreCallStep, PreCallCheck> results() {
        return checks;
    }

    private Duration since(long began) {
        return Duration.ofNanos(time.nanos() - began);
    }

    private static String text(Exception failure) {
        Throwable cause =
                failure instanceof ExecutionException && failure.getCause() != null ? failure.getCause() : failure;
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
