package dev.videosession.server.internal.token;

import dev.videosession.server.internal.signature.Signatures;
import dev.videosession.server.project.Project;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The older kind of token: {@code T1==} and the Base64 of {@code partner_id=KEY&sig=HEX:FIELDS}, where the signature
 * covers FIELDS exactly as they stand there. Libraries differ in the alphabet, the padding, the order of the fields and
 * the way they encode spaces; all of that is accepted.
 */
final class T1Token {
    static final String PREFIX = "T1==";

    private T1Token() {}

    static TokenClaims read(String token, Project project) throws TokenException {
        String text = decode(token.substring(PREFIX.length()));
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new TokenException("The token is malformed.");
        }
        Map<String, String> head = fields(text.substring(0, colon));
        String signed = text.substring(colon + 1);
        String signature = head.get("sig");
        if (signature == null || !Integer.toString(project.apiKey()).equals(head.get("partner_id"))) {
            throw new TokenException("The token is for another project.");
        }
        if (!isSignedBy(project, signed, signature)) {
            throw new TokenException("The token's signature is wrong.");
        }
        Map<String, String> fields = fields(signed);
        return new TokenClaims(
                fields.get("session_id"),
                fields.get("role"),
                fields.get("connection_data"),
                fields.get("initial_layout_class_list"),
                seconds(fields.get("create_time")),
                null,
                seconds(fields.get("expire_time")),
                Signatures.sha256Hex(signature));
    }

    private static boolean isSignedBy(Project project, String signed, String signature) {
        boolean good = false;
        for (String secret : project.secrets()) {
            good |= Signatures.equal(Signatures.hmacSha1Hex(secret, signed), signature);
        }
        return good;
    }

    private static String decode(String base64) throws TokenException {
        try {
            String standard = base64.replace('-', '+').replace('_', '/');
            int end = standard.length();
            while (end > 0 && standard.charAt(end - 1) == '=') {
                end--;
            }
            return new String(Base64.getDecoder().decode(standard.substring(0, end)), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new TokenException("The token is malformed.", e);
        }
    }

    private static Map<String, String> fields(String text) throws TokenException {
        Map<String, String> fields = new HashMap<>();
        for (String field : text.split("&", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                try {
                    String value = URLDecoder.decode(field.substring(equals + 1), StandardCharsets.UTF_8);
                    if (fields.putIfAbsent(field.substring(0, equals), value) != null) {
                        throw new TokenException("The token is malformed: a field appears twice.");
                    }
                } catch (IllegalArgumentException e) {
                    throw new TokenException("The token is malformed.", e);
                }
            }
        }
        return fields;
    }

    private static @Nullable Long seconds(@Nullable String text) throws TokenException {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            // some libraries write a fraction
            double seconds = Double.parseDouble(text);
            if (!(seconds >= 0 && seconds < 1e12)) {
                throw new TokenException("The token is malformed: a time is out of range.");
            }
            return (long) seconds;
        } catch (NumberFormatException e) {
            throw new TokenException("The token is malformed: a time is not a number.", e);
        }
    }
}
