package dev.videosession.session.model;

import static dev.videosession.protocol.DisconnectReason.FORCE_DISCONNECTED;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.message.Timings;
import dev.videosession.server.internal.log.DelayedLogs;
import dev.videosession.server.internal.redis.simulated.SimulatedRedis;
import dev.videosession.server.settings.SessionPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run of the model: a server, some clients and everything between them, all of it decided by one seed. */
final class ModelWorld {
    private static final List<Timings> TIMINGS =
            List.of(new Timings(3000, 8000, 12_000), new Timings(1000, 2500, 4000), new Timings(300, 900, 0));
    private static final Role[] ROLES = {Role.MODERATOR, Role.PUBLISHER, Role.MODERATOR, Role.PUBLISHER, Role.SUBSCRIBER
    };
    private static final String[] NAMES = {"ada", "bob", "cyd", "dan", "eve"};

    private static final int LONGEST_LOG_DELAY_MILLIS = 30;
    private static final int SLOW_REDIS_MILLIS = 250;
    private static final int LONGEST_LOG_OUTAGE_MILLIS = 500;
    private static final int LOG_TROUBLE_ONE_IN = 12;
    /** After a failover that lost the end of a connection, a node has to find out that no client is left. */
    private static final long LATE_END_MILLIS = 30_000;

    private static final int STEP_MILLIS = 1000;
    private static final int LONG_QUIET_STEPS = 3;

    final Random random;
    /** Whether nodes are replaced, the path to Redis stalls, and the log is forked. */
    final boolean harder;

    final ModelTime time;
    final ModelServer server;
    final ModelServer.Settings settings;
    final ModelChecks checks;
    final List<ModelClient> clients = new ArrayList<>();
    /** Clients whose program ended; only looked after. */
    final List<ModelClient> retired = new ArrayList<>();

    private final @Nullable List<String> history;
    private @Nullable AssertionError failure;

    /** Everything is written down if there is a history. */
    ModelWorld(long seed, int nodes, boolean harder, Consumer<SimulatedRedis> change, @Nullable List<String> history) {
        this.random = new Random(seed);
        this.harder = harder;
        this.history = history;
        this.time = new ModelTime(random);
        int kind = nodes == 1 ? random.nextInt(20) : harder && random.nextBoolean() ? 0 : 10;
        SessionPolicy policy =
                new SessionPolicy(random.nextInt(10) == 0, random.nextInt(10) == 0 && nodes == 1 ? 40_000 : 0);
        this.settings = new ModelServer.Settings(
                TIMINGS.get(kind < 10 ? 0 : kind < 18 ? 1 : 2),
                random.nextInt(2) == 0 ? 1 + random.nextInt(ModelServer.Settings.LONGEST_SHORT_HISTORY) : 10_000,
                policy,
                random.nextInt(10) == 0 ? 1 : 1000,
                random.nextInt(6) == 0 ? 16 : 4096,
                nodes == 1 && random.nextInt(2) == 0
                        ? new DelayedLogs.Settings(
                                random.nextInt(LONGEST_LOG_DELAY_MILLIS),
                                LONGEST_LOG_OUTAGE_MILLIS,
                                random.nextInt(2) * LOG_TROUBLE_ONE_IN,
                                random.nextInt(2) * LOG_TROUBLE_ONE_IN)
                        : null,
                nodes == 1 ? null : cluster());
        this.server = new ModelServer(time, random, settings, change);
        if (history != null) {
            server.log.trace = line -> history.add(at() + line);
        }
        server.log.wrong = this::fail;
        this.checks = new ModelChecks(this);
        say("settings " + settings);
        int count = 2 + random.nextInt(NAMES.length - 1);
        for (int i = 0; i < count; i++) {
            clients.add(client(i, NAMES[i], random.nextInt(12) == 0));
        }
    }

    private ModelCluster.Settings cluster() {
        boolean redisFails = random.nextInt(2) == 0;
        return new ModelCluster.Settings(
                random.nextInt(random.nextInt(4) == 0 ? SLOW_REDIS_MILLIS : LONGEST_LOG_DELAY_MILLIS),
                random.nextInt(4) > 0,
                redisFails,
                redisFails && random.nextInt(2) == 0);
    }

