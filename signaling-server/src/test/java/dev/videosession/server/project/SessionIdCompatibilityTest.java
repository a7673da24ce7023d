package dev.videosession.server.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.opentok.OpenTok;
import com.opentok.exception.InvalidArgumentException;
import java.nio.ByteBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Each official server library checks session ids before it makes a token, and each in its own way. */
class SessionIdCompatibilityTest {
    private static final int IDS = 10_000;

    @Test
    void everyLibraryAcceptsEveryId() throws Exception {
        Random random = new Random(47);
        for (int i = 0; i < IDS; i++) {
            int apiKey = i % 3 == 0 ? 100 + random.nextInt(1000) : 1 + random.nextInt(Integer.MAX_VALUE - 1);
            Instant now = Instant.ofEpochMilli(1_500_000_000_000L + random.nextLong(1_000_000_000_000L));
            String id = new SessionIds(Clock.fixed(now, ZoneOffset.UTC))
                    .create(apiKey, random.nextBoolean())
                    .value();
            String key = Integer.toString(apiKey);
            assertThat(id).hasSizeLessThanOrEqualTo(255).matches("[A-Za-z0-9_-]+");
            List<String> fields = Arrays.asList(decode(id.substring(2)).split("~", -1));
            assertThat(fields).as("Python, Ruby").contains(key);
            assertThat(fields.get(1)).as("Node").isEqualTo(key);
            assertThat(acceptedByPhp(id, key)).as("PHP").isTrue();
            String[] parts = id.split("_", -1);
            assertThat(parts).as(".NET").hasSize(2);
            assertThat(decode(parts[1]).split("~", -1)[1]).as(".NET").isEqualTo(key);
        }
    }

    @Test
    void theJavaLibraryAcceptsThemItself() throws Exception {
        OpenTok openTok = new OpenTok(47_000_001, "0123456789abcdef0123456789abcdef01234567");
        try {
            SessionIds ids = new SessionIds(Clock.systemUTC());
            for (int i = 0; i < IDS; i++) {
                String id = ids.create(47_000_001, i % 2 == 0).value();
                assertThat(openTok.generateToken(id)).startsWith("T1==");
            }
            String foreign = ids.create(13, true).value();
            assertThatThrownBy(() -> openTok.generateToken(foreign)).isInstanceOf(InvalidArgumentException.class);
        } finally {
            openTok.close();
        }
    }

    /** Fails on anything that is not UTF-8, as Python does. */
    private static String decode(String base64) throws Exception {
        byte[] bytes = Base64.getDecoder().decode(base64.replace('-', '+').replace('_', '/'));
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    /** It cuts the text at each minus sign before it decodes the pieces one by one. */
    private static boolean acceptedByPhp(String id, String key) throws Exception {
        StringBuilder decoded = new StringBuilder();
        for (String piece : id.substring(2).split("-", -1)) {
            byte[] bytes = Base64.getDecoder().decode(piece.substring(0, piece.length() - piece.length() % 4));
            decoded.append(new String(bytes, StandardCharsets.ISO_8859_1));
            if (piece.length() % 4 > 1) {
                String rest = piece.substring(piece.length() - piece.length() % 4);
                decoded.append(new String(Base64.getDecoder().decode(rest), StandardCharsets.ISO_8859_1));
            }
        }
        return Arrays.asList(decoded.toString().split("~", -1)).contains(key);
    }
}
