package dev.videosession.app.routed;

import static org.awaitility.Awaitility.await;

import dev.videosession.app.process.Child;
import dev.videosession.testsupport.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Janus that a test starts, which a server then uses, and which the test can ask what it holds. */
final class OwnJanus implements AutoCloseable {
    static final String ADMIN_KEY = "admin-key-of-the-test";
    private static final String ADMIN_SECRET = "admin-secret-of-the-test";

    private final Path directory;
    private final int port;
    private final int adminPort;
    private final Child process;

    OwnJanus(Path parent) throws IOException {
        port = FreePorts.next();
        adminPort = FreePorts.next();
        directory = folders(parent.resolve("janus"));
        write("janus.jcfg", """
                %s
                  debug_level = 2;
                  admin_secret = "%s";
                  hide_dependencies = true;
                }
                nat: { ignore_mdns = true }
                """.formatted(foldersSetting(directory), ADMIN_SECRET));
        write("janus.transport.websockets.jcfg", """
                general: { json = "compact", ws = true, ws_ip = "127.0.0.1", ws_port = %d, wss = false }
                admin: { admin_ws = true, admin_ws_ip = "127.0.0.1", admin_ws_port = %d }
                """.formatted(port, adminPort));
        write("janus.plugin.videoroom.jcfg", """
                general: { admin_key = "%s", string_ids = true }
                """.formatted(ADMIN_KEY));
        Files.writeString(keyFile(), ADMIN_KEY);
        process = Child.start(
                "own-janus",
                directory,
                Map.of(),
                List.of("/usr/bin/janus", "--configs-folder=" + directory, "--disable-colors"));
        await("Janus listens").ignoreExceptions().atMost(Duration.ofSeconds(10)).until(() -> {
            admin().close();
            return true;
        });
    }

    /** Makes a directory for configuration files with the only two modules that Janus needs. */
    static Path folders(Path directory) throws IOException {
        Path modules = modules();
        for (String folder : List.of("plugins", "transports", "events", "loggers")) {
            Files.createDirectories(directory.resolve(folder));
        }
        for (String module : List.of("plugins/libjanus_videoroom.so", "transports/libjanus_websockets.so")) {
            Files.createSymbolicLink(directory.resolve(module), modules.resolve(module));
        }
        return directory;
    }

    /** {@return the beginning of the group {@code general} that names these folders} */
    static String foldersSetting(Path directory) {
        return """
                general: {
                  configs_folder = "%1$s";
                  plugins_folder = "%1$s/plugins";
                  transports_folder = "%1$s/transports";
                  events_folder = "%1$s/events";
                  loggers_folder = "%1$s/loggers";""".formatted(directory);
    }

    private static Path modules() throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of("/usr/lib"), "*-linux-*")) {
            for (Path each : found) {
                if (Files.exists(each.resolve("janus/plugins"))) {
                    return each.resolve("janus");
                }
            }
        }
        throw new IOException("Janus is not installed: apt-get install janus");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    URI uri() {
        return URI.create("ws://127.0.0.1:" + port);
    }

    Path keyFile() {
        return directory.resolve("admin-key");
    }

    ProcessUse use() {
        return new ProcessUse(process.pid());
    }

    JanusClient client() {
        return new JanusClient(port, "janus-protocol");
    }

    private JanusClient admin() {
        return new JanusClient(adminPort, "janus-admin-protocol");
    }

    /** How many handles all sessions have. */
    int handles() throws Exception {
        int count = 0;
        try (JanusClient admin = admin()) {
            Map<String, Object> sessions =
                    admin.request(Map.of("janus", "list_sessions", "admin_secret", ADMIN_SECRET));
            for (Object session : list(sessions, "sessions")) {
                Map<String, Object> handles = admin.request(Map.of(
                        "janus",
                        "list_handles",
                        "admin_secret",
                        ADMIN_SECRET,
                        "session_id",
                        ((Double) session).longValue()));
                count += list(handles, "handles").size();
            }
        }
        return count;
    }

    /** How many rooms there are, private ones included. */
    int rooms() throws Exception {
        try (JanusClient client = client()) {
            long session = client.session();
            long handle = client.attach(session);
            Map<String, Object> reply =
                    client.message(session, handle, Map.of("request", "list", "admin_key", ADMIN_KEY), Map.of());
            client.request(Map.of("janus", "destroy", "session_id", session));
            return list(JanusClient.plugin(reply), "list").size();
        }
    }

    private static List<Object> list(Map<String, Object> json, String field) {
        return json.get(field) instanceof List<?> list ? new ArrayList<>(list) : List.of();
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
