package dev.videosession.server.settings;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The files of a server's certificate.
 *
 * @param certificateChain PEM, the server's own certificate first
 * @param privateKey PEM, PKCS#8, without password
 * @param warning how long before its expiry the log warns of it
 */
public record TlsFiles(Path certificateChain, Path privateKey, Duration warning) {
    /** How long before its expiry the log warns of a certificate, unless set. */
    public static final Duration DEFAULT_WARNING = Duration.ofDays(14);

    public TlsFiles {
        if (warning.isNegative()) {
            throw new IllegalArgumentException("the time of the warning is negative: " + warning);
        }
    }
}
