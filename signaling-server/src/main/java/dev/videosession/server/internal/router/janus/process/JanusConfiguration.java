package dev.videosession.server.internal.router.janus.process;

import dev.videosession.server.settings.JanusSettings;
import java.nio.file.Path;
import java.util.List;

/** The text of the configuration files of a Janus that takes requests from this server only. */
final class JanusConfiguration {
    private static final int DEBUG_LEVEL_WARNINGS = 3;

    private JanusConfiguration() {}

    private static String quoted(Object value) {
        String text = value.toString();
        if (text.chars().anyMatch(c -> c == '"' || c == '\\' || c < ' ')) {
            throw new IllegalArgumentException("cannot be written to a configuration of Janus: " + text);
        }
        return "\"" + text + "\"";
    }

    static String core(JanusSettings settings, Path directory, String apiSecret) {
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
        setting(text, "min_nack_queue", 1000);
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

    static String webSockets(int port) {
        StringBuilder text = new StringBuilder("general: {\n");
        setting(text, "json", quoted("compact"));
        setting(text, "ws", true);
        setting(text, "ws_ip", quoted("127.0.0.1"));
        setting(text, "ws_port", port);
        setting(text, "wss", false);
        return text.append("}\nadmin: {\n\tadmin_ws = false\n}\n").toString();
    }

    static String videoRoom(String adminKey) {
        StringBuilder text = new StringBuilder("general: {\n");
        setting(text, "admin_key", quoted(adminKey));
        setting(text, "lock_rtp_forward", true);
        setting(text, "string_ids", true);
        return text.append("}\n").toString();
    }

    private static void setting(StringBuilder text, String name, Object value) {
        text.append('\t').append(name).append(" = ").append(value).append('\n');
    }
}
