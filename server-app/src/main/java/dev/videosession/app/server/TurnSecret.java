package dev.videosession.app.server;

import dev.videosession.app.server.config.Settings;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The secret shared with the TURN server, which can be read again while the server runs. Thread-safe. */
final class TurnSecret implements Supplier<String> {
    private final Settings settings;
    private volatile @Nullable String current;

    /**
     * Reads the secret.
     *
     * @throws IOException if its file cannot be used
     * @throws IllegalArgumentException if a TURN server is given without a secret
     */
    TurnSecret(Settings settings) throws IOException {
        this.settings = settings;
        reload();
    }

    /** {@return whether the secret has changed} */
    boolean reload() throws IOException {
        String found = settings.secret("turn-secret");
        if (found == null && settings.find("turn") != null) {
            throw new IllegalArgumentException(settings.source("turn")
                    + " needs --turn-secret-file (or --turn-secret), the secret shared with the TURN server");
        }
        boolean changed = found != null && !found.equals(current);
        current = found;
        return changed;
    }

    @Override
    public String get() {
        String secret = current;
        if (secret == null) {
            throw new IllegalStateException("no TURN server was given");
        }
        return secret;
    }
}
