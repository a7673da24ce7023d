package dev.videosession.app.screenshot;

import dev.videosession.app.call.Call;
import dev.videosession.app.call.CallOptions;
import dev.videosession.app.console.ConsoleOptions;
import dev.videosession.app.console.ConsoleWindow;
import dev.videosession.app.device.MediaSources;
import dev.videosession.app.option.ServerList;
import dev.videosession.app.people.ParticipantSignal;
import dev.videosession.app.server.Backend;
import dev.videosession.app.server.RouterProgram;
import dev.videosession.app.start.JoinDetails;
import dev.videosession.app.synthetic.SyntheticCamera;
import dev.videosession.app.synthetic.SyntheticMedia;
import dev.videosession.app.window.Components;
import dev.videosession.media.AudioSources;
import dev.videosession.media.MediaEngine;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.SignalingServer;
import dev.videosession.server.SignalingServerBuilder;
import dev.videosession.server.project.Project;
import dev.videosession.server.settings.JanusSettings;
import dev.videosession.session.Publisher;
import dev.videosession.session.Session;
import io.reactivex.rxjava3.core.Completable;
import java.awt.Component;
import java.awt.Container;
import java.awt.Rectangle;
import java.awt.Window;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.swing.AbstractButton;
import javax.swing.SwingUtilities;

/** A session with synthetic participants who talk to each other, for screenshots. */
final class StagedSession implements AutoCloseable {
    /** Names for the persons that {@link SyntheticCamera} draws with the hues of {@link #hue}. */
    private static final List<String> NAMES = List.of(
            "Ada", "Bea", "Carl", "Dmitri", "Emil", "Farah", "Grace", "Hugo", "Ivan", "Jonas", "Kira", "Lina", "Mei",
            "Noah", "Omar", "Priya", "Quinn", "Rosa", "Sara", "Tara", "Uma", "Vera", "Wanda", "Yara");

    private static final String USER = "Kim";
    private static final MediaSources MEDIA = new SyntheticMedia(false);
    private static final VideoFormat FORMAT = new VideoFormat(640, 360, 15);
    private static final int LIMIT_SECONDS = 20;
    private static final int SETTLE_MILLIS = 2500;
    private static final int POLL_MILLIS = 100;
    private static final int COLOURS = 300;
    private static final float HUE_STEP = 0.38f;

    private final MediaEngine engine;
    private final int participants;
    private final Project project = Backend.newProject();
    private final Backend backend = new Backend(project);
    private final SignalingServer server;
    private final SessionId id;
    private final List<Session> sessions = new ArrayList<>();
    private final List<Publisher> publishers = new ArrayList<>();

    StagedSession(MediaEngine engine, int participants) throws IOException {
        this.engine = engine;
        this.participants = participants;
        SignalingServerBuilder builder = SignalingServer.builder().project(project);
        boolean routed = RouterProgram.find(RouterProgram.JANUS)
                .map(program -> builder.router(new JanusSettings(program)))
                .isPresent();
        server = builder.start();
        id = backend.newSession(!routed);
    }

    /** Lets the participants join. */
    void open() {
        for (int i = 0; i < participants; i++) {
            String name = NAMES.get(i);
            Session session = Session.builder(server.uri(), backend.apiKey(), id.value())
                    .mediaEngine(engine)
                    .build();
            Publisher publisher = Publisher.builder()
                    .mediaEngine(engine)
                    .name(name)
                    .video(new SyntheticCamera(FORMAT, hue(i), false))
                    .audio(AudioSources.tone(300 + 40 * i))
                    .publishAudio(i == 0)
                    .build();
            sessions.add(session);
            publishers.add(publisher);
            Role role = i == 0 ? Role.MODERATOR : Role.PUBLISHER;
            await(
                    name + " joins",
                    session.connect(backend.token(id, role, "name=" + name)).andThen(session.publish(publisher)));
        }
    }

    private static float hue(int participant) {
        return (0.08f + HUE_STEP * participant) % 1;
    }

    private ServerList address() {
        return ServerList.parse(server.uri().toString());
    }

    /** Takes a screenshot of each program. */
    void photograph(WindowPictures pictures) throws InterruptedException, IOException {
        String invited = backend.token(id, Role.PUBLISHER, "name=" + USER);
        if (pictures.all()) {
            photographLobby(pictures, new JoinDetails(address(), id.value(), invited));
        }
        CountDownLatch callEnded = new CountDownLatch(1);
        Call call = onSwing(() ->
                Call.open(new CallOptions(address(), id.value(), invited, USER, MEDIA), engine, callEnded::countDown));
        onSwing(() -> prepare(pictures, "call"));
        awaitVideo("call", "tile:");
        talk();
        press("call", "chat");
        settle();
        picture(pictures, "call", "call");
        press("call", "chat");
        if (pictures.all()) {
            press("call", "view");
            settle();
            picture(pictures, "call", "speaker");
            press("call", "view");
        }
        photographConsole(pictures);
        onSwing(() -> leave(call::leave));
        await("the call ends", callEnded);
    }

