package dev.videosession.session.model;

import dev.videosession.media.AudioSources;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.message.Timings;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.session.Connection;
import dev.videosession.session.Publisher;
import dev.videosession.session.Session;
import dev.videosession.session.SessionState;
import dev.videosession.session.Stream;
import dev.videosession.session.Subscriber;
import dev.videosession.session.fixture.FakeMedia;
import dev.videosession.session.fixture.SessionSetup;
import dev.videosession.session.internal.dispatch.CallbackQueue;
import dev.videosession.session.internal.loop.SessionLoop;
import dev.videosession.session.internal.signaling.WebSocketConnector;
import dev.videosession.session.internal.stream.LocalPublisher;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.disposables.Disposable;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One program with the real SDK in it: its session, its process, its network and what became of its calls. */
final class ModelClient implements WebSocketConnector {
    private static final URI SERVER = URI.create("http://server.test:1");

    private static final String TWO_NODES = SERVER + ",http://server.test:2";

    private static final long SLOWEST_RETURN_MILLIS = 5000;

    /** One call of the application that tells its outcome. */
    static final class Call {
        final String name;
        int outcomes;

        @Nullable
        Disposable waiting;

        @Nullable
        Throwable error;

        Call(String name) {
            this.name = name;
        }
    }

    /** How a stay ended. */
    record End(ModelListener.Stay stay, DisconnectReason reason, boolean wished, long lostForMillis) {}

    final String name;
    final ModelTime time;
    final ModelConditions conditions;
    final ModelProcess process;
    final Session session;
    final ModelListener listener;
    final FakeMedia media = new FakeMedia();
    final List<ModelSocket> sockets = new ArrayList<>();
    final List<Publisher> publishers = new ArrayList<>();
    final List<Subscriber> subscribers = new ArrayList<>();
    final List<Call> calls = new ArrayList<>();
    final List<End> ends = new ArrayList<>();
    final boolean suppressed;
    boolean wantsIn;
    boolean closed;
    long lostAt;
    /** Whether something has happened to it that may cost it its socket. */
    boolean troubled;

    private final ModelWorld world;
    private final Random random;
    private final String token;
    private boolean wishedOut;
    /** When the last message arrived, in nanoseconds. */
    private long heardAt;
    /** The newest request that was sent on any socket. */
    private long newestRequest;

    ModelClient(ModelWorld world, String name, Role role, boolean suppressed) {
        this.world = world;
        this.name = name;
        this.time = world.time;
        this.random = world.random;
        this.suppressed = suppressed;
        this.token = world.server.token(role, name);
        this.conditions = new ModelConditions(random);
        this.process = new ModelProcess(time);
        this.listener = new ModelListener(this, suppressed);
        time.add(process);
        SessionLoop loop = new SessionLoop(
                name,
                process,
                TimeSource.of(() -> process.now(TimeUnit.NANOSECONDS), time),
                new SplittableRandom(random.nextLong()));
        this.session = new SessionSetup(SERVER, "47000001", world.server.session, this)
                .servers(world.server.nodeCount() == 1 ? SERVER.toString() : TWO_NODES)
                .loop(loop)
                .callbacks(new CallbackQueue(Runnable::run, Runnable::run))
                .mediaEngine(media.engine)
                .connectionEventsSuppressed(suppressed)
                .build();
        session.addListener(listener);
    }

    @Override
    public Socket open(URI uri, Events events) {
        ModelSocket socket = new ModelSocket(time, world.server.node(uri.getPort() - 1), this, random, events);
        sockets.removeIf(ModelSocket::hasEnded);
        sockets.add(socket);
        return socket;
    }

    /** {@return whether Redis may have forgotten what nodes had taken from it} */
    boolean hasRedisLostWrites() {
        return world.server.cluster != null && world.server.cluster.hasLostWrites();
    }

    /** A message arrives. Those that bring a roster are handled by themselves, so that derived events can be distinguished. */
    void arrived(String text, String lastResume, Runnable deliver) {
        trace("receives " + text);
        heardAt = time.nanos();
        boolean connected = text.startsWith("{\"type\":\"connected\"");
        boolean resumed = text.startsWith("{\"type\":\"resumed\"") && text.contains("\"roster\":{");
        if (!connected && !resumed) {
            deliver.run();
            return;
        }
        if (connected) {
            newestRequest = 0; // a new connection has no earlier requests
        }
        process.drain();
        SessionState before = session.state();
        listener.fromRoster = true;
        deliver.run();
        process.drain();
        listener.fromRoster = false;
        ModelListener.Stay stay = listener.stay();
        boolean taken = before == SessionState.DISCONNECTING
                || (before == SessionState.RECONNECTING && session.state() != SessionState.RECONNECTING);
        if (resumed && taken && stay != null) {
            stay.gaps.add(new long[] {number(lastResume, "\"sequence\":"), number(text, "\"sequence\":")});
        }
    }

    /** {@return whether a request with this id was never sent before} */
    boolean isNewRequest(long id) {
        boolean fresh = id > newestRequest;
        newestRequest = Math.max(newestRequest, id);
        return fresh;
    }

