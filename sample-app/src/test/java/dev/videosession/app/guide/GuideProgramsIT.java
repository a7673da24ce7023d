package dev.videosession.app.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.videosession.app.server.Backend;
import dev.videosession.media.AudioSources;
import dev.videosession.media.VideoSources;
import dev.videosession.media.probe.ToneMeter;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.Timings;
import dev.videosession.server.SignalingServer;
import dev.videosession.server.project.Project;
import dev.videosession.session.Publisher;
import dev.videosession.session.Session;
import dev.videosession.session.SessionDisconnectEvent;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.SessionException;
import dev.videosession.session.SessionListener;
import dev.videosession.session.SessionState;
import dev.videosession.session.Stream;
import dev.videosession.session.Subscriber;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.swing.SwingUtilities;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of the guides, with a real server and real media on this machine. */
class GuideProgramsIT {
    private static final Timings QUICK = new Timings(300, 900, 1000);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Project project = Backend.newProject();
    private final String apiKey = String.valueOf(project.apiKey());
    private final Backend backend = new Backend(project);
    private final SessionId id = backend.newSession(true);
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private SignalingServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = SignalingServer.builder()
                .project(project)
                .timings(QUICK)
                .retryAfterMillis(100)
                .start();
    }

    @AfterEach
    void closeEverything() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        server.close();
    }

    private Session join(Role role, String name, SessionId session, SessionListener listener) {
        Session joined = Session.builder(server.uri(), apiKey, session.value()).build();
        opened.add(joined);
        joined.addListener(listener);
        joined.connect(token(role, name, session)).blockingAwait();
        return joined;
    }

    private Session join(Role role, String name) {
        return join(role, name, id, new SessionListener() {});
    }

    private String token(Role role, String name, SessionId session) {
        return backend.token(session, role, name);
    }

    private Publisher pattern(String name) {
        Publisher publisher = Publisher.builder()
                .video(VideoSources.pattern(new VideoFormat(160, 120, 10)))
                .name(name)
                .build();
        opened.add(publisher);
        return publisher;
    }

    private void awaitLine(String line) {
        await(line).atMost(LIMIT).untilAsserted(() -> assertThat(lines).contains(line));
    }

    @Test
    void swingCallShowsStreamsAndLeaves() throws Exception {
        Session host = join(Role.MODERATOR, "host");
        Publisher camera = pattern("Host");
        host.publish(camera).blockingAwait();
        Session session = SwingCall.session(server.uri(), apiKey, id.value());
        opened.add(session);
        Publisher own = pattern("Ada");
        SwingCall[] call = new SwingCall[1];
        SwingUtilities.invokeAndWait(() -> {
            call[0] = new SwingCall(session, own);
            call[0].join(token(Role.PUBLISHER, "ada", id));
        });
        await("host is shown").atMost(LIMIT).until(() -> onSwing(call[0]::viewCount) == 1);
        await("connected").atMost(LIMIT).until(() -> onSwing(call[0]::status).equals("Connected"));
        host.unpublish(camera).blockingAwait();
        await("host is removed").atMost(LIMIT).until(() -> onSwing(call[0]::viewCount) == 0);
        host.forceDisconnect(session.connection().orElseThrow()).blockingAwait();
        await("removed")
                .atMost(LIMIT)
                .until(() -> onSwing(call[0]::status).equals("The call ended: forceDisconnected"));
        assertThat(own.isDestroyed()).isTrue();
    }

    private static <T> T onSwing(Supplier<T> value) throws Exception {
        CompletableFuture<T> result = new CompletableFuture<>();
        SwingUtilities.invokeAndWait(() -> result.complete(value.get()));
        return result.join();
    }

    @Test
    void headlessParticipantReportsStreamsUntilTheSessionEnds() {
        join(Role.PUBLISHER, "ada").publish(pattern("Ada")).blockingAwait();
        CompletableFuture<SessionDisconnectEvent> ended = CompletableFuture.supplyAsync(() -> HeadlessParticipant.watch(
                server.uri(), apiKey, id.value(), token(Role.SUBSCRIBER, "viewer", id), lines::add));
        awaitLine("Ada 160x120");
        server.control().closeSession(id, "closed").join();
        assertThat(ended.join().reason()).isEqualTo(DisconnectReason.FORCE_DISCONNECTED);
    }

    @Test
    void headlessRecorderWritesImagesAndAudio(@TempDir Path directory) throws Exception {
        Publisher ada = Publisher.builder()
                .video(VideoSources.pattern(new VideoFormat(160, 120, 10)))
                .audio(AudioSources.tone(440))
                .name("Ada")
                .build();
        join(Role.PUBLISHER, "ada").publish(ada).blockingAwait();
        Session viewer = join(Role.SUBSCRIBER, "viewer");
        await("the stream").atMost(LIMIT).until(() -> viewer.streams().size() == 1);
        ToneMeter live = new ToneMeter();
        Subscriber subscriber = viewer.subscribe(viewer.streams().get(0));
        subscriber.audio().addSink(live);
        try (HeadlessRecorder recorder = new HeadlessRecorder(subscriber, directory)) {
            await("a tone").atMost(LIMIT).until(() -> Math.abs(live.hertz() - 440) < 10);
            Path image = await("an image")
                    .atMost(LIMIT)
                    .until(recorder::snapshot, Optional::isPresent)
                    .orElseThrow();
            assertThat(ImageIO.read(image.toFile()))
                    .returns(160, BufferedImage::getWidth)
                    .returns(120, BufferedImage::getHeight);
        }
        assertThat(toneOf(directory.resolve("audio.wav"))).isCloseTo(440, within(10.0));
    }

    private static double toneOf(Path file) throws Exception {
        ToneMeter meter = new ToneMeter();
        try (AudioInputStream wave = AudioSystem.getAudioInputStream(file.toFile())) {
            ByteBuffer bytes = ByteBuffer.wrap(wave.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            int channels = wave.getFormat().getChannels();
            short[] samples = new short[bytes.remaining() / 2];
            bytes.asShortBuffer().get(samples);
            meter.onSamples(samples, (int) wave.getFormat().getSampleRate(), channels, samples.length / channels);
        }
        return meter.hertz();
    }

    @Test
    void moderatorRemovesMutesAndEndsStreams() {
        Session ada = join(Role.PUBLISHER, "ada", id, new ConnectionStatus(lines::add));
        Publisher camera = pattern("Ada");
        ada.publish(camera).blockingAwait();
        Session host = join(Role.MODERATOR, "host");
        ModeratorCommands commands = new ModeratorCommands(host);
        assertThat(commands.areAvailable()).isTrue();
        assertThat(new ModeratorCommands(ada).areAvailable()).isFalse();
        await("host sees the stream").atMost(LIMIT).until(() -> host.streams().size() == 1);
        Stream stream = host.streams().get(0);
        commands.giveTheFloorTo(stream).blockingAwait();
        commands.openTheFloor().blockingAwait();
        commands.endStream(stream).blockingAwait();
        await("ended").atMost(LIMIT).until(camera::isDestroyed);
        commands.remove(ada.connection().orElseThrow(), "Please come back later.")
                .blockingAwait();
        awaitLine("You were removed. Please come back later.");
        String token = token(Role.PUBLISHER, "ada again", id);
        ada.connect(token).blockingAwait();
        commands.ban(ada.connection().orElseThrow(), "Goodbye.").blockingAwait();
        awaitLine("You were removed. Goodbye.");
        assertThatThrownBy(() -> ada.connect(token).blockingAwait())
                .isInstanceOf(SessionException.class)
                .extracting(failure -> ((SessionException) failure).code())
                .isEqualTo(1004);
    }

    @Test
    void chatReachesEveryParticipantOrOne() {
        Session ada = join(Role.PUBLISHER, "Ada");
        Session bob = join(Role.PUBLISHER, "Bob");
        GroupChat adaChat = new GroupChat(ada, (name, text) -> lines.add("ada got " + name + ": " + text));
        GroupChat bobChat = new GroupChat(bob, (name, text) -> lines.add("bob got " + name + ": " + text));
        adaChat.send("hello").blockingAwait();
        awaitLine("ada got Ada: hello");
        awaitLine("bob got Ada: hello");
        bobChat.sendTo(ada.connection().orElseThrow(), "psst").blockingAwait();
        awaitLine("ada got Bob: psst");
        server.control().signal(id, null, "chat", "maintenance at noon").join();
        awaitLine("bob got Unknown sender: maintenance at noon");
        Session guest = join(Role.PUBLISHER, "");
        guest.signal("chat", "hi").blockingAwait();
        awaitLine("bob got Guest " + guest.connection().orElseThrow().id() + ": hi");
        assertThat(lines).doesNotContain("bob got Bob: psst");
    }

    @Test
    void screenIsASecondStreamThatEnds() {
        Session ada = join(Role.PUBLISHER, "ada");
        Session host = join(Role.MODERATOR, "host");
        ada.publish(pattern("Ada")).blockingAwait();
        ScreenSharing sharing = new ScreenSharing(ada);
        sharing.start(VideoSources.pattern(new VideoFormat(320, 180, 5))).blockingAwait();
        await("two streams").atMost(LIMIT).until(() -> host.streams().size() == 2);
        sharing.stop();
        await("one stream").atMost(LIMIT).until(() -> host.streams().size() == 1);
        assertThat(host.streams().get(0).name()).isEqualTo("Ada");
    }

    @Test
    void statusTellsALostConnectionFromALeave() {
        Session ada = join(Role.PUBLISHER, "ada", id, new ConnectionStatus(lines::add));
        ada.disconnect().blockingAwait();
        awaitLine("You left.");
        ada.connect(token(Role.PUBLISHER, "ada", id)).blockingAwait();
        server.close();
        awaitLine("Connection lost, reconnecting");
        awaitLine("The connection was lost. Rejoin with a new token.");
    }

    @Test
    void wallReceivesEverySession() {
        List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
        SessionWall wall = new SessionWall(server.uri(), apiKey, subscribers::add);
        opened.add(wall);
        for (int session = 0; session < 3; session++) {
            SessionId each = backend.newSession(true);
            join(Role.PUBLISHER, "ada", each, new SessionListener() {})
                    .publish(pattern("Ada"))
                    .blockingAwait();
            wall.add(each.value(), token(Role.SUBSCRIBER, "wall", each));
        }
        await("frames of three sessions")
                .atMost(LIMIT)
                .until(() -> subscribers.stream()
                                .filter(subscriber -> subscriber.video().frames() > 0)
                                .count()
                        == 3);
        assertThat(subscribers)
                .extracting(Subscriber::session)
                .extracting(Session::state)
                .containsOnly(SessionState.CONNECTED);
    }

    @Test
    void generatedMediaArrives() {
        GeneratedMedia media = new GeneratedMedia();
        opened.add(media);
        AtomicLong recorded = new AtomicLong();
        ToneMeter meter = new ToneMeter();
        List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
        Session[] viewer = new Session[1];
        viewer[0] = join(Role.SUBSCRIBER, "viewer");
        viewer[0].addListener(new SessionListener() {
            @Override
            public void onStreamCreated(SessionEvent.StreamCreated event) {
                Subscriber subscriber = viewer[0].subscribe(event.stream());
                subscriber.audio().addSink(meter);
                GeneratedMedia.record(subscriber.audio(), block -> recorded.addAndGet(block.length));
                subscribers.add(subscriber);
            }
        });
        join(Role.PUBLISHER, "ada").publish(media.publisher()).blockingAwait();
        media.say(tone(440, 24_000));
        BufferedImage slide = new BufferedImage(640, 360, BufferedImage.TYPE_INT_RGB);
        await("frames").atMost(LIMIT).until(() -> {
            media.show(slide);
            return !subscribers.isEmpty() && subscribers.get(0).video().frames() > 0;
        });
        await("tone").atMost(LIMIT).until(() -> recorded.get() > 0 && Math.abs(meter.hertz() - 440) < 20);
    }

    @Test
    void framesAreConvertedToRgb() {
        GeneratedMedia media = new GeneratedMedia();
        opened.add(media);
        AtomicLong written = new AtomicLong();
        BufferedImage image = RgbFrames.follow(media.publisher().video(), written::incrementAndGet);
        media.publisher().start().blockingAwait();
        BufferedImage white = new BufferedImage(1280, 720, BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < white.getHeight(); row++) {
            for (int column = 0; column < white.getWidth(); column++) {
                white.setRGB(column, row, 0xFFFFFF);
            }
        }
        media.show(white);
        await("a frame").atMost(LIMIT).until(() -> written.get() > 0);
        assertThat(image.getRGB(640, 360) & 0xFF).isGreaterThan(240);
    }

    private static short[] tone(double hertz, int sampleRate) {
        short[] samples = new short[10 * sampleRate];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (10_000 * Math.sin(2 * Math.PI * hertz * i / sampleRate));
        }
        return samples;
    }
}
