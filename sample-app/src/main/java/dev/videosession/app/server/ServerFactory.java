package dev.videosession.app.server;

import dev.videosession.protocol.Timings;
import dev.videosession.server.SignalingServer;
import dev.videosession.server.SignalingServerBuilder;
import dev.videosession.server.ice.IceConfiguration;
import dev.videosession.server.project.Project;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a server out of settings. */
final class ServerFactory {
    private static final int DEFAULT_PORT = 8080;
    private static final int DEFAULT_TURN_SECONDS = 86_400;

    private ServerFactory() {}

    /**
     * Starts a server.
     *
     * @param extra one more project, or null
     * @throws IllegalArgumentException if a setting cannot be used; the message says which
     */
    static SignalingServer start(Settings settings, @Nullable Project extra) throws IOException {
        SignalingServerBuilder builder = SignalingServer.builder()
                .host(settings.find("host", "127.0.0.1"))
                .port(settings.number("port", DEFAULT_PORT))
                .ice(ice(settings));
        setTimes(builder, settings);
        List<Project> projects = projects(settings);
        if (extra != null) {
            projects.add(extra);
        }
        String file = settings.find("projects");
        if (file != null && !projects.isEmpty()) {
            throw new IllegalArgumentException("a file of projects names them all: give no other project beside it");
        }
        if (file == null && projects.isEmpty()) {
            throw new IllegalArgumentException("a server needs a project: give --api-key and --api-secret, a file with"
                    + " --projects, or --dev for one to play with");
        }
        if (file != null) {
            builder.projectsFile(Path.of(file));
        }
        projects.forEach(builder::project);
        String certificate = settings.find("tls-cert");
        String key = settings.find("tls-key");
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("tls-cert and tls-key belong together");
        }
        if (certificate != null && key != null) {
            builder.tls(Path.of(certificate), Path.of(key));
        }
        return builder.start();
    }

    private static void setTimes(SignalingServerBuilder builder, Settings settings) {
        Timings normal = SignalingServerBuilder.DEFAULT_TIMINGS;
        builder.timings(new Timings(
                settings.number("heartbeat", (int) normal.heartbeatMillis()),
                settings.number("silence", (int) normal.silenceMillis()),
                settings.number("resume-window", (int) normal.resumeWindowMillis())));
        if (settings.find("connect-timeout") != null) {
            builder.handshakeTimeoutMillis(settings.number("connect-timeout", 0));
        }
        if (settings.find("retry-after") != null) {
            builder.retryAfterMillis(settings.number("retry-after", 0));
        }
    }

    private static List<Project> projects(Settings settings) {
        List<Project> projects = new ArrayList<>();
        String key = settings.find("api-key");
        String secret = settings.find("api-secret");
        if ((key == null) != (secret == null)) {
            throw new IllegalArgumentException("api-key and api-secret belong together");
        }
        if (key != null && secret != null) {
            projects.add(new Project(settings.number("api-key", 0), secret));
        }
        settings.projects().forEach((apiKey, secrets) -> projects.add(new Project(apiKey, secrets)));
        return projects;
    }

    private static IceConfiguration ice(Settings settings) {
        IceConfiguration ice = IceConfiguration.NONE;
        List<String> stun = settings.list("stun");
        if (!stun.isEmpty()) {
            ice = ice.withStun(stun);
        }
        List<String> turn = settings.list("turn");
        if (!turn.isEmpty()) {
            String secret = settings.find("turn-secret");
            if (secret == null) {
                throw new IllegalArgumentException("turn needs turn-secret, the secret shared with the TURN server");
            }
            ice = ice.withTurn(
                    turn, secret, Duration.ofSeconds(settings.number("turn-lifetime", DEFAULT_TURN_SECONDS)));
        }
        return ice;
    }
}
