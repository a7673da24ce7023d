package dev.videosession.app.look;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the desktop whether it is dark: Windows by its registry, macOS by its defaults, Linux by the setting of GNOME that other
 * desktops follow.
 */
public final class SystemTheme {
    private static final Logger LOG = LoggerFactory.getLogger(SystemTheme.class);
    private static final long LIMIT_MILLIS = 1000;
    private static final String WINDOWS_KEY = "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize";

    private SystemTheme() {}

    /** Loaded, and with it the question asked, at the first use. */
    private static final class Detected {
        static final boolean DARK = ask(System.getProperty("os.name", ""));
    }

    /**
     * Tells whether the desktop is dark. Takes up to a second the first time: make the first call on another thread than the
     * Swing thread.
     *
     * @return true if it is dark, or if it does not say
     */
    public static boolean isDark() {
        return Detected.DARK;
    }

    private static boolean ask(String system) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return !output("reg", "query", WINDOWS_KEY, "/v", "AppsUseLightTheme")
                    .contains("0x1");
        }
        if (name.startsWith("mac")) {
            return output("defaults", "read", "-g", "AppleInterfaceStyle").contains("Dark");
        }
        String scheme = output("gsettings", "get", "org.gnome.desktop.interface", "color-scheme");
        return !scheme.contains("light") && !scheme.contains("default");
    }

    /** {@return what a program prints; empty if it is missing, fails or takes too long} */
    private static String output(String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT_MILLIS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return "";
            }
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            LOG.debug("event=themeUnknown command={} reason=\"{}\"", command[0], e.getMessage());
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
