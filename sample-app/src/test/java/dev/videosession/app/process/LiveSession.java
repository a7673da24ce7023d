package dev.videosession.app.process;

import dev.videosession.app.Main;
import dev.videosession.app.server.Backend;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.project.Project;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A server in a process of its own, one session on it, and bots in it, each in a process of its own. */
public final class LiveSession implements AutoCloseable {
    public static final Duration STARTING = Duration.ofSeconds(30);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String READY = "listening on ";

    /** The whole heap is resident from the start, so that resident memory grows with what is outside of it only. */
    private static final List<String> RESIDENT_HEAP =
            List.of("-XX:+UseSerialGC", "-Xms96m", "-Xmx96m", "-XX:+AlwaysPreTouch");

    private final Path directory;
    private final List<String> machineOptions;
    private final List<Child> children = new ArrayList<>();
    private final Child server;

    /** With options of the server beside those that every test needs. */
    public LiveSession(Path directory, String... options) throws IOException {
        this(directory, List.of(), List.of(options));
    }

    private LiveSession(Path directory, List<String> machineOptions, List<String> options) throws IOException {
        this.directory = directory;
        this.machineOptions = machineOptions;
        List<String> arguments = new ArrayList<>(List.of("server", "--dev", "--port", "0"));
        arguments.addAll(options);
        server = child("server", arguments);
    }

    /** A session of processes whose native memory can be measured. */
    public static LiveSession withResidentHeap(Path directory, String... options) throws IOException {
        return new LiveSession(directory, RESIDENT_HEAP, List.of(options));
    }

    /** A session whose media goes through a media router, which the server starts. */
    public static LiveSession routed(Path directory, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("--router", "janus"));
        all.addAll(List.of(options));
        return new LiveSession(directory, all.toArray(new String[0]));
    }

    public Child server() {
        return server;
    }

    public String url() {
        return server.line("ready", STARTING, line -> line.startsWith(READY)).substring(READY.length());
    }

    public String id() {
        return printed("session");
    }

    /** A token that the server printed; its connection data is that of the role. */
    public String token(String role) {
        return printed("token-" + role);
    }

    /** A token with data of its own. */
    public String token(String role, String data) {
        Project project = new Project(Integer.parseInt(apiKey()), apiSecret());
        Role wanted = Arrays.stream(Role.values())
                .filter(each -> each.wireName().equals(role))
                .findFirst()
                .orElseThrow();
        return new Backend(project).token(new SessionId(id()), wanted, data);
    }

    public String apiKey() {
        return printed("api-key");
    }

    public String apiSecret() {
        return printed("api-secret");
    }

    private String printed(String name) {
        return server.line(name, STARTING, line -> line.startsWith(name + " ")).substring(name.length() + 1);
    }

    /** A bot that is in the session, and publishes unless an option says otherwise. */
    public Child bot(String name, String token, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("bot", url(), id(), token, "--name", name));
        arguments.addAll(List.of(options));
        Child bot = child(name, arguments);
        bot.event(List.of(options).contains("--no-publish") ? "sessionConnected" : "publisherStreamCreated", STARTING);
        return bot;
    }

    /** The connection of a bot. */
    public static String connection(Child bot) {
        return String.valueOf(bot.event("sessionConnected", LIMIT).get("connectionId"));
    }

    /** The stream that a bot publishes. */
    public static String stream(Child bot) {
        return String.valueOf(bot.event("publisherStreamCreated", LIMIT).get("streamId"));
    }

    /** The stream that a bot published after some earlier ones. */
    public static String stream(Child bot, int earlier) {
        return bot.events().stream()
                .filter(event -> "publisherStreamCreated".equals(event.get("event")))
                .skip(earlier)
                .findFirst()
                .map(event -> String.valueOf(event.get("streamId")))
                .orElseThrow();
    }

    private Child child(String name, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(machineOptions);
        command.add(Main.class.getName());
        command.addAll(arguments);
        Child child = Child.java(name, directory, Map.of(), command);
        children.add(child);
        return child;
    }

    @Override
    public void close() {
        children.forEach(Child::close);
    }
}
