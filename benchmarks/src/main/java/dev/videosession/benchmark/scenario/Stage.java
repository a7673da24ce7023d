package dev.videosession.benchmark.scenario;

import dev.videosession.benchmark.dialect.Member;
import dev.videosession.benchmark.load.LoadGenerator;
import dev.videosession.benchmark.peer.Peer;
import dev.videosession.benchmark.peer.PeerProcess;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running server and the clients for it. Sessions are numbered, so that each measurement has new ones. */
final class Stage implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Stage.class);
    private static final long SETTLE_MILLIS = 1000;

    private final Peer peer;
    private final PeerProcess process;
    private final LoadGenerator generator;
    private int sessions;

    private Stage(Peer peer) {
        this.peer = peer;
        this.process = peer.start();
        this.generator = new LoadGenerator(process.address(), peer.dialect());
    }

    /** Measures each server in turn. One that fails is logged and left out. */
    static void each(List<Peer> peers, Consumer<Stage> measurement) {
        for (Peer peer : peers) {
            try (Stage stage = new Stage(peer)) {
                measurement.accept(stage);
            } catch (RuntimeException e) {
                LOG.error("event=measurementFailed server={}", peer.name(), e);
            }
        }
    }

    /** The servers that check tokens and remove members. */
    static List<Peer> withMembers(List<Peer> peers) {
        return peers.stream().filter(Peer::hasMembers).toList();
    }

    Peer peer() {
        return peer;
    }

    PeerProcess process() {
        return process;
    }

    LoadGenerator generator() {
        return generator;
    }

    /** Members of one new session. The first one is a moderator. */
    List<Member> session(int size, boolean memberEvents) {
        int number = sessions++;
        return IntStream.range(0, size)
                .mapToObj(i -> peer.dialect().member(number, i == 0, memberEvents))
                .toList();
    }

    /** Members of new sessions of the same size. */
    List<Member> sessions(int count, int size) {
        return IntStream.range(0, count)
                .mapToObj(i -> session(size, true))
                .flatMap(List::stream)
                .toList();
    }

    Crowd crowd(List<Member> members) {
        return new Crowd(generator, members);
    }

    /** Closes all clients and waits until the server has dealt with it. */
    void clear() {
        Crowd.await(generator.closeAll());
        settle();
    }

    /** Waits until the server does nearly nothing. */
    void settle() {
        long before;
        long after = process.cpuNanos();
        int rounds = 0;
        do {
            before = after;
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(SETTLE_MILLIS));
            after = process.cpuNanos();
            rounds++;
        } while (after - before > TimeUnit.MILLISECONDS.toNanos(SETTLE_MILLIS / 10) && rounds < 10);
    }

    @Override
    public void close() {
        generator.close();
        process.close();
    }
}
