package dev.videosession.app.server;

import dev.videosession.app.server.config.Settings;
import dev.videosession.protocol.message.Timings;
import dev.videosession.server.SignalingServer;
import dev.videosession.server.SignalingServerBuilder;
import dev.videosession.server.project.Project;
import dev.videosession.server.settings.AddressRange;
import dev.videosession.server.settings.IceConfiguration;
import dev.videosession.server.settings.TlsFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a server out of settings. */
final class ServerFactory {
    static final int DEFAULT_PORT = 8080;
    static final int DEFAULT_TURN_SECONDS = 86_400;

    private ServerFactory() {}

    /**
     * Starts a server.
     *
     * @param extra one more project, or null
     * @throws IllegalArgumentException if a setting cannot be used; the message says which
     */
    static SignalingServer start(Settings settings, @Nullable Project extra) throws IOException {
        return start(settings, extra, new TurnSecret(settings));
    }

    static SignalingServer start(Settings settings, @Nullable Project extra, TurnSecret turnSecret) throws IOException {
        SignalingServerBuilder builder = SignalingServer.builder().host(settings.find("host", "127.0.0.1"));
        settings.applying(() -> builder.port(settings.number("port", DEFAULT_PORT)), "port");
        if (settings.find("admin-port") != null) {
            String adminHost = settings.find("admin-host", "127.0.0.1");
            int adminPort = settings.number("admin-port", 0);
            settings.applying(() -> builder.admin(adminHost, adminPort), "admin-host", "admin-port");
        }
        for (String range : settings.list("trusted-proxy")) {
            settings.applying(() -> builder.trustedProxy(AddressRange.parse(range)), "trusted-proxy");
        }
        builder.ice(ice(settings, turnSecret));
        setTimes(builder, settings);
        List<Project> projects = ProjectSettings.of(settings);
        if (extra != null) {
            projects.add(extra);
        }
        String file = settings.find("projects");
        if (file != null && !projects.isEmpty()) {
            throw new IllegalArgumentException(
                    settings.source("projects") + ": this file names all projects: give no other project beside it");
        }
        if (file == null && projects.isEmpty()) {
            throw new IllegalArgumentException("a server needs a project: give --api-key and --api-secret-file, a"
                    + " file with --projects, or --dev for one to play with");
        }
        if (file != null) {
            builder.projectsFile(Path.of(file));
        }
        projects.forEach(builder::project);
        String data = settings.find("data-dir");
        if (data != null) {
            builder.dataDirectory(Path.of(data));
        }
        String certificate = settings.find("tls-cert");
        String key = settings.find("tls-key");
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("--tls-cert and --tls-key belong together");
        }
        if (certificate != null && key != null) {
            int days = settings.number("tls-expiry-warning", (int) TlsFiles.DEFAULT_WARNING.toDays());
            builder.tls(settings.applying(
                    () -> new TlsFiles(Path.of(certificate), Path.of(key), Duration.ofDays(days)),
                    "tls-expiry-warning"));
        }
        RouterSettings.apply(settings, builder);
        builder.limits(RouterSettings.shares(settings, projects.size()));
        ClusterConfiguration.apply(settings, builder);
        return builder.start();
    }

    private static void setTimes(SignalingServerBuilder builder, Settings settings) {
        Timings normal = SignalingServerBuilder.DEFAULT_TIMINGS;
        int heartbeat = settings.number("heartbeat", (int) normal.heartbeatMillis());
        int silence = settings.number("silence", (int) normal.silenceMillis());
        int window = settings.number("resume-window", (int) normal.resumeWindowMillis());
        builder.timings(settings.applying(
                () -> new Timings(heartbeat, silence, window), "heartbeat", "silence", "resume-window"));
        if (settings.find("connect-timeout") != null) {
            int millis = settings.number("connect-timeout", 0);
            settings.applying(() -> builder.handshakeTimeoutMillis(millis), "connect-timeout");
        }
        if (settings.find("max-token-life") != null) {
            Duration lifetime = Duration.ofSeconds(settings.number("max-token-life", 0));
            settings.applying(() -> builder.maxTokenLifetime(lifetime), "max-token-life");
        }
        if (settings.find("retry-after") != null) {
            int millis = settings.number("retry-after", 0);
            settings.applying(() -> builder.retryAfterMillis(millis), "retry-after");
        }
    }

    private static IceConfiguration ice(Settings settings, TurnSecret turnSecret) {
        IceConfiguration ice = IceConfiguration.NONE;
        List<String> stun = settings.list("stun");
        if (!stun.isEmpty()) {
            ice = settings.applying(() -> IceConfiguration.NONE.withStun(stun), "stun");
        }
        List<String> turn = settings.list("turn");
        if (!turn.isEmpty()) {
            IceConfiguration before = ice;
            Duration lifetime = Duration.ofSeconds(settings.number("turn-lifetime", DEFAULT_TURN_SECONDS));
            ice = settings.applying(() -> before.withTurn(turn, turnSecret, lifetime), "turn", "turn-lifetime");
        }
        return ice;
    }
}
