package dev.videosession.session.internal.media;

import dev.videosession.media.MediaEngine;
import dev.videosession.media.internal.engine.RtcEngine;
import dev.videosession.session.internal.loop.SharedThreads;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The media engine that sessions and publishers share, unless the application provides its own. Created when it is first
 * needed, closed when the last lease is closed, at the latest when the process ends.
 */
public final class SharedMediaEngine {
    private static final Logger LOG = LoggerFactory.getLogger(SharedMediaEngine.class);
    private static final SharedMediaEngine INSTANCE = new SharedMediaEngine(
            () -> RtcEngine.of(MediaEngine.create()),
            task -> Runtime.getRuntime().addShutdownHook(new Thread(task, "media-engine-shutdown")));

    private final Object lock = new Object();
    private final Object slow = new Object();
    private int holders;
    private @Nullable RtcEngine engine;
    private boolean hooked;
    private boolean ending;
    private final Supplier<RtcEngine> maker;
    private final Consumer<Runnable> hooks;

    /**
     * Creates the shared engine of this process, or another one for a test.
     *
     * @param maker creates the engine
     * @param hooks registers what must run when the process ends; throws IllegalStateException if it is ending already
     */
    SharedMediaEngine(Supplier<RtcEngine> maker, Consumer<Runnable> hooks) {
        this.maker = maker;
        this.hooks = hooks;
    }

    /** A lease of an engine; closing it twice has no effect. */
    public interface Lease extends AutoCloseable {
        RtcEngine engine();

        @Override
        void close();
    }

    /** Leases the engine of the application, or the shared one, on a thread that may block. */
    public static CompletableFuture<Lease> lease(@Nullable MediaEngine own) {
        if (own != null) {
            return CompletableFuture.completedFuture(new OwnLease(RtcEngine.of(own)));
        }
        return CompletableFuture.supplyAsync(INSTANCE::acquire, SharedThreads.blocking());
    }

    /** Leases the engine. Blocks while it is created or closed; fails if the process is ending. */
    Lease acquire() {
        synchronized (slow) {
            synchronized (lock) {
                if (ending) {
                    throw new IllegalStateException("the process is ending");
                }
                if (engine != null) {
                    holders++;
                    return new SharedLease(engine);
                }
            }
            if (!hooked) { // first: if this fails there must be no engine, because nothing would close it
                hooks.accept(this::closeNow);
                hooked = true;
            }
            RtcEngine made = maker.get();
            synchronized (lock) {
                engine = made;
                holders++;
            }
            LOG.debug("event=mediaEngineStarted");
            return new SharedLease(made);
        }
    }

    private void release() {
        synchronized (lock) {
            if (--holders > 0) {
                return;
            }
        }
        SharedThreads.blocking()
                .execute(this::closeIfUnused); // media is closed on such a thread, and this may take a second
    }

    private void closeIfUnused() {
        synchronized (slow) {
            RtcEngine unused;
            synchronized (lock) {
                if (holders > 0 || engine == null) {
                    return;
                }
                unused = engine;
                engine = null;
            }
            unused.close();
            LOG.debug("event=mediaEngineClosed");
        }
    }

    /** For the end of the process: waits until the engine is closed, also if another thread is closing it. */
    private void closeNow() {
        synchronized (slow) {
            RtcEngine current;
            synchronized (lock) {
                ending = true;
                current = engine;
                engine = null;
            }
            if (current != null) {
                current.close();
            }
        }
    }

    private final class SharedLease implements Lease {
        private final RtcEngine leased;
        private boolean closed;

        SharedLease(RtcEngine leased) {
            this.leased = leased;
        }

        @Override
        public RtcEngine engine() {
            return leased;
        }

        @Override
        public void close() {
            synchronized (lock) {
                if (closed) {
                    return;
                }
                closed = true;
            }
            release();
        }
    }

    private record OwnLease(RtcEngine engine) implements Lease {
        @Override
        public void close() {
            // the engine is owned by the application
        }
    }
}
