package dev.videosession.app.server;

import dev.videosession.app.server.config.Settings;
import dev.videosession.server.SignalingServerBuilder;
import dev.videosession.server.settings.JanusEndpoint;
import dev.videosession.server.settings.JanusSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The media routers that the options name. */
final class RouterSettings {
    private static final Pattern URI_START = Pattern.compile("wss?://.*");
    private static final Pattern PORTS = Pattern.compile("([0-9]{1,5})-([0-9]{1,5})");

    private RouterSettings() {}

    /**
     * Adds the routers to a server.
     *
     * @throws IOException if a secret cannot be read
     * @throws IllegalArgumentException if an option cannot be used; the message names it
     */
    static void apply(Settings settings, SignalingServerBuilder builder) throws IOException {
        for (String router : settings.list("router")) {
            if (URI_START.matcher(router).matches()) {
                JanusEndpoint endpoint = endpoint(settings, router);
                builder.router(endpoint);
            } else {
                settings.applying(
                        () -> builder.router(program(settings, router)),
                        "router",
                        "router-ports",
                        "router-address",
                        "router-interface");
            }
        }
    }

    private static JanusEndpoint endpoint(Settings settings, String uri) throws IOException {
        String apiSecret = settings.secret("router-secret");
        String adminKey = settings.secret("router-admin-key");
        return settings.applying(
                () -> new JanusEndpoint(
                        URI.create(uri), apiSecret == null ? "" : apiSecret, adminKey == null ? "" : adminKey),
                "router");
    }

    private static JanusSettings program(Settings settings, String router) {
        int first = 0;
        int last = 0;
        String ports = settings.find("router-ports");
        if (ports != null) {
            Matcher range = PORTS.matcher(ports);
            if (!range.matches()) {
                throw new IllegalArgumentException("the media ports must be FIRST-LAST, was " + ports);
            }
            first = Integer.parseInt(range.group(1));
            last = Integer.parseInt(range.group(2));
        }
        List<String> addresses = settings.list("router-address");
        return new JanusSettings(
                executable(router), first, last, addresses, !addresses.isEmpty(), settings.list("router-interface"));
    }

    private static Path executable(String router) {
        if (router.contains("/")) {
            return requireExecutable(Path.of(router));
        }
        return RouterProgram.find(router).orElseThrow(() -> missing(router));
    }

    private static Path requireExecutable(Path program) {
        if (!Files.isExecutable(program)) {
            throw missing(program.toString());
        }
        return program;
    }

    private static IllegalArgumentException missing(String program) {
        return new IllegalArgumentException(
                "cannot find the program " + program
                        + ". Install Janus (Debian: apt-get install janus), name its program by its path, or give ws://HOST:PORT");
    }
}
