package dev.videosession.benchmark.scenario;

import dev.videosession.benchmark.dialect.FrameKind;
import dev.videosession.benchmark.dialect.Member;
import dev.videosession.benchmark.load.LoadClient;
import dev.videosession.benchmark.load.LoadGenerator;
import dev.videosession.benchmark.load.LoadListener;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Clients that join, a bounded number at a time, and then pass what they receive to an observer. */
final class Crowd implements LoadListener {
    private static final Logger LOG = LoggerFactory.getLogger(Crowd.class);
    private static final long LIMIT_SECONDS = 60;

    private final LoadGenerator generator;
    private final List<Member> members;
    private final List<LoadClient> clients = new ArrayList<>();
    private final CompletableFuture<Void> complete = new CompletableFuture<>();
    private LoadListener observer = new LoadListener() {};
    private int opened;
    private int joined;
    private int lost;

    Crowd(LoadGenerator generator, List<Member> members) {
        this.generator = generator;
        this.members = List.copyOf(members);
    }

    /** Waits until all have joined. Returns the nanoseconds that it took. */
    long join(int atATime) {
        long start = System.nanoTime();
        generator.execute(() -> {
            for (int i = 0; i < Math.min(atATime, members.size()); i++) {
                open();
            }
        });
        await(complete);
        return System.nanoTime() - start;
    }

    private void open() {
        clients.add(generator.open(members.get(opened), this));
        opened++;
    }

    static <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    }

    /** The clients. Read on the generator's thread. */
    List<LoadClient> clients() {
        return clients;
    }

    /** Passes what comes from now on to an observer. Call it on the generator's thread. */
    void observe(LoadListener newObserver) {
        observer = newObserver;
    }

    /** Runs a task on the generator's thread and waits for what it completes. */
    <T> T on(Consumer<CompletableFuture<T>> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        generator.execute(() -> {
            try {
                task.accept(result);
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return await(result);
    }

    int lost() {
        return lost;
    }

    @Override
    public void joined(LoadClient client) {
        joined++;
        if (opened < members.size()) {
            open();
        } else if (joined == members.size()) {
            complete.complete(null);
        }
        observer.joined(client);
    }

    @Override
    public void message(LoadClient client, ByteBuffer buffer, int end) {
        observer.message(client, buffer, end);
    }

    @Override
    public void received(LoadClient client, FrameKind kind) {
        observer.received(client, kind);
    }

    @Override
    public void closed(LoadClient client, String cause) {
        if (!complete.isDone()) {
            complete.completeExceptionally(new IllegalStateException("a client cannot join: " + cause));
        } else {
            lost++;
            LOG.debug("event=clientLost cause={}", cause);
        }
        observer.closed(client, cause);
    }
}
