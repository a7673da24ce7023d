package dev.videosession.server.internal.webhook;

import dev.videosession.server.project.Project;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves to a backend that an event comes from this server. The header {@value #HEADER} holds
 * {@code t=SECONDS,v1=HEX}, where HEX is the HMAC-SHA256 of {@code SECONDS.BODY} with the project's secret; while a
 * project has several secrets there is a {@code v1} for each.
 */
final class WebhookSignature {
    static final String HEADER = "X-VideoSession-Signature";

    private WebhookSignature() {}

    static String of(Project project, long seconds, String body) {
        StringBuilder header = new StringBuilder("t=").append(seconds);
        for (String secret : project.secrets()) {
            header.append(",v1=").append(hmac(secret, seconds + "." + body));
        }
        return header.toString();
    }

    private static String hmac(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
