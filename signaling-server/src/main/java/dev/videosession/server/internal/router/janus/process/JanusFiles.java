package dev.videosession.server.internal.router.janus.process;

import dev.videosession.server.settings.JanusSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The private directory of one run of Janus: its configuration, which holds secrets, and links to the only modules that it
 * loads. Only the user of this process can read it.
 */
final class JanusFiles {
    private static final Logger LOG = LoggerFactory.getLogger(JanusFiles.class);

    private static final String PLUGIN = "plugins/libjanus_videoroom.so";
    private static final String TRANSPORT = "transports/libjanus_websockets.so";
    private static final int DEBUG_LEVEL_WARNINGS = 3;

    private final Path directory;

    private JanusFiles(Path directory) {
        this.directory = directory;
    }

    static JanusFiles write(JanusSettings settings, int port, String apiSecret, String adminKey) throws IOException {
        Path modules = modules(settings.executable());
        JanusFiles files = new JanusFiles(Files.createTempDirectory(
                "videosession-janus-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
        try {
            for (String name : List.of("plugins", "transports", "events", "loggers")) {
                Files.createDirectory(files.directory.resolve(name));
            }
            for (String module : List.of(PLUGIN, TRANSPORT)) {
                Files.createSymbolicLink(files.directory.resolve(module), modules.resolve(module));
            }
            files.write("janus.jcfg", files.core(settings, apiSecret));
            files.write("janus.transport.websockets.jcfg", webSockets(port));
            files.write("janus.plugin.videoroom.jcfg", videoRoom(adminKey));
            return files;
        } catch (IOException | RuntimeException e) {
            files.delete();
            throw e;
        }
    }

    /** The directory of Janus's plugins and transports: {@code lib/janus} or {@code lib/ARCHITECTURE/janus}. */
    private static Path modules(Path executable) throws IOException {
        Path bin = executable.toRealPath().getParent();
        Path root = bin == null ? null : bin.getParent();
        List<Path> candidates = new ArrayList<>();
        if (root != null) {
            candidates.add(root.resolve("lib/janus"));
            Path lib = root.resolve("lib");
            if (Files.isDirectory(lib)) {
                try (DirectoryStream<Path> architectures = Files.newDirectoryStream(lib, "*-linux-*")) {
                    architectures.forEach(each -> candidates.add(each.resolve("janus")));
                }
            }
        }
        for (Path each : candidates) {
            if (Files.exists(each.resolve(PLUGIN)) && Files.exists(each.resolve(TRANSPORT))) {
                return each;
            }
        }
        throw new IOException("cannot run " + executable + ": " + PLUGIN + " and " + TRANSPORT + " are in none of "
                + candidates + ". Install Janus with its VideoRoom plugin and WebSocket transport"
                + " (Debian: apt-get install janus)");
    }

    private void write(String name, String text) throws IOException {
        Path file = Files.createFile(
                directory.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.WRITE);
    }

    Path directory() {
        return directory;
    }

    private static String quoted(Object value) {
        String text = value.toString();
        if (text.chars().anyMatch(c -> c == '"' || c == '\\' || c < ' ')) {
            throw new IllegalArgumentException("cannot be written to a configuration of Janus: " + text);
        }
        return "\"" + text + "\"";
    }

    private String core(JanusSettings settings, String apiSecret) {
        StringBuilder text = new StringBuilder("general: {\n");
        setting(text, "configs_folder", quoted(directory));
        for (String name : List.of("plugins", "transports", "events", "loggers")) {
            setting(text, name + "_folder", quoted(directory.resolve(name)));
        }
        setting(text, "debug_level", DEBUG_LEVEL_WARNINGS);
        setting(text, "debug_colors", false);
        setting(text, "api_secret", quoted(apiSecret));
        setting(text, "admin_secret", quoted(RandomSecret.hex(16)));
        setting(text, "server_name", quoted("video-session"));
        setting(text, "session_timeout", 60);
        setting(text, "reclaim_session_timeout", 15);
        setting(text, "hide_dependencies", true);
        text.append("}\nmedia: {\n");
        if (settings.firstPort() != 0) {
            setting(text, "rtp_port_range", quoted(settings.firstPort() + "-" + settings.lastPort()));
        }
        setting(text, "min_nack_queue", 500);
        setting(text, "twcc_period", 100);
        setting(text, "slowlink_threshold", 10);
        text.append("}\nnat: {\n");
        setting(text, "ignore_mdns", true);
        setting(text, "ice_ignore_list", quoted("vmnet"));
        if (!settings.interfaces().isEmpty()) {
            setting(text, "ice_enforce_list", quoted(String.join(",", settings.interfaces())));
        }
        if (!settings.publicAddresses().isEmpty()) {
            setting(text, "nat_1_1_mapping", quoted(String.join(",", settings.publicAddresses())));
            setting(text, "keep_private_host", settings.keepPrivateAddress());
        }
        return text.append("}\n").toString();
    }

    private static String webSockets(int port) {
        StringBuilder text = new StringBuilder("general: {\n");
        setting(text, "json", quoted("compact"));
        setting(text, "ws", true);
        setting(text, "ws_ip", quoted("127.0.0.1"));
        setting(text, "ws_port", port);
        setting(text, "wss", false);
        return text.append("}\nadmin: {\n\tadmin_ws = false\n}\n").toString();
    }

    private static String videoRoom(String adminKey) {
        StringBuilder text = new StringBuilder("general: {\n");
        setting(text, "admin_key", quoted(adminKey));
        setting(text, "lock_rtp_forward", true);
        setting(text, "string_ids", true);
        return text.append("}\n").toString();
    }

    private static void setting(StringBuilder text, String name, Object value) {
        text.append('\t').append(name).append(" = ").append(value).append('\n');
    }

    /** Deletes the directory; a file that cannot be deleted is a warning. */
    void delete() {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("event=routerFilesLeft directory={} cause=\"{}\"", directory, e.getMessage());
        }
    }
}
