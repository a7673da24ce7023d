package dev.videosession.protocol;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Which project a token names. Nothing is verified: only the server knows the project's secret. For messages that explain a
 * mistake before the server is asked.
 */
public final class TokenProject {
    private static final String T1 = "T1==";
    private static final String PARTNER = "partner_id=";

    private TokenProject() {}

    /**
     * Reads the project of a token of either kind, T1 or JSON web token.
     *
     * @param token any text
     * @return the API key or application id that it names; empty if it cannot be read
     */
    public static Optional<String> of(String token) {
        try {
            return Optional.ofNullable(token.startsWith(T1) ? ofT1(token.substring(T1.length())) : ofJwt(token))
                    .filter(project -> !project.isEmpty());
        } catch (IOException | JsonDataException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static @Nullable String ofT1(String base64) {
        String text = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        for (String field : text.split("&", -1)) {
            if (field.startsWith(PARTNER)) {
                return field.substring(PARTNER.length());
            }
        }
        return null;
    }

    private static @Nullable String ofJwt(String token) throws IOException {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return null;
        }
        String issuer = null;
        byte[] payload = Base64.getUrlDecoder().decode(parts[1]);
        try (JsonReader reader = JsonReader.of(new Buffer().write(payload))) {
            reader.beginObject();
            while (reader.hasNext()) {
                String name = reader.nextName();
                boolean text = reader.peek() == JsonReader.Token.STRING || reader.peek() == JsonReader.Token.NUMBER;
                if (text && name.equals("application_id")) {
                    return reader.nextString();
                } else if (text && name.equals("iss")) {
                    issuer = reader.nextString();
                } else {
                    reader.skipValue();
                }
            }
        }
        return issuer;
    }
}
