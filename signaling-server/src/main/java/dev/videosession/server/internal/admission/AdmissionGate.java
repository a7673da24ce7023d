package dev.videosession.server.internal.admission;

import dev.videosession.protocol.ErrorCode;
import dev.videosession.server.admission.Admission;
import dev.videosession.server.admission.Verdict;
import dev.videosession.server.internal.memory.OutOfMemory;
import dev.videosession.server.internal.metrics.ServerMetrics;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks an {@link Admission} on threads of its own, bounded in number, queue and time, and refuses a request if that fails.
 * Thread-safe.
 */
public final class AdmissionGate implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AdmissionGate.class);
    private static final int THREADS = 8;
    private static final int QUEUE = 1024;
    private static final long KEEP_SECONDS = 10;

    private final @Nullable Admission admission;
    private final long timeoutMillis;
    private final ServerMetrics metrics;
    private final ThreadPoolExecutor threads;

    /**
     * Why a request is refused.
     *
     * @param code sent to the client
     * @param message shown to the user
     */
    public record Refusal(ErrorCode code, String message) {}

    /**
     * Creates a gate. Its threads start with the first request and end after {@value #KEEP_SECONDS} s without one.
     *
     * @param admission the embedder's hook, or null to allow everything
     * @param timeoutMillis how long an answer may take, waiting for a thread included
     * @param metrics counts answers
     */
    public AdmissionGate(@Nullable Admission admission, long timeoutMillis, ServerMetrics metrics) {
        this.admission = admission;
        this.timeoutMillis = timeoutMillis;
        this.metrics = metrics;
        AtomicInteger number = new AtomicInteger();
        ThreadFactory factory = task -> {
            Thread thread = new Thread(task, "admission-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        threads = new ThreadPoolExecutor(
                THREADS, THREADS, KEEP_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), factory);
        threads.allowCoreThreadTimeOut(true);
    }

    /** {@return whether there is a hook; if not, everything is allowed and no method needs to be called} */
    public boolean isEnabled() {
        return admission != null;
    }

    /**
     * Asks whether a client may connect.
     *
     * @param request the client and the session
     * @return empty if it may; never fails, and completes on any thread
     */
    public CompletableFuture<Optional<Refusal>> connect(Admission.ConnectRequest request) {
        return ask("connect", ErrorCode.CONNECT_REJECTED, hook -> hook.connect(request));
    }

    /**
     * Asks whether a connection may publish.
     *
     * @param request the connection and the stream
     * @return empty if it may; never fails, and completes on any thread
     */
    public CompletableFuture<Optional<Refusal>> publish(Admission.PublishRequest request) {
        return ask("publish", ErrorCode.PUBLISH_NOT_PERMITTED, hook -> hook.publish(request));
    }

    /**
     * Asks whether a connection may signal.
     *
     * @param request the sender, the receiver and the signal
     * @return empty if it may; never fails, and completes on any thread
     */
    public CompletableFuture<Optional<Refusal>> signal(Admission.SignalRequest request) {
        return ask("signal", ErrorCode.SIGNAL_NOT_PERMITTED, hook -> hook.signal(request));
    }

    private interface Question {
        CompletionStage<Verdict> put(Admission hook);
    }

    private CompletableFuture<Optional<Refusal>> ask(String what, ErrorCode code, Question question) {
        Admission hook = admission;
        if (hook == null) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        CompletableFuture<Verdict> answer = new CompletableFuture<>();
        Future<?> asking = submit(answer, () -> question.put(hook));
        return answer.orTimeout(timeoutMillis, TimeUnit.MILLISECONDS).handle((verdict, failure) -> {
            if (asking != null) {
                asking.cancel(true);
            }
            return judge(what, code, verdict, failure);
        });
    }

    private @Nullable Future<?> submit(CompletableFuture<Verdict> answer, Supplier<CompletionStage<Verdict>> question) {
        try {
            return threads.submit(() -> put(answer, question));
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(e);
            return null;
        }
    }

    /** Catches every error of the embedder's code, whatever its class. */
    private static void put(CompletableFuture<Verdict> answer, Supplier<CompletionStage<Verdict>> question) {
        if (answer.isDone()) {
            return;
        }
        try {
            question.get().whenComplete((verdict, failure) -> {
                if (failure != null) {
                    answer.completeExceptionally(failure);
                } else {
                    answer.complete(verdict);
                }
            });
        } catch (Throwable e) {
            OutOfMemory.check(e);
            answer.completeExceptionally(e);
        }
    }

    private Optional<Refusal> judge(
            String what, ErrorCode code, @Nullable Verdict verdict, @Nullable Throwable failure) {
        if (verdict instanceof Verdict.Allowed) {
            metrics.admission(what, "allowed");
            return Optional.empty();
        }
        if (verdict instanceof Verdict.Refused refused) {
            metrics.admission(what, "refused");
            return Optional.of(new Refusal(code, refused.reason()));
        }
        metrics.admission(what, "failed");
        LOG.error("event=admissionFailed request={} timeoutMillis={}", what, timeoutMillis, failure);
        return Optional.of(new Refusal(ErrorCode.INTERNAL_ERROR, "The server could not decide. Try again later."));
    }

    /** Interrupts the threads. Requests that are open or come later are refused like failures. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
