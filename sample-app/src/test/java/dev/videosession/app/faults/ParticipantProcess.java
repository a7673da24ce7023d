package dev.videosession.app.faults;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import dev.videosession.app.Main;
import dev.videosession.app.network.Network;
import dev.videosession.app.process.Child;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** One participant: a bot in its own process, the events it reported, and the simulated network between it and the server, if any. */
final class ParticipantProcess implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(30);
    private static final JsonAdapter<Object> JSON = new Moshi.Builder().build().adapter(Object.class);

    final String name;
    final Role role;
    private final Network network;
    private final Path directory;
    private final String token;
    private final List<String> arguments;
    private Child bot;
    private int starts;
    private int mark;
    private long lastNumber;

    ParticipantProcess(Path directory, ServerHost server, String session, String name, Role role, boolean badNetwork)
            throws IOException {
        this.directory = directory;
        this.name = name;
        this.role = role;
        network = badNetwork ? new Network(server.url()) : null;
        URI url = network == null ? server.url() : network.url();
        token = server.backend().token(new SessionId(session), role, name);
        arguments = List.of(
                Main.class.getName(), "bot", url.toString(), session, token, "--name", name, "--video", "160x120@15");
        start();
    }

    /** Starts a bot; the one before must have ended. */
    void start() throws IOException {
        starts++;
        mark = 0;
        bot = Child.java(name + "-" + starts, directory, Map.of("VIDEOSESSION_LOG", "INFO"), arguments);
    }

    String token() {
        return token;
    }

    Network network() {
        return network;
    }

    Child process() {
        return bot;
    }

    /** Gives a command, with fields by name and value. */
    void tell(String command, String... fields) {
        Map<String, Object> line = new LinkedHashMap<>(Map.of("do", command));
        for (int i = 0; i < fields.length; i += 2) {
            line.put(fields[i], fields[i + 1]);
        }
        try {
            synchronized (this) {
                bot.send(JSON.toJson(line));
            }
        } catch (IOException e) {
            if (bot.isAlive()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Sends the next number to all participants. */
    synchronized void sendNumber() {
        if (bot.isAlive()) {
            lastNumber++;
            tell("signal", "type", Numbers.TYPE, "data", String.valueOf(lastNumber));
        }
    }

    /** Sends one more number, and then a signal that says which one it was. */
    synchronized void sendEnd(String row) {
        sendNumber();
        tell("signal", "type", Numbers.END, "data", row + " " + lastNumber);
    }

    /** Starts a new part of the record: later events belong to it. */
    void mark() {
        mark = bot.events().size();
    }

    /** The events since the mark. */
    List<Map<String, Object>> events() {
        return bot.events(mark);
    }

    /** Waits for an event since the mark. */
    Map<String, Object> await(String type, Duration limit, Predicate<Map<String, Object>> wanted) {
        return bot.event(type, limit, mark, wanted);
    }

    Map<String, Object> await(String type) {
        return await(type, LIMIT, any -> true);
    }

    /** The connection that it has, or had last. */
    String connection() {
        return bot.events().stream()
                .filter(event ->
                        RecordedEvents.text(event, "event").startsWith("session") && event.containsKey("connectionId"))
                .reduce((first, last) -> last)
                .map(event -> RecordedEvents.text(event, "connectionId"))
                .orElse("none");
    }

    /** Whether it is in the session according to its events. */
    boolean isConnected() {
        return bot.isAlive()
                && bot.events().stream()
                        .filter(event -> RecordedEvents.is(event, "sessionConnected")
                                || RecordedEvents.is(event, "sessionDisconnected"))
                        .reduce((first, last) -> last)
                        .filter(event -> RecordedEvents.is(event, "sessionConnected"))
                        .isPresent();
    }

    /** Asks it for its roster. */
    Map<String, Object> roster() {
        long before = bot.events().stream()
                .filter(event -> RecordedEvents.is(event, "roster"))
                .count();
        tell("roster");
        Awaitility.await(name + ": roster")
                .atMost(LIMIT)
                .until(() -> bot.events().stream()
                                .filter(event -> RecordedEvents.is(event, "roster"))
                                .count()
                        > before);
        return bot.events().stream()
                .filter(event -> RecordedEvents.is(event, "roster"))
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    @Override
    public void close() throws IOException {
        Files.write(directory.resolve(name + "-" + starts + ".out"), bot.lines());
        bot.close();
        if (network != null) {
            network.close();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
