package dev.videosession.app.server;

import dev.videosession.app.server.config.Settings;
import dev.videosession.server.SignalingServerBuilder;
import dev.videosession.server.settings.JanusEndpoint;
import dev.videosession.server.settings.JanusSettings;
import dev.videosession.server.settings.ServerLimits;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The media routers that the options name. */
final class RouterSettings {
    private static final Pattern URI_START = Pattern.compile("wss?://.*");
    private static final int TOKEN_PERCENT = 25;
    private static final int PROJECT_PERCENT = 80;
    private static final int WHOLE = 100;
    private static final Pattern PORTS = Pattern.compile("([0-9]{1,5})-([0-9]{1,5})");

    private RouterSettings() {}

    /**
     * Adds the routers to a server.
     *
     * @throws IOException if a secret cannot be read
     * @throws IllegalArgumentException if an option cannot be used; the message names it
     */
    static void apply(Settings settings, SignalingServerBuilder builder) throws IOException {
        List<String> started = new ArrayList<>();
        for (String router : settings.list("router")) {
            if (URI_START.matcher(router).matches()) {
                JanusEndpoint endpoint = endpoint(settings, router);
                builder.router(endpoint);
            } else {
                started.add(router);
            }
        }
        for (int i = 0; i < started.size(); i++) {
            int index = i;
            settings.applying(
                    () -> builder.router(program(settings, started.get(index), index, started.size())),
                    "router",
                    "router-ports",
                    "router-address",
                    "router-interface");
        }
    }

    /**
     * Reads which part of the routers one token and one project may use, in percent.
     *
     * @param projects how many projects the server has, 0 if that changes as it runs
     * @throws IllegalArgumentException if the option cannot be used; the message names it
     */
    static ServerLimits shares(Settings settings, int projects) {
        List<String> shares = settings.list("router-share");
        return settings.applying(
                () -> {
                    int project = projects == 1 ? WHOLE : PROJECT_PERCENT;
                    if (shares.size() > 2 || !shares.stream().allMatch(each -> each.matches("[0-9]{1,3}"))) {
                        throw new IllegalArgumentException("the shares must be TOKEN or TOKEN,PROJECT in percent, was "
                                + String.join(",", shares));
                    }
                    return ServerLimits.builder()
                            .routerPercent(
                                    shares.isEmpty() ? TOKEN_PERCENT : Integer.parseInt(shares.get(0)),
                                    shares.size() < 2 ? project : Integer.parseInt(shares.get(1)))
                            .build();
                },
                "router-share");
    }

    private static JanusEndpoint endpoint(Settings settings, String uri) throws IOException {
        String apiSecret = settings.secret("router-secret");
        String adminKey = settings.secret("router-admin-key");
        return settings.applying(
                () -> new JanusEndpoint(
                        URI.create(uri), apiSecret == null ? "" : apiSecret, adminKey == null ? "" : adminKey),
                "router");
    }

    /** Several routers of one machine share the media ports: each gets an equal part, the last one also what is left. */
    private static JanusSettings program(Settings settings, String router, int index, int routers) {
        int first = 0;
        int last = 0;
        String ports = settings.find("router-ports");
        if (ports != null) {
            Matcher range = PORTS.matcher(ports);
            if (!range.matches()) {
                throw new IllegalArgumentException("the media ports must be FIRST-LAST, was " + ports);
            }
            int start = Integer.parseInt(range.group(1));
            int end = Integer.parseInt(range.group(2));
            int part = (end - start + 1) / routers;
            first = start + index * part;
            last = index == routers - 1 ? end : first + part - 1;
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