    private void photographLobby(WindowPictures pictures, JoinDetails details)
            throws InterruptedException, IOException {
        CountDownLatch ended = new CountDownLatch(1);
        Call lobby = onSwing(() -> Call.openLobby(details, USER, MEDIA, engine, ended::countDown));
        onSwing(() -> prepare(pictures, "call"));
        press("call", "lobby-camera");
        press("call", "lobby-microphone");
        awaitVideo("call", "lobby-preview");
        settle();
        picture(pictures, "call", "lobby");
        onSwing(() -> leave(lobby::leave));
        await("the lobby closes", ended);
    }

    private void photographConsole(WindowPictures pictures) throws InterruptedException, IOException {
        CountDownLatch ended = new CountDownLatch(1);
        String token = backend.token(id, Role.MODERATOR, "name=Moderator");
        ConsoleWindow console = onSwing(
                () -> ConsoleWindow.open(new ConsoleOptions(address(), id.value(), token), engine, ended::countDown));
        onSwing(() -> prepare(pictures, "console"));
        awaitVideo("console", "thumbnail:");
        talk();
        settle();
        picture(pictures, "console", "console");
        onSwing(() -> leave(console::leave));
        await("the console closes", ended);
    }

    /** Sends a few messages, raises a hand and mutes a microphone. */
    private void talk() {
        say(0, "chat", "Welcome, everyone. The agenda is in the invitation.");
        if (participants > 2) {
            say(1, "chat", "Good morning! Can we start with the release date?");
            say(2, ParticipantSignal.SIGNAL, new ParticipantSignal(NAMES.get(2), true).encode());
            say(0, "chat", "Yes. Carl raised a hand, so Carl goes first.");
            say(1, "reaction", "thumb_up");
        }
    }

    private void say(int who, String type, String data) {
        await("a signal is sent", sessions.get(who).signal(type, data));
    }

    private static boolean prepare(WindowPictures pictures, String window) {
        pictures.prepare(window);
        return true;
    }

    private static boolean leave(Runnable task) {
        task.run();
        return true;
    }

    private static void picture(WindowPictures pictures, String window, String name) throws InterruptedException {
        onSwing(() -> {
            pictures.write(window, name);
            return true;
        });
    }

    private static void press(String window, String button) throws InterruptedException {
        until(
                button + " can be pressed",
                () -> component(window, button)
                        .filter(Component::isEnabled)
                        .filter(AbstractButton.class::isInstance)
                        .isPresent());
        onSwing(() -> {
            component(window, button).ifPresent(found -> ((AbstractButton) found).doClick());
            return true;
        });
    }

    private static Optional<Component> component(String window, String name) {
        return Components.window(window).flatMap(found -> Components.find(found, name));
    }

    /** Waits until each visible component whose name starts with a text shows video. A small window shows only some of them. */
    private static void awaitVideo(String window, String start) throws InterruptedException {
        until(
                "videos in " + window,
                () -> Components.window(window)
                        .map(found -> videos(found, start))
                        .filter(shown -> !shown.isEmpty() && shown.stream().allMatch(StagedSession::isColourful))
                        .isPresent());
    }

    private static List<Component> videos(Container parent, String start) {
        List<Component> found = new ArrayList<>();
        for (Component each : parent.getComponents()) {
            if (each.getName() != null && each.getName().startsWith(start)) {
                if (each.isShowing()) {
                    found.add(each);
                }
            } else if (each instanceof Container inner && !(each instanceof Window)) {
                found.addAll(videos(inner, start));
            }
        }
        return found;
    }

    private static boolean isColourful(Component component) {
        Rectangle size = component.getBounds();
        if (size.isEmpty()) {
            return false;
        }
        BufferedImage image = new BufferedImage(size.width, size.height, BufferedImage.TYPE_INT_RGB);
        component.paint(image.createGraphics());
        Set<Integer> colours = new HashSet<>();
        for (int y = 0; y < size.height; y += 4) {
            for (int x = 0; x < size.width; x += 4) {
                colours.add(image.getRGB(x, y));
            }
        }
        return colours.size() > COLOURS;
    }

    private static void settle() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
    }

    private static void await(String what, Completable command) {
        if (!command.blockingAwait(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("not in time: " + what);
        }
    }

    private static void await(String what, CountDownLatch latch) throws InterruptedException {
        if (!latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("not in time: " + what);
        }
    }

    private static void until(String what, Callable<Boolean> condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!onSwing(condition)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not in time: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private static <T> T onSwing(Callable<T> task) throws InterruptedException {
        FutureTask<T> future = new FutureTask<>(task);
        try {
            SwingUtilities.invokeAndWait(future);
            return future.get();
        } catch (InvocationTargetException | ExecutionException e) {
            throw new IllegalStateException("failed on the Swing thread", e.getCause());
        }
    }

    @Override
    public void close() {
        sessions.forEach(session -> await("a participant leaves", session.disconnect()));
        publishers.forEach(Publisher::destroy);
        sessions.forEach(Session::close);
        server.close();
    }
}
