package dev.videosession.app.server.config;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of TLS. {@link OptionValues} reads them. */
@SuppressWarnings("UnusedVariable") // read by their names, together with those of the environment and the file
public final class TlsOptions {
    @Option(names = "--tls-cert", paramLabel = "FILE", description = "Certificate chain, PEM; turns TLS on.")
    private @Nullable String tlsCertificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "Private key, PEM (PKCS#8), RSA or EC.")
    private @Nullable String tlsKey;

    @Option(
            names = "--tls-expiry-warning",
            paramLabel = "DAYS",
            description = "Warn in the log when the certificate expires within this time (14).")
    private @Nullable String tlsExpiryWarning;

    /** For the command line. */
    public TlsOptions() {}
}
