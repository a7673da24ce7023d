package dev.videosession.server.internal.router.janus.process;

import dev.videosession.server.settings.JanusSettings;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files of one run of Janus: its configuration, which holds secrets, and links to the only modules that it loads. */
final class JanusFiles {
    private static final String PLUGIN = "plugins/libjanus_videoroom.so";
    private static final String TRANSPORT = "transports/libjanus_websockets.so";

    private JanusFiles() {}

    static PrivateDirectory write(JanusSettings settings, int port, String apiSecret, String adminKey)
            throws IOException {
        Path modules = modules(settings.executable());
        PrivateDirectory files = PrivateDirectory.create();
        try {
            files.removeAbandoned();
            Path directory = files.path();
            for (String name : List.of("plugins", "transports", "events", "loggers")) {
                Files.createDirectory(directory.resolve(name));
            }
            for (String module : List.of(PLUGIN, TRANSPORT)) {
                Files.createSymbolicLink(directory.resolve(module), modules.resolve(module));
            }
            files.write("janus.jcfg", JanusConfiguration.core(settings, directory, apiSecret));
            files.write("janus.transport.websockets.jcfg", JanusConfiguration.webSockets(port));
            files.write("janus.plugin.videoroom.jcfg", JanusConfiguration.videoRoom(adminKey));
            return files;
        } catch (IOException | RuntimeException e) {
            files.close();
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
}
