package dev.videosession.server.internal.start;

import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.message.Timings;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.log.SessionLogFactory;
import dev.videosession.server.internal.memory.OutOfMemory;
import dev.videosession.server.project.Project;
import dev.videosession.server.project.Projects;
import dev.videosession.server.project.SessionIds;
import dev.videosession.server.settings.IceConfiguration;
import dev.videosession.server.settings.RestRate;
import dev.videosession.server.settings.ServerLimits;
import dev.videosession.server.settings.SessionPolicy;
import dev.videosession.server.settings.WebhookSettings;
import dev.videosession.server.token.ClientToken;
import dev.videosession.server.token.TokenIssuer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the Java runtime compile what a node does when the clients of a dead one arrive, all at once: before the node is ready,
 * clients of its own connect to one server in this process, and resume at another, which takes their connections over from
 * the logs that all nodes share. Both servers write under the epoch of the node, so that other nodes clean up if the process is killed.
 * They have metrics and a project of their own, and threads whose names begin with {@value #THREADS}, so that programs can leave
 * their lines out of the log.
 */
final class WarmUp {
    static final String THREADS = "warm-up";

    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    /** No session begins later: a slow machine warms up with fewer clients. */
    private static final long SHORTENED_NANOS = TimeUnit.SECONDS.toNanos(4);

    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(8);
    private static final int CLIENTS_PER_SESSION = 10;
    private static final long LOOP_END_SECONDS = 2;
    /** Not those of the node: all of them are longer than a warm-up. */
    private static final Timings TIMINGS = new Timings(15_000, 60_000, 60_000);

    private final TimeSource time;
    private final SessionLogFactory logs;
    private final MessageCodec codec = new MessageCodec();
    private final Project project =
            new Project(Integer.MAX_VALUE, List.of(UUID.randomUUID().toString()));
    private long started;
    private volatile @Nullable SessionId unfinished;

    /**
     * Prepares a warm-up.
     *
     * @param time the clocks of the node
     * @param logs of its sessions, which it may write already
     */
    WarmUp(TimeSource time, SessionLogFactory logs) {
        this.time = time;
        this.logs = logs;
    }

    /**
     * Warms up. A failure is logged.
     *
     * @param clients how many take part
     * @return a session in which connections are left, because something failed
     * @throws InterruptedIOException if the calling thread is interrupted
     */
    Optional<SessionId> run(int clients) throws InterruptedIOException {
        started = time.nanos();
        FutureTask<Integer> task = new FutureTask<>(() -> serve(clients));
        Thread thread = new Thread(task, "warm-up");
        thread.setDaemon(true);
        thread.start();
        try {
            int served = task.get();
            LOG.info("event=warmedUp clients={} millis={}", served, TimeUnit.NANOSECONDS.toMillis(elapsed()));
        } catch (ExecutionException e) {
            OutOfMemory.check(e.getCause());
            LOG.warn(
                    "event=warmUpFailed cause=\"{}\" consequence=\"the first clients wait longer\"",
                    e.getCause() instanceof TimeoutException
                            ? "no answer after " + TimeUnit.NANOSECONDS.toSeconds(elapsed()) + " s"
                            : String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            thread.interrupt();
            awaitEnd(thread);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while warming up");
        }
        return Optional.ofNullable(unfinished);
    }

    private static void awaitEnd(Thread interrupted) {
        try {
            interrupted.join(TimeUnit.NANOSECONDS.toMillis(LIMIT_NANOS));
        } catch (InterruptedException e) {
            LOG.warn("event=warmUpNotEnded consequence=\"its servers close while the node stops\"");
        }
    }

    private long elapsed() {
        return time.nanos() - started;
    }

    private int serve(int clients) throws IOException, InterruptedException, ExecutionException, TimeoutException {
        EventLoopGroup loops = EventLoops.start(1, "warm-up-clients");
        try (RunningServer first = newServer();
                RunningServer second = newServer()) {
            try {
                return serve(clients, loops, first, second);
            } finally {
                first.abandonSessions();
                second.abandonSessions();
            }
        } finally {
            loops.shutdownGracefully(0, LOOP_END_SECONDS, TimeUnit.SECONDS)
                    .awaitUninterruptibly(LOOP_END_SECONDS, TimeUnit.SECONDS);
        }
    }

    private int serve(int clients, EventLoopGroup loops, RunningServer first, RunningServer second)
            throws InterruptedException, ExecutionException, TimeoutException {
        SessionIds ids = new SessionIds(time);
        int served = 0;
        while (served < clients && elapsed() < SHORTENED_NANOS) {
            SessionId session = ids.create(project.apiKey(), true);
            int members = Math.min(CLIENTS_PER_SESSION, clients - served);
            unfinished = session;
            serveSession(session, members, loops, first.uri(), second.uri(), first::abandonSessions);
            unfinished = null;
            served += members;
        }
        return served;
    }

    private void serveSession(
            SessionId session, int members, EventLoopGroup loops, URI first, URI second, Runnable loseFirst)
            throws InterruptedException, ExecutionException, TimeoutException {
        TokenIssuer issuer = new TokenIssuer(project, time);
        List<WarmUpClient> all = Stream.generate(
                        () -> new WarmUpClient(loops.next(), codec, session, issuer.jwt(new ClientToken(session))))
                .limit(members)
                .toList();
        each(all, client -> client.connect(first));
        each(all, WarmUpClient::signal);
        loseFirst.run();
        each(all, WarmUpClient::closed);
        each(all, client -> client.resume(second));
        each(all, WarmUpClient::signal);
        each(all, WarmUpClient::leave);
    }

    private void each(List<WarmUpClient> all, Function<WarmUpClient, CompletableFuture<Void>> step)
            throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture.allOf(all.stream().map(step).toArray(CompletableFuture[]::new))
                .get(LIMIT_NANOS - elapsed(), TimeUnit.NANOSECONDS);
    }

    private RunningServer newServer() throws IOException {
        return new ServerStart(
                        new ServerSettings(
                                new ServerSettings.ClientPort(
                                        "127.0.0.1",
                                        0,
                                        1,
                                        null,
                                        List.of(),
                                        TimeUnit.NANOSECONDS.toMillis(LIMIT_NANOS),
                                        0),
                                null,
                                new ServerSettings.Sessions(
                                        TIMINGS,
                                        ServerLimits.builder().build(),
                                        IceConfiguration.NONE,
                                        session -> SessionPolicy.LASTING,
                                        null,
                                        TimeUnit.NANOSECONDS.toMillis(LIMIT_NANOS),
                                        limits -> logs),
                                new ServerSettings.Routers(List.of(), List.of()),
                                new ServerSettings.Credentials(
                                        new Projects().put(project), null, Duration.ofDays(30), null),
                                new ServerSettings.BackendSettings(RestRate.DEFAULT, WebhookSettings.DEFAULT, null),
                                null,
                                time,
                                new SimpleMeterRegistry()),
                        true)
                .start();
    }
}
