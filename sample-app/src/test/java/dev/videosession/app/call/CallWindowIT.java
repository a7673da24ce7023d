package dev.videosession.app.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.app.Main;
import dev.videosession.app.process.Child;
import dev.videosession.app.server.Backend;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.project.Project;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The call window on a display of its own, with a server and a bot in processes of their own. */
class CallWindowIT {
    private static final Duration STARTING = Duration.ofSeconds(30);
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final int LIVELY = 200;

    @TempDir
    private Path directory;

    private final List<Child> children = new ArrayList<>();
    private Screen screen;
    private Child bot;
    private Child window;
    private int orders;

    @BeforeEach
    void openDisplay() throws IOException {
        screen = new Screen(directory);
    }

    @AfterEach
    void endEverything() {
        children.forEach(Child::close);
        screen.close();
    }

    @Test
    void bothPicturesMoveAndARemovalIsExplained() throws Exception {
        start("--synthetic");
        awaitText("status", text -> text.equals("Connected, 2 participants"));
        assertMoves("preview");
        assertMoves("tile:");
        assertThat(text("mute")).isEqualTo("Mute");
        order("click", "mute");
        awaitText("mute", text -> text.equals("Unmute"));
        bot.event("streamPropertyChanged", LIMIT, event -> Boolean.FALSE.equals(event.get("newValue")));

        Object connection = bot.event("streamCreated", LIMIT).get("connectionId");
        bot.send("{\"do\":\"forceDisconnect\",\"connection\":\"" + connection
                + "\",\"message\":\"<html>the room is needed\"}");
        awaitText("notice", text -> text.endsWith("You were removed from the session: <html>the room is needed"));
        assertThat(text("status")).isEqualTo("Not connected: forceDisconnected");
        assertThat(order("bounds", "tile:")).isEqualTo("none");
        assertThat(order("bounds", "preview")).isEqualTo("none");
        order("click", "leave");
        assertThat(window.exitCode()).isZero();
    }

    @Test
    void withoutACameraTheOthersAreSeenAndTheWindowSaysSo() throws Exception {
        start();
        awaitText("status", text -> text.equals("Connected, 2 participants"));
        awaitText("notice", text -> text.contains("No camera was found"));
        assertMoves("tile:");
        assertThat(window.terminate()).isZero();
        bot.event("connectionDestroyed", LIMIT, event -> "clientDisconnected".equals(event.get("reason")));
    }

    @Test
    void whoCannotEnterIsToldWhy() throws Exception {
        Child server = server();
        window(server, "forged");
        awaitText("notice", text -> text.startsWith("Connecting failed: "));
        assertThat(order("bounds", "rejoin")).isEqualTo("none");
        order("click", "leave");
        assertThat(window.exitCode()).isZero();
    }

    @Test
    void afterALostServerTheUserRejoinsWithTheSameCamera() throws Exception {
        Project project = Backend.newProject();
        Backend backend = new Backend(project);
        SessionId session = backend.newSession(true);
        Child server = server(project, "0");
        String url = url(server);
        window = java(
                "window",
                CallDriver.class,
                "call",
                url,
                session.value(),
                backend.token(session, Role.PUBLISHER, ""),
                "--name",
                "Ada",
                "--synthetic");
        awaitText("status", text -> text.startsWith("Connected"));
        assertMoves("preview");

        server.close();
        server.exitCode();
        awaitText("status", text -> text.equals("Reconnecting ..."));
        server(project, url.substring(url.lastIndexOf(':') + 1));
        awaitText("status", text -> text.equals("Not connected: networkDisconnected"));
        assertMoves("preview");
        order("click", "rejoin");
        awaitText("status", text -> text.startsWith("Connected"));
        assertThat(order("bounds", "rejoin")).isEqualTo("none");
        assertThat(window.terminate()).isZero();
    }

    private Child server(Project project, String port) throws IOException {
        return java(
                "server",
                Main.class,
                "server",
                "--port",
                port,
                "--api-key",
                String.valueOf(project.apiKey()),
                "--api-secret",
                project.signingSecret());
    }

    private void start(String... options) throws IOException {
        Child server = server();
        bot = java(
                "bot",
                Main.class,
                "bot",
                url(server),
                printed(server, "session"),
                printed(server, "token-moderator"),
                "--name",
                "Ben",
                "--video",
                "320x180@15");
        bot.event("publisherStreamCreated", STARTING);
        window(server, printed(server, "token-publisher"), options);
    }

    private Child server() throws IOException {
        return java("server", Main.class, "server", "--dev", "--port", "0");
    }

    private void window(Child server, String token, String... options) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("call", url(server), printed(server, "session"), token, "--name", "Ada"));
        arguments.addAll(List.of(options));
        window = java("window", CallDriver.class, arguments.toArray(String[]::new));
    }

    private static String url(Child server) {
        return server.line("ready", STARTING, line -> line.startsWith("listening on "))
                .substring("listening on ".length());
    }

    private static String printed(Child server, String name) {
        return server.line(name, LIMIT, line -> line.startsWith(name + " ")).substring(name.length() + 1);
    }

    private Child java(String name, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(main.getName()));
        command.addAll(List.of(arguments));
        Map<String, String> environment = main == CallDriver.class ? screen.environment() : Map.of();
        Child child = Child.java(name, directory, environment, command);
        children.add(child);
        return child;
    }

    private void assertMoves(String name) {
        Awaitility.await(name + " is a lively picture that moves")
                .atMost(LIMIT)
                .ignoreExceptionsInstanceOf(NumberFormatException.class)
                .until(() -> {
                    Rectangle part = bounds(name);
                    BufferedImage before = shot();
                    BufferedImage after = shot();
                    return Pixels.colours(after, part) > LIVELY && Pixels.changed(before, after, part) > 0.1;
                });
    }

    private BufferedImage shot() {
        try {
            Path file = directory.resolve("shot.png");
            order("shot", file.toString());
            return ImageIO.read(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Rectangle bounds(String name) {
        int[] numbers = Arrays.stream(order("bounds", name).split(" "))
                .mapToInt(Integer::parseInt)
                .toArray();
        return new Rectangle(numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    private String text(String name) {
        return order("text", name);
    }

    private void awaitText(String name, Predicate<String> wanted) {
        Awaitility.await("text of " + name).atMost(STARTING).until(() -> text(name), wanted);
    }

    private String order(String order, String object) {
        try {
            String number = orders++ + " ";
            window.send(number + order + " " + object);
            return window.line(order + " " + object, LIMIT, line -> line.startsWith(number))
                    .substring(number.length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
