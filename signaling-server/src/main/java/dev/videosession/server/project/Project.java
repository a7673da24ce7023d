package dev.videosession.server.project;

import dev.videosession.protocol.text.Text;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One customer of the server: a public API key, and the credentials that verify its tokens and REST calls. These are secrets (OpenTok), the
 * public keys of an application (Vonage's unified API), or both. {@link #toString()} never contains the secrets.
 *
 * @param apiKey 1 to 2<sup>31</sup> - 1
 * @param secrets all accepted secrets, first the one that signs; each of at least {@value #MIN_SECRET_LENGTH} bytes; may be empty if there
 *     is an application
 * @param application the credentials for Vonage's unified API, or null
 * @param webhook where the events of its sessions are sent, an absolute {@code http} or {@code https} address without
 *     user name, or null; needs a secret, which signs the events
 */
public record Project(
        int apiKey,
        List<String> secrets,
        @Nullable Application application,
        @Nullable URI webhook) {
    /** Shortest accepted secret, in bytes: existing client libraries refuse shorter keys for HS256. */
    public static final int MIN_SECRET_LENGTH = 32;

    public Project {
        Text.requireRange("apiKey", apiKey, 1, Integer.MAX_VALUE);
        secrets = List.copyOf(secrets);
        if (secrets.isEmpty() && application == null) {
            throw new IllegalArgumentException("project " + apiKey + " has neither a secret nor an application");
        }
        if (secrets.isEmpty() && webhook != null) {
            throw new IllegalArgumentException(
                    "project " + apiKey + " has a webhook but no secret: the events are signed with a secret");
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
     * Makes a project without an application.
     *
     * @param apiKey see {@link #apiKey()}
     * @param secrets see {@link #secrets()}
     * @param webhook see {@link #webhook()}
     */
    public Project(int apiKey, List<String> secrets, @Nullable URI webhook) {
        this(apiKey, secrets, null, webhook);
    }

    /**
     * Makes a project without an application and without a webhook.
     *
     * @param apiKey see {@link #apiKey()}
     * @param secrets see {@link #secrets()}
     */
    public Project(int apiKey, List<String> secrets) {
        this(apiKey, secrets, null, null);
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
     * @throws IllegalStateException if the project has an application only
     */
    public String signingSecret() {
        if (secrets.isEmpty()) {
            throw new IllegalStateException("project " + apiKey
                    + " has no secret. Its backend signs with the private key of the application, which this server"
                    + " does not have");
        }
        return secrets.get(0);
    }

    /**
     * {@return the identifiers that name this project: its API key, then its application id if it has one}
     */
    public List<ProjectId> ids() {
        ProjectId own = ProjectId.ofApiKey(apiKey);
        return application == null ? List.of(own) : List.of(own, ProjectId.ofApplication(application.id()));
    }

    /**
     * Tells whether an identifier names this project.
     *
     * @param id an API key or an application id
     * @return true if it is one of {@link #ids()}
     */
    public boolean has(ProjectId id) {
        return ids().contains(id);
    }

    /**
     * Returns this project with another webhook.
     *
     * @param newWebhook see {@link #webhook()}
     * @return a copy
     */
    public Project withWebhook(@Nullable URI newWebhook) {
        return new Project(apiKey, secrets, application, newWebhook);
    }

    /**
     * Returns this project with another application.
     *
     * @param newApplication see {@link #application()}
     * @return a copy
     */
    public Project withApplication(@Nullable Application newApplication) {
        return new Project(apiKey, secrets, newApplication, webhook);
    }

    @Override
    public String toString() {
        return "Project[" + apiKey + "]";
    }
}
