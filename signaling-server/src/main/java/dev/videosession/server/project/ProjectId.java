package dev.videosession.server.project;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * An identifier that names a project in session ids, REST paths and tokens: its API key, or the id of its application.
 * A project that has both is reached by either.
 *
 * @param value the API key in decimal, or the application id, a UUID in lower case
 */
public record ProjectId(String value) {
    private static final Pattern API_KEY = Pattern.compile("[1-9][0-9]{0,9}");
    private static final Pattern UUID_TEXT = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    /**
     * Wraps an API key.
     *
     * @param apiKey 1 to 2<sup>31</sup> - 1
     * @return the identifier
     */
    public static ProjectId ofApiKey(int apiKey) {
        return new ProjectId(Integer.toString(apiKey));
    }

    /**
     * Wraps an application id.
     *
     * @param applicationId the id
     * @return the identifier
     */
    public static ProjectId ofApplication(UUID applicationId) {
        return new ProjectId(applicationId.toString());
    }

    /**
     * Reads an identifier.
     *
     * @param text an API key in decimal without sign and leading zeros, or a UUID in its usual form
     * @return the identifier, or empty if the text is neither
     */
    public static Optional<ProjectId> parse(String text) {
        if (UUID_TEXT.matcher(text).matches()) {
            return Optional.of(ofApplication(UUID.fromString(text)));
        }
        return API_KEY.matcher(text).matches() && Long.parseLong(text) <= Integer.MAX_VALUE
                ? Optional.of(new ProjectId(text))
                : Optional.empty();
    }

    /** {@return whether this is an application id} */
    public boolean isApplication() {
        return value.indexOf('-') >= 0;
    }

    @Override
    public String toString() {
        return value;
    }
}
