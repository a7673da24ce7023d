package dev.videosession.protocol;

import java.util.Arrays;
import java.util.Optional;

/** What a token lets its holder do. The spelling on the wire is OpenTok's. */
public enum Role implements WireName {
    /** Subscribes and signals. */
    SUBSCRIBER("subscriber", new Capabilities(false, true, true, false, false, false)),
    /** Publishes, subscribes and signals. */
    PUBLISHER("publisher", new Capabilities(true, true, true, false, false, false)),
    /** Publishes; neither subscribes nor signals. */
    PUBLISHER_ONLY("publisheronly", new Capabilities(true, false, false, false, false, false)),
    /** As a publisher, and moderates other clients. */
    MODERATOR("moderator", new Capabilities(true, true, true, true, true, true));

    private final String wireName;
    private final Capabilities capabilities;

    Role(String wireName, Capabilities capabilities) {
        this.wireName = wireName;
        this.capabilities = capabilities;
    }

    @Override
    public String wireName() {
        return wireName;
    }

    /**
     * Returns what the role permits.
     *
     * @return the capabilities of every connection with this role
     */
    public Capabilities capabilities() {
        return capabilities;
    }

    /**
     * Finds a role by its spelling in tokens and messages.
     *
     * @param wireName for instance {@code publisheronly}
     * @return the role, or empty if there is none of that name
     */
    public static Optional<Role> of(String wireName) {
        return Arrays.stream(values())
                .filter(role -> role.wireName.equals(wireName))
                .findFirst();
    }
}
