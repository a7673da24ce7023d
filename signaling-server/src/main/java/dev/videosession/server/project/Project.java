package dev.videosession.server.project;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One customer of the server: a key that everybody may see, and secrets that sign its tokens and REST calls. The secrets
 * never show in {@link #toString()}.
 *
 * @param apiKey 1 to 2<sup>31</sup> - 1
 * @param secrets all that are accepted, the one that signs first; each of at least {@value #MIN_SECRET_LENGTH} bytes
 * @param webhook where the events of its sessions are sent, an absolute {@code http} or {@code https} address without
 *     user name, or null
 */
public record Project(
        int apiKey, List<String> secrets, @Nullable URI webhook) {
    /** Shortest accepted secret, in bytes: existing client libraries refuse shorter keys for HS256. */
    public static final int MIN_SECRET_LENGTH = 32;

    public Project {
        if (apiKey < 1) {
            throw new IllegalArgumentException("apiKey must be from 1 to " + Integer.MAX_VALUE + ", was " + apiKey);
        }
        secrets = List.copyOf(secrets);
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("project " + apiKey + " has no secret");
        }
        if (webhook != null && !isAddress(webhook)) {
            throw new IllegalArgumentException(
                    "the webhook of project " + apiKey + " must be an http or https address without user name");
        }
        for (String secret : secrets) {
            if (secret.getBytes(StandardCharsets.UTF_8).length < MIN_SECRET_LENGTH) {
                throw new IllegalArgumentException(
                        "a secret of project " + apiKey + " is shorter than " + MIN_SECRET_LENGTH + " bytes");
            }
        }
    }

    private static boolean isAddress(URI uri) {
        return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                && uri.getHost() != null
                && uri.getRawUserInfo() == null
                && uri.getRawFragment() == null;
    }

    /**
     * Makes a project without a webhook.
     *
     * @param apiKey see {@link #apiKey()}
     * @param secrets see {@link #secrets()}
     */
    public Project(int apiKey, List<String> secrets) {
        this(apiKey, secrets, null);
    }

    /**
     * Makes a project with one secret.
     *
     * @param apiKey see {@link #apiKey()}
     * @param secret its only secret
     */
    public Project(int apiKey, String secret) {
        this(apiKey, List.of(secret));
    }

    /**
     * Returns the secret that signs.
     *
     * @return the first of {@link #secrets()}
     */
    public String signingSecret() {
        return secrets.get(0);
    }

    /**
     * Returns this with another webhook.
     *
     * @param newWebhook see {@link #webhook()}
     * @return a copy
     */
    public Project withWebhook(@Nullable URI newWebhook) {
        return new Project(apiKey, secrets, newWebhook);
    }

    @Override
    public String toString() {
        return "Project[" + apiKey + "]";
    }
}
