package dev.videosession.app.server.config;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a server that is one of several nodes. {@link OptionValues} reads them. */
@SuppressWarnings("UnusedVariable") // read by their names, together with those of the environment and the file
public final class ClusterOptions {
    @Option(
            names = "--redis",
            paramLabel = "URL",
            description =
                    "Share sessions with other servers through Redis: redis://[USER@]HOST:PORT, rediss:// with TLS, or"
                            + " redis-sentinel://HOSTS/0#MASTER.")
    private @Nullable String redis;

    @Option(
            names = "--redis-secret-file",
            paramLabel = "FILE",
            description = "File with the password of Redis, or of the user in its URL, and nothing else.")
    private @Nullable String redisSecretFile;

    @Option(
            names = "--redis-secret",
            paramLabel = "S",
            arity = "0..1",
            interactive = true,
            description =
                    "The password. Every local user can see it in the list of processes. Without a value, the server"
                            + " asks for it.")
    private @Nullable String redisSecret;

    @Option(names = "--node-id", paramLabel = "NAME", description = "Name of this node in logs (the host's name).")
    private @Nullable String nodeId;

    @Option(
            names = "--advertise",
            paramLabel = "URL",
            description =
                    "Address at which clients reach this node directly. Without it they reach it through a balancer"
                            + " only.")
    private @Nullable String advertise;

    @Option(
            names = "--warm-up",
            paramLabel = "CLIENTS",
            description =
                    "How many clients of its own this node serves before it is ready, so that it is not slow when another"
                            + " node dies (100); 0: none.")
    private @Nullable String warmUp;

    /** For the command line. */
    public ClusterOptions() {}
}