    /** A program that has ended is started again. */
    void restart(ModelClient old) {
        int index = clients.indexOf(old);
        retired.add(old);
        ModelClient next = client(index, old.name + "'", old.suppressed);
        clients.set(index, next);
    }

    private ModelClient client(int index, String name, boolean suppressed) {
        ModelClient client = new ModelClient(this, name, ROLES[index], suppressed);
        client.troubled = !settings.isRoomy();
        return client;
    }

    /** The server's process dies and another takes its place, which knows nothing. */
    void restartServer() {
        server.restart();
        allClients().forEach(client -> client.sockets.forEach(ModelSocket::serverDied));
    }

    /** A node dies, and another one is there. */
    void killNode(int index) {
        for (int other = 0; other < server.nodeCount(); other++) {
            if (other != index) {
                server.start(other);
            }
        }
        server.kill(index);
        allClients().forEach(client -> client.sockets.forEach(ModelSocket::serverDied));
    }

    List<ModelClient> allClients() {
        List<ModelClient> all = new ArrayList<>(clients);
        all.addAll(retired);
        return all;
    }

    /** Tells whether an error in the log is one that the run causes on purpose. */
    boolean isExpected(ILoggingEvent event) {
        DelayedLogs.Settings log = settings.log();
        return log != null && log.failOneIn() > 0 && event.getFormattedMessage().startsWith("event=logFailed");
    }

    void say(String line) {
        if (history != null) {
            history.add(at() + line);
        }
    }

    void trace(String who, String line) {
        if (history != null) {
            history.add(at() + "    " + who + " " + line);
        }
    }

    boolean isTraced() {
        return history != null;
    }

    private String at() {
        return String.format("%9.3f ", time.elapsedMillis() / 1000.0);
    }

    AssertionError fail(String what) {
        AssertionError error = new AssertionError(what);
        if (failure == null) {
            failure = error;
            say("WRONG " + what);
        }
        return error;
    }

    /** Fails if anything went wrong where an exception could not get through. */
    void verify() {
        if (failure != null) {
            throw failure;
        }
        clients.forEach(ModelClient::verify);
    }

    /** The network works, all clients run, and enough time passes for everything in progress to end. */
    void calmDown() {
        List<ModelClient> survivors =
                clients.stream().filter(ModelClient::mustSurvive).toList();
        List<ModelListener.Stay> stays =
                survivors.stream().map(client -> client.listener.stay()).toList();
        server.goOn();
        for (ModelClient client : allClients()) {
            client.process.thaw();
            client.conditions.heal();
            client.sockets.forEach(ModelSocket::heal);
        }
        waitUntilQuiet();
        verify();
        clients.forEach(client -> client.troubled = !settings.isRoomy());
        for (int i = 0; i < survivors.size(); i++) {
            ModelListener.Stay stay = stays.get(i);
            if (survivors.get(i).listener.stay() != stay && server.log.left.get(stay.own) != FORCE_DISCONNECTED) {
                throw fail(survivors.get(i).name + " could have come back in time and did not");
            }
        }
    }

    /** Most runs wait no longer than both ends need to agree, and a little. */
    private void waitUntilQuiet() {
        Timings timings = settings.timings();
        long longest = (server.cluster == null ? 20_000 : 12_000)
                + 2 * timings.silenceMillis()
                + 2 * timings.resumeWindowMillis();
        if (harder && random.nextInt(8) > 0) {
            passUntilQuiet(longest);
        } else {
            time.pass(longest);
        }
        for (long seen = -1; seen != server.log.count; ) {
            seen = server.log.count;
            time.pass(STEP_MILLIS);
        }
        if (server.cluster != null && !checks.isQuiet()) {
            passUntilQuiet(LATE_END_MILLIS);
        }
    }

    private void passUntilQuiet(long longestMillis) {
        long end = time.elapsedMillis() + longestMillis;
        int quiet = 0;
        while (time.elapsedMillis() < end && quiet < LONG_QUIET_STEPS) {
            long seen = server.log.count;
            time.pass(STEP_MILLIS);
            quiet = seen == server.log.count && checks.isQuiet() ? quiet + 1 : 0;
        }
    }
}
