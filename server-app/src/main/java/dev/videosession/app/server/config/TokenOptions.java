package dev.videosession.app.server.config;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that decide which tokens a server accepts, beside the project's secret. {@link OptionValues} reads them. */
@SuppressWarnings("UnusedVariable") // read by their names, together with those of the environment and the file
public final class TokenOptions {
    @Option(
            names = "--application-id",
            paramLabel = "UUID",
            description = "The project's application id, for Vonage's unified Video API.")
    private @Nullable String applicationId;

    @Option(
            names = "--public-key-file",
            paramLabel = "FILES",
            description = "The application's RSA public keys, PEM, separated by commas.")
    private @Nullable String publicKeyFile;

    @Option(
            names = "--max-token-life",
            paramLabel = "SECONDS",
            description = "Longest accepted lifetime of a client's token (2592000, 30 days).")
    private @Nullable String maxTokenLife;

    /** For the command line. */
    public TokenOptions() {}
}
