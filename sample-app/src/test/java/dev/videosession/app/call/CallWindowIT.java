package dev.videosession.app.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.app.Main;
import dev.videosession.app.process.Child;
import dev.videosession.app.server.Backend;
import dev.videosession.app.window.DrivenWindow;
import dev.videosession.app.window.Screen;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.project.Project;
import dev.videosession.testsupport.FreePorts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The call window on a display of its own, with a server and a bot in processes of their own. */
class CallWindowIT {
    private static final Duration STARTING = Duration.ofSeconds(30);
    private static final Duration LIMIT = Duration.ofSeconds(15);

    /** In milliseconds. Longer than a server takes to start on a busy machine. */
    private static final String LONG_WINDOW = "60000";

    private static final List<String> PUBLISHING = List.of("mute", "camera", "share");

    @TempDir
    private Path directory;

    private final List<Child> children = new ArrayList<>();
    private Screen screen;
    private Child bot;
    private DrivenWindow window;

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
    void bothVideosChangeAndARemovalIsExplained() throws Exception {
        start("--synthetic");
        window.awaitText("status", text -> text.equals("Connected, 2 participants"));
        window.awaitMoves("preview");
        window.awaitMoves("tile:");
        assertThat(window.text("mute")).isEqualTo("Mute");
        window.click("mute");
        window.awaitText("mute", text -> text.equals("Unmute"));
        bot.event("streamPropertyChanged", LIMIT, event -> Boolean.FALSE.equals(event.get("newValue")));

        Object connection = bot.event("streamCreated", LIMIT).get("connectionId");
        bot.send("{\"do\":\"forceDisconnect\",\"connection\":\"" + connection
                + "\",\"message\":\"<html>the room is needed\"}");
        window.awaitText("end-title", text -> text.equals("You were removed from the session"));
        assertThat(window.text("notice")).isEqualTo("A moderator writes: <html>the room is needed");
        assertThat(window.isShowing("tile:")).isFalse();
        assertThat(window.isShowing("preview")).isFalse();
        window.click("close");
        assertThat(window.process().exitCode()).isZero();
    }

    @Test
    void withoutACameraTheOthersAreSeenAndTheWindowSaysSo() throws Exception {
        start();
        window.awaitText("status", text -> text.equals("Connected, 2 participants"));
        window.awaitText("notice", text -> text.contains("No camera was found"));
        window.awaitMoves("tile:");
        assertThat(window.process().terminate()).isZero();
        bot.event("connectionDestroyed", LIMIT, event -> "clientDisconnected".equals(event.get("reason")));
    }

    @Test
    void refusedClientShowsTheReason() throws Exception {
        Child server = server();
        call(server, "forged", "--synthetic");
        window.awaitText("notice", text -> text.startsWith("Connecting failed: "));
        assertThat(window.isShowing("rejoin")).isFalse();
        window.awaitMoves("preview");
        assertThat(PUBLISHING).noneMatch(window::isEnabled);
        window.click("leave");
        window.awaitText("end-title", text -> text.equals("You left the session"));
        window.click("close");
        assertThat(window.process().exitCode()).isZero();
    }

    @Test
    void afterALostServerTheUserRejoinsWithTheSameCamera() throws Exception {
        Project project = Backend.newProject();
        Backend backend = new Backend(project);
        SessionId session = backend.newSession(true);
        String port = String.valueOf(FreePorts.next()); // no other program is given it between two starts
        Child server = server(project, port, LONG_WINDOW);
        String url = url(server);
        window(
                "call",
                url,
                session.value(),
                backend.token(session, Role.PUBLISHER, ""),
                "--name",
                "Ada",
                "--synthetic");
        window.awaitText("status", text -> text.startsWith("Connected"));
        window.awaitMoves("preview");
        assertThat(PUBLISHING).allMatch(window::isEnabled);

        server.close();
        server.exitCode();
        window.awaitText("status", text -> text.equals("Reconnecting ..."));
        Child forgetful = server(project, port, "1000");
        assertThat(url(forgetful)).as("it listens again").isEqualTo(url);
        window.awaitText("status", text -> text.startsWith("Connected"));
        assertThat(PUBLISHING).as("started over").allMatch(window::isEnabled);

        forgetful.close();
        forgetful.exitCode();
        window.awaitText("status", text -> text.equals("Not connected"));
        assertThat(url(server(project, port, LONG_WINDOW)))
                .as("it listens again")
                .isEqualTo(url);
        assertThat(PUBLISHING).noneMatch(window::isEnabled);
        window.awaitMoves("preview");
        window.click("rejoin");
        window.awaitText("status", text -> text.startsWith("Connected"));
        assertThat(window.isShowing("rejoin")).isFalse();
        assertThat(PUBLISHING).allMatch(window::isEnabled);
        assertThat(window.process().terminate()).isZero();
    }

    @Test
    void clientThatMayNotPublishHasNoButtonsThatPublish() throws Exception {
        Child server = server();
        call(server, printed(server, "token-subscriber"), "--synthetic");
        window.awaitText("status", text -> text.startsWith("Connected"));
        window.awaitMoves("preview");
        assertThat(PUBLISHING).noneMatch(window::isEnabled);
        window.click("leave");
        window.awaitText("end-title", text -> text.equals("You left the session"));
        window.click("close");
        assertThat(window.process().exitCode()).isZero();
    }

    private Child server(Project project, String port, String resumeWindow) throws IOException {
        return java(
                "server",
                Main.class,
                "server",
                "--port",
                port,
                "--resume-window",
                resumeWindow,
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
        call(server, printed(server, "token-publisher"), options);
    }

    private Child server() throws IOException {
        return java("server", Main.class, "server", "--dev", "--port", "0");
    }

    private void call(Child server, String token, String... options) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("call", url(server), printed(server, "session"), token, "--name", "Ada"));
        arguments.addAll(List.of(options));
        window(arguments.toArray(String[]::new));
    }

    private void window(String... command) throws IOException {
        window = DrivenWindow.start(directory, screen, List.of(command));
        children.add(window.process());
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
        Child child = Child.java(name, directory, Map.of(), command);
        children.add(child);
        return child;
    }
}
