package dev.videosession.server.internal.metrics;

import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.ErrorCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** Everything that the server counts, under names that start with {@code videosession.}. Thread-safe. */
public final class ServerMetrics {
    private final MeterRegistry registry;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicInteger streams = new AtomicInteger();
    private final AtomicInteger links = new AtomicInteger();
    private final AtomicInteger sockets = new AtomicInteger();
    private final Counter messagesIn;
    private final Counter messagesOut;
    private final Counter bytesIn;
    private final Counter bytesOut;
    private final Counter unknownTypes;
    private final Counter outboxOverflows;
    private final Counter linksOverBudget;
    private final Counter resumes;
    private final Counter takeOvers;
    private final Timer fanOut;
    private final Map<ErrorCode, Counter> refusals = new EnumMap<>(ErrorCode.class);
    private volatile LongSupplier omittedLines = () -> 0;

    /**
     * Registers the meters.
     *
     * @param registry where
     */
    public ServerMetrics(MeterRegistry registry) {
        this.registry = registry;
        registry.gauge("videosession.connections", connections);
        registry.gauge("videosession.sessions", sessions);
        registry.gauge("videosession.streams", streams);
        registry.gauge("videosession.links", links);
        registry.gauge("videosession.sockets", sockets);
        messagesIn = registry.counter("videosession.messages", "direction", "in");
        messagesOut = registry.counter("videosession.messages", "direction", "out");
        bytesIn = registry.counter("videosession.bytes", "direction", "in");
        bytesOut = registry.counter("videosession.bytes", "direction", "out");
        unknownTypes = registry.counter("videosession.messages.unknown");
        outboxOverflows = registry.counter("videosession.outbox.overflows");
        linksOverBudget = registry.counter("videosession.links.overbudget");
        resumes = registry.counter("videosession.resumes");
        takeOvers = registry.counter("videosession.takeovers");
        fanOut = Timer.builder("videosession.fanout")
                .description("from the session's decision until all sockets of one event loop were written to")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        for (ErrorCode code : ErrorCode.values()) {
            refusals.put(code, registry.counter("videosession.refusals", "code", code.name()));
        }
    }

    /**
     * Counts the log lines about refusals that are left out.
     *
     * @param omitted returns how many there were so far
     */
    public void countOmitted(LongSupplier omitted) {
        omittedLines = omitted; // a registry refers weakly to what it reads
        FunctionCounter.builder("videosession.log.omitted", this, metrics -> metrics.omittedLines.getAsLong())
                .description("log lines about refusals that were counted instead of written")
                .register(registry);
    }

    /** Counts a connection in. */
    public void connected() {
        connections.incrementAndGet();
    }

    /**
     * Counts a connection out.
     *
     * @param reason why it ended
     * @param detail the cause
     */
    public void disconnected(DisconnectReason reason, DisconnectDetail detail) {
        connections.decrementAndGet();
        registry.counter("videosession.disconnects", "reason", reason.wireName(), "detail", detail.wireName())
                .increment();
    }

    /** Counts a connection out that goes on at another server. */
    public void released() {
        connections.decrementAndGet();
    }

    /**
     * Counts sessions.
     *
     * @param change 1 for a new one, -1 for one that ended
     */
    public void sessions(int change) {
        sessions.addAndGet(change);
    }

    /**
     * Counts streams.
     *
     * @param change 1 for a new one, -1 for one that ended
     */
    public void streams(int change) {
        streams.addAndGet(change);
    }

    /**
     * Counts links.
     *
     * @param change 1 for a new one, -1 for one that ended
     */
    public void links(int change) {
        links.addAndGet(change);
    }

    /** Counts a link that was closed because one end sent too much. */
    public void linkOverBudget() {
        linksOverBudget.increment();
    }

    /**
     * Counts sockets.
     *
     * @param change 1 for a new one, -1 for one that ended
     */
    public void sockets(int change) {
        sockets.addAndGet(change);
    }

    /**
     * Counts a socket that was not let in.
     *
     * @param limit the limit that was reached
     */
    public void socketRefused(String limit) {
        registry.counter("videosession.sockets.refused", "limit", limit).increment();
    }

    /**
     * Counts a socket that was closed to make room for a newer one.
     *
     * @param limit the limit that was reached
     */
    public void socketEvicted(String limit) {
        registry.counter("videosession.sockets.evicted", "limit", limit).increment();
    }

    /**
     * Counts a message of a client.
     *
     * @param bytes its length
     */
    public void received(int bytes) {
        messagesIn.increment();
        bytesIn.increment(bytes);
    }

    /**
     * Counts messages to clients.
     *
     * @param count how many
     * @param bytes their length together
     */
    public void sent(int count, long bytes) {
        messagesOut.increment(count);
        bytesOut.increment((double) bytes);
    }

    /**
     * Counts a refusal.
     *
     * @param code why
     */
    public void refused(ErrorCode code) {
        Counter counter = refusals.get(code);
        if (counter != null) {
            counter.increment();
        }
    }

    /**
     * Counts a description or candidate that was not passed on.
     *
     * @param kind {@code offer}, {@code answer} or {@code candidate}
     * @param reason the rule that it broke
     */
    public void negotiationRefused(String kind, String reason) {
        registry.counter("videosession.negotiation.refusals", "kind", kind, "reason", reason)
                .increment();
    }

    /**
     * Counts an answer of the embedder.
     *
     * @param request {@code connect}, {@code publish} or {@code signal}
     * @param outcome {@code allowed}, {@code refused} or {@code failed}
     */
    public void admission(String request, String outcome) {
        registry.counter("videosession.admissions", "request", request, "outcome", outcome)
                .increment();
    }

    /** Counts a message of a type that the server does not know. */
    public void unknownType() {
        unknownTypes.increment();
    }

    /** Counts a client that read too slowly. */
    public void outboxOverflow() {
        outboxOverflows.increment();
    }

    /** Counts a connection that came from another server. */
    public void takenOver() {
        takeOvers.increment();
    }

    /** Counts a connection that came back. */
    public void resumed() {
        resumes.increment();
    }

    /**
     * Records how long one event loop took for a broadcast.
     *
     * @param nanos since the session decided it
     */
    public void fannedOut(long nanos) {
        fanOut.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** {@return the number of connections, including lost ones that may resume} */
    public int connections() {
        return connections.get();
    }

    /** {@return the number of sessions in memory} */
    public int sessions() {
        return sessions.get();
    }
}
