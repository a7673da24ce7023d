package dev.videosession.server.project;

import dev.videosession.protocol.SessionId;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Makes and reads session ids in the form that the OpenTok server libraries accept. An id names its project and carries
 * unguessable characters, but no signature: it proves nothing. What opens a session is a token, which a secret of the
 * project signs together with the id. Therefore ids need not be stored, outlive restarts of the server, and an id that
 * a client made up is useless without a secret. Thread-safe.
 */
public final class SessionIds {
    private static final String PREFIX = "2_";
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int RANDOM_LENGTH = 24;

    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock;

    /**
     * Creates a generator of session ids.
     *
     * @param clock gives the creation time
     */
    public SessionIds(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * What an id says.
     *
     * @param project the project
     * @param relayed true if media goes from client to client, false if through a media router
     */
    public record Parts(ProjectId project, boolean relayed) {
        /**
         * The parts of an id that names an API key.
         *
         * @param apiKey the project
         * @param relayed true if media goes from client to client, false if through a media router
         */
        public Parts(int apiKey, boolean relayed) {
            this(ProjectId.ofApiKey(apiKey), relayed);
        }
    }

    /**
     * Makes a new id.
     *
     * @param apiKey the project
     * @param relayed true if media goes from client to client, false if through a media router
     * @return an id that was never given before
     */
    public SessionId create(int apiKey, boolean relayed) {
        return create(ProjectId.ofApiKey(apiKey), relayed);
    }

    /**
     * Makes a new id.
     *
     * @param project the API key or the application id, which the new id carries
     * @param relayed true if media goes from client to client, false if through a media router
     * @return an id that was never given before
     */
    public SessionId create(ProjectId project, boolean relayed) {
        StringBuilder text = new StringBuilder();
        text.append("1~").append(project).append("~~").append(clock.millis()).append('~');
        for (int i = 0; i < RANDOM_LENGTH; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        text.append('~').append(relayed ? "P" : "").append('~');
        byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
        return new SessionId(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /**
     * Reads an id.
     *
     * @param sessionId the id
     * @return what it says, or empty if it is not of this form
     */
    public static Optional<Parts> read(SessionId sessionId) {
        String value = sessionId.value();
        if (!value.startsWith("1_") && !value.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(value.substring(2));
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            List<String> fields = List.of(text.split("~", -1));
            if (fields.size() < 6) {
                return Optional.empty();
            }
            boolean relayed = fields.get(5).equals("P");
            return ProjectId.parse(fields.get(1)).map(project -> new Parts(project, relayed));
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
