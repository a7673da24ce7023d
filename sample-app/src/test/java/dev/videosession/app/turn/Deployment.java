package dev.videosession.app.turn;

import static org.awaitility.Awaitility.await;

import dev.videosession.app.Main;
import dev.videosession.app.packaging.Certificate;
import dev.videosession.app.process.Child;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.project.Project;
import dev.videosession.server.project.SessionIds;
import dev.videosession.server.token.ClientToken;
import dev.videosession.server.token.TokenIssuer;
import dev.videosession.testsupport.JavaPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A signaling server, a TURN server and participants, each on a machine of its own in a {@link VirtualNetwork}. */
final class Deployment implements AutoCloseable {
    static final int PORT = 8080;
    static final int TURN_PORT = 3478;
    static final int TURNS_PORT = 5349;

    private static final Duration STARTING = Duration.ofSeconds(60);
    private static final Path RECIPE = Path.of("../docs/turn/turnserver.conf");
    private static final String API_SECRET = "0123456789abcdef0123456789abcdef01234567";
    static final Project PROJECT = new Project(47000001, API_SECRET);

    private final Path directory;
    private final List<AutoCloseable> running = new ArrayList<>();

    Deployment(Path directory) {
        this.directory = directory;
    }

    /** Starts coturn with the configuration of the documentation; only its placeholders are replaced. */
    Coturn turn(VirtualNetwork.Machine machine, String... moreOptions) throws Exception {
        Certificate certificate = Certificate.make(directory);
        String recipe = Files.readString(RECIPE)
                .replace("realm=REALM", "realm=" + Coturn.REALM)
                .replace("static-auth-secret=SECRET", "static-auth-secret=" + Coturn.SECRET)
                .replace("cert=CHAIN", "cert=" + certificate.chain())
                .replace("pkey=KEY", "pkey=" + certificate.key());
        Path file = Files.writeString(directory.resolve("turnserver.conf"), recipe);
        List<String> options = new ArrayList<>(List.of("-c", file.toString(), "--verbose"));
        options.addAll(List.of(moreOptions));
        Coturn coturn = Coturn.start(directory, machine.command(List.of()), options);
        running.add(coturn);
        await("coturn has started")
                .atMost(STARTING)
                .until(() -> coturn.log().stream().anyMatch(line -> line.contains("Total General servers")));
        return coturn;
    }

    /** Starts the server; all participants find it at the address of its machine. */
    Child server(VirtualNetwork.Machine machine, List<String> options) throws IOException {
        Path secret = Files.writeString(directory.resolve("api-secret"), API_SECRET);
        Path turnSecret = Files.writeString(directory.resolve("turn-secret"), Coturn.SECRET);
        List<String> arguments = new ArrayList<>(List.of(
                "server",
                "--host",
                "0.0.0.0",
                "--port",
                String.valueOf(PORT),
                "--api-key",
                String.valueOf(PROJECT.apiKey()),
                "--api-secret-file",
                secret.toString(),
                "--turn-secret-file",
                turnSecret.toString()));
        arguments.addAll(options);
        Child server = program("server", machine, arguments);
        server.line("ready", STARTING, line -> line.startsWith("listening on "));
        return server;
    }

    static SessionId session(boolean relayed) {
        return new SessionIds(Clock.systemUTC()).create(PROJECT.apiKey(), relayed);
    }

    static String token(SessionId session, Role role) {
        return new TokenIssuer(PROJECT).jwt(new ClientToken(session).withRole(role));
    }

    /** Starts a participant that accepts the TURN server's own certificate. */
    Child bot(
            VirtualNetwork.Machine machine, String server, SessionId session, Role role, String name, String... options)
            throws IOException {
        String token = token(session, role);
        List<String> arguments = new ArrayList<>(List.of(
                "bot",
                "http://" + server + ":" + PORT,
                session.value(),
                token,
                "--name",
                name,
                "--insecure-turn",
                "--video",
                "320x240@15"));
        arguments.addAll(List.of(options));
        Child bot = program(name, machine, arguments);
        bot.event("sessionConnected", STARTING);
        return bot;
    }

    /** Starts a program of this project. */
    Child program(String name, VirtualNetwork.Machine machine, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Main.class.getName()));
        command.addAll(arguments);
        return java(name, machine, command);
    }

    /** Starts a class of the tests. */
    Child java(String name, VirtualNetwork.Machine machine, List<String> arguments) throws IOException {
        List<String> command = JavaPrograms.java(arguments.toArray(String[]::new));
        Child child = Child.start(name, directory, Map.of(), machine.command(command));
        running.add(child);
        return child;
    }

    @Override
    public void close() throws Exception {
        for (int i = running.size() - 1; i >= 0; i--) {
            running.get(i).close();
        }
    }
}
