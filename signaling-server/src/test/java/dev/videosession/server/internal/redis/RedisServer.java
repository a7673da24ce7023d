package dev.videosession.server.internal.redis;

import dev.videosession.testsupport.FreePorts;
import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A {@code redis-server} of a test's own, on a free port of the loopback interface. */
public final class RedisServer implements AutoCloseable {
    private static final int ATTEMPTS = 3;
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int ANSWER_MILLIS = 2000;

    private final Path directory;
    private final int port;
    private final List<String> options;
    private Process process;

    private RedisServer(Path directory, int port, List<String> options) throws IOException {
        this.directory = directory;
        this.port = port;
        this.options = options;
        this.process = launch();
    }

    /**
     * Starts it, on another port if a program of another test has taken the first one meanwhile.
     *
     * @param options further options of {@code redis-server}
     * @return the server, which answers
     */
    public static RedisServer start(String... options) throws IOException {
        for (int attempt = 1; ; attempt++) {
            RedisServer server =
                    new RedisServer(Files.createTempDirectory("redis"), FreePorts.next(), List.of(options));
            server.awaitAnswerOrEnd();
            if (server.process.isAlive()) {
                return server;
            }
            String log = Files.readString(server.directory.resolve("redis.log"));
            server.close();
            if (attempt == ATTEMPTS) {
                throw new IOException("redis-server does not start: " + log);
            }
        }
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "redis-server",
                "--port",
                String.valueOf(port),
                "--bind",
                "127.0.0.1",
                "--dir",
                directory.toString(),
                "--save",
                ""));
        command.addAll(options);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("redis.log").toFile())
                .start();
    }

    private void awaitAnswer() {
        awaitAnswerOrEnd();
        if (!process.isAlive()) {
            throw new AssertionError("redis-server has ended, see its log in " + directory);
        }
    }

    private void awaitAnswerOrEnd() {
        Awaitility.await("redis-server answers")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !process.isAlive() || answers());
    }

    /** {@return whether this process has loaded its data} Another one may have the port. */
    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ANSWER_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write("PING\r\nINFO server\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return answer.startsWith("+PONG") && answer.contains("process_id:" + process.pid() + "\r\n");
        } catch (IOException e) {
            return false;
        }
    }

    /** {@return where it listens} */
    public RedisURI uri() {
        return RedisURI.create("127.0.0.1", port);
    }

    /** {@return where it listens, as the command line takes it} */
    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Sends it a signal, for example {@code STOP}. */
    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    /** Keeps what it has written to its disk. */
    public void keepDisk() throws IOException, InterruptedException {
        run("rm", "-rf", directory + ".kept");
        run("cp", "-r", directory.toString(), directory + ".kept");
    }

    /** Kills it and starts it again with what {@link #keepDisk} has kept, as after a failover that lost what came later. */
    public void restartWithKeptDisk() throws IOException, InterruptedException {
        kill();
        run("rm", "-rf", directory.toString());
        run("mv", directory + ".kept", directory.toString());
        process = launch();
        awaitAnswer();
    }

    /** Kills it and starts it again with an empty disk. */
    public void restartEmpty() throws IOException, InterruptedException {
        kill();
        run("rm", "-rf", directory.toString());
        Files.createDirectory(directory);
        process = launch();
        awaitAnswer();
    }

    private static void run(String... command) throws IOException, InterruptedException {
        if (new ProcessBuilder(command).start().waitFor() != 0) {
            throw new IOException("failed: " + String.join(" ", command));
        }
    }

    /** Kills it and starts it again on the same port, with what it has written to its disk. */
    public void restart() throws IOException, InterruptedException {
        kill();
        process = launch();
        awaitAnswer();
    }

    /** Kills it. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try (var files = Files.walk(directory)) {
            files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    file.toFile().deleteOnExit();
                }
            });
        } catch (IOException e) {
            directory.toFile().deleteOnExit();
        }
    }
}