    /** A client that hears nothing must notice it in time. */
    void verify() {
        Timings timings = world.settings.timings();
        long runningSince = Math.max(process.runningSince(), time.jumpedAt());
        long silentMillis = TimeUnit.NANOSECONDS.toMillis(time.nanos() - Math.max(heardAt, runningSince));
        if (session.state() == SessionState.CONNECTED
                && silentMillis > timings.silenceMillis() + timings.heartbeatMillis()) {
            throw wrong("has not noticed that its server is silent for " + silentMillis + " ms");
        }
    }

    static long number(String text, String after) {
        int start = text.indexOf(after) + after.length();
        int end = start;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return Long.parseLong(text.substring(start, end));
    }

    void trace(String line) {
        world.trace(name, line);
    }

    AssertionError wrong(String what) {
        return world.fail(name + ": " + what);
    }

    boolean prevents() {
        return random.nextInt(4) == 0;
    }

    boolean isOwn(Stream stream) {
        ModelListener.Stay stay = listener.stay();
        return stay != null && stream.connection().id().equals(stay.own);
    }

    boolean isOfADeadServer(ModelListener.Stay stay) {
        return world.server.log.ofDeadServers.contains(stay.own);
    }

    boolean isConnecting() {
        return calls.stream().anyMatch(call -> call.name.equals("connect") && call.outcomes == 0);
    }

    void left(ModelListener.Stay stay, DisconnectReason reason) {
        ends.add(new End(stay, reason, wishedOut, time.elapsedMillis() - lostAt));
        wishedOut = false;
    }

    Call call(String what, Completable outcome) {
        Call call = new Call(what);
        calls.add(call);
        call.waiting = outcome.subscribe(() -> settled(call, null), error -> settled(call, error));
        return call;
    }

    private void settled(Call call, @Nullable Throwable error) {
        trace("hears that " + call.name + (error == null ? " is done" : " failed: " + error.getMessage()));
        call.outcomes++;
        call.error = error;
        if (call.outcomes > 1) {
            throw wrong("two outcomes of " + call.name);
        }
    }

    /** Whether a network that is well from now on must bring it back to its connection, unless it is removed. */
    boolean mustSurvive() {
        ModelListener.Stay stay = listener.stay();
        SessionState state = session.state();
        if (stay == null || wishedOut || (state != SessionState.CONNECTED && state != SessionState.RECONNECTING)) {
            return false;
        }
        long window = world.settings.timings().resumeWindowMillis();
        long now = time.elapsedMillis();
        Long lostAtServer = world.server.log.lostAt.get(stay.own);
        boolean away = state == SessionState.RECONNECTING;
        // an attempt that the network swallowed lasts as long as silence may
        long silence = world.settings.timings().silenceMillis();
        long needed = away ? Math.max(SLOWEST_RETURN_MILLIS, silence + 1500) : silence + 3000;
        return world.settings.isRoomy()
                && window > 0
                && !world.server.log.left.containsKey(stay.own)
                && !world.server.log.forgotten.contains(stay.own)
                && (!away || now - lostAt + needed < window)
                && (lostAtServer == null || now - lostAtServer + needed < window);
    }

    // What an application does

    /** Something happens to it that may cost it its socket. */
    void trouble() {
        troubled = true;
    }

    void connect() {
        wantsIn = true;
        call("connect", session.connect(token));
    }

    void disconnect() {
        wantsIn = false;
        wishedOut = true;
        call("disconnect", session.disconnect());
    }

    void close() {
        wantsIn = false;
        wishedOut = true;
        closed = true;
        session.close();
    }

    void publish(String streamName) {
        Publisher publisher = publishers.stream()
                .filter(each -> !each.isDestroyed() && each.session().isEmpty())
                .findFirst()
                .orElse(null);
        if (publisher == null || random.nextBoolean()) {
            publisher = Publisher.builder()
                    .name(streamName)
                    .video(FakeMedia.PICTURE)
                    .audio(AudioSources.tone(440))
                    .publishAudio(random.nextInt(4) > 0)
                    .publishVideo(random.nextInt(4) > 0)
                    .mediaEngine(media.engine)
                    .build();
            ((LocalPublisher) publisher).media().open().join();
            publishers.add(publisher);
        }
        call("publish " + publisher.name(), session.publish(publisher));
    }

    List<Stream> remoteStreams() {
        return session.streams().stream()
                .filter(stream -> !isOwn(stream))
                .sorted(Comparator.comparing(Stream::name))
                .toList();
    }

    List<Connection> others() {
        return session.connections().stream()
                .filter(each -> !session.connection().filter(each::equals).isPresent())
                .sorted(Comparator.comparing(Connection::data).thenComparing(Connection::creationTime))
                .toList();
    }

    void subscribe(Stream stream) {
        Subscriber subscriber = session.subscribe(stream);
        subscribers.add(subscriber);
        call("subscribe " + stream.name(), subscriber.connected());
    }
}
