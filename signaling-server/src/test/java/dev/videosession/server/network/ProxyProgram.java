package dev.videosession.server.network;

import dev.videosession.server.fixture.SelfSigned;
import dev.videosession.testsupport.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** A proxy program that runs with an example of {@code docs/proxies}, in which ports, addresses and files are replaced. */
final class ProxyProgram implements AutoCloseable {
    final int port;
    final int tcpPort;
    private final Process process;

    private ProxyProgram(Process process, int port, int tcpPort) {
        this.process = process;
        this.port = port;
        this.tcpPort = tcpPort;
    }

    /** Whether the program is on this machine; {@code ./test} installs it on Debian. */
    static boolean isInstalled(String program) {
        return path(program) != null;
    }

    private static Path path(String program) {
        return List.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin").stream()
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    static ProxyProgram start(String program, int server, SelfSigned certificate, Path directory) throws IOException {
        int port = FreePorts.next();
        int tcpPort = FreePorts.next();
        Path own = Files.createDirectories(directory.resolve(program));
        List<String> arguments = switch (program) {
            case "nginx" -> nginx(own, port, certificate, server);
            case "haproxy" -> haproxy(own, port, tcpPort, certificate, server);
            default -> caddy(own, port, certificate, server);
        };
        ProcessBuilder builder = new ProcessBuilder(arguments)
                .redirectErrorStream(true)
                .redirectOutput(own.resolve("output").toFile());
        builder.environment().put("HOME", own.toString());
        ProxyProgram started = new ProxyProgram(builder.start(), port, tcpPort);
        Awaitility.await(program)
                .atMost(Duration.ofSeconds(20))
                .until(() -> started.isListening() || !started.process.isAlive());
        if (!started.process.isAlive()) {
            throw new AssertionError(program + " has ended: " + Files.readString(own.resolve("output")));
        }
        return started;
    }

    private boolean isListening() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String example(String name) throws IOException {
        Path here = Path.of("docs", "proxies", name);
        return Files.readString(Files.exists(here) ? here : Path.of("..").resolve(here));
    }

    /** Each text must be in the example. */
    private static String replace(String example, String... pairs) {
        String text = example;
        for (int i = 0; i < pairs.length; i += 2) {
            if (!text.contains(pairs[i])) {
                throw new AssertionError("the example has no \"" + pairs[i] + "\"");
            }
            text = text.replace(pairs[i], pairs[i + 1]);
        }
        return text;
    }

    private static List<String> nginx(Path directory, int port, SelfSigned certificate, int server) throws IOException {
        StringBuilder temporary = new StringBuilder("http {\n    access_log off;\n");
        for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            temporary
                    .append("    ")
                    .append(kind)
                    .append("_temp_path ")
                    .append(directory.resolve(kind))
                    .append(";\n");
        }
        Path file = directory.resolve("nginx.conf");
        Files.writeString(
                file,
                replace(
                        example("nginx.conf"),
                        "http {\n",
                        temporary.toString(),
                        "listen 443 ssl",
                        "listen 127.0.0.1:" + port + " ssl",
                        "/etc/ssl/video.example.org.pem",
                        certificate.chain().toString(),
                        "/etc/ssl/video.example.org.key",
                        certificate.key().toString(),
                        "127.0.0.1:8080",
                        "127.0.0.1:" + server));
        return List.of(
                path("nginx").toString(),
                "-p",
                directory.toString(),
                "-c",
                file.toString(),
                "-e",
                "stderr",
                "-g",
                "daemon off; pid " + directory.resolve("pid") + ";");
    }

    private static List<String> haproxy(Path directory, int port, int tcpPort, SelfSigned certificate, int server)
            throws IOException {
        Path both = directory.resolve("both.pem");
        Files.writeString(both, Files.readString(certificate.chain()) + Files.readString(certificate.key()));
        Path file = directory.resolve("haproxy.cfg");
        Files.writeString(
                file,
                replace(
                        example("haproxy.cfg"),
                        "bind :443",
                        "bind 127.0.0.1:" + port,
                        "bind :8443",
                        "bind 127.0.0.1:" + tcpPort,
                        "/etc/ssl/video.example.org.pem",
                        both.toString(),
                        "maxconn 20000",
                        "maxconn 1000",
                        "127.0.0.1:8080",
                        "127.0.0.1:" + server));
        return List.of(path("haproxy").toString(), "-db", "-f", file.toString());
    }

    private static List<String> caddy(Path directory, int port, SelfSigned certificate, int server) throws IOException {
        Path file = directory.resolve("Caddyfile");
        Files.writeString(
                file,
                replace(
                        example("Caddyfile"),
                        "admin off",
                        "admin off\n\tauto_https disable_redirects",
                        "\nvideo.example.org {",
                        "\nhttps://video.example.org:" + port + " {\n\tbind 127.0.0.1\n\ttls " + certificate.chain()
                                + " " + certificate.key(),
                        "127.0.0.1:8080",
                        "127.0.0.1:" + server));
        return List.of(path("caddy").toString(), "run", "--adapter", "caddyfile", "--config", file.toString());
    }

    @Override
    public void close() {
        process.destroy();
        Awaitility.await("end of the proxy").atMost(Duration.ofSeconds(10)).until(() -> !process.isAlive());
    }
}
