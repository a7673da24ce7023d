package dev.videosession.app.browser;

import dev.videosession.app.process.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Browsers of this machine, without a window, with a profile of their own. */
enum Browser {
    CHROMIUM {
        @Override
        List<String> command(Path profile, String url) {
            return List.of(
                    "chromium",
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--no-first-run",
                    "--autoplay-policy=no-user-gesture-required",
                    "--user-data-dir=" + profile,
                    url);
        }
    },
    FIREFOX {
        @Override
        List<String> command(Path profile, String url) throws IOException {
            Files.writeString(profile.resolve("user.js"), """
                    user_pref("media.autoplay.default", 0);
                    user_pref("media.autoplay.blocking_policy", 0);
                    user_pref("media.autoplay.block-webaudio", false);
                    user_pref("media.gmp-manager.updateEnabled", false);
                    user_pref("app.update.enabled", false);
                    user_pref("app.normandy.enabled", false);
                    user_pref("browser.shell.checkDefaultBrowser", false);
                    user_pref("browser.safebrowsing.update.enabled", false);
                    user_pref("datareporting.policy.dataSubmissionEnabled", false);
                    user_pref("extensions.update.enabled", false);
                    user_pref("network.captive-portal-service.enabled", false);
                    user_pref("services.settings.server", "http://127.0.0.1:9/");
                    """);
            return List.of("firefox-esr", "--headless", "--no-remote", "--profile", profile.toString(), url);
        }
    };

    abstract List<String> command(Path profile, String url) throws IOException;

    /**
     * Opens a page.
     *
     * @param directory takes its profile and its log
     * @param sound the address of a PulseAudio server: without one Firefox processes no sound
     */
    Child open(Path directory, String sound, String url) throws IOException {
        Path profile = Files.createDirectories(directory.resolve("profile"));
        return Child.start(
                name(), directory, Map.of("HOME", directory.toString(), "PULSE_SERVER", sound), command(profile, url));
    }
}
