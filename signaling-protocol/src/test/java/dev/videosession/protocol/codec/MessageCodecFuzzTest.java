package dev.videosession.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever arrives, decoding yields a message or a {@link MessageException}, never anything else. */
class MessageCodecFuzzTest {
    private static final MessageCodec CODEC = new MessageCodec();
    private static final List<String> VALID = validMessages();

    /** Pieces that mean something to a JSON reader or to a check of ours. */
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "\\u",
            "\\ud800",
            "null",
            "true",
            "NaN",
            "-",
            "-0",
            "1e99",
            "1.5",
            "9223372036854775808",
            "-9223372036854775809",
            "\"type\":\"connect\",",
            "\"id\":1,",
            "\"id\":{},",
            "\u0000",
            "\uD83D",
            "\uFEFF",
            "//",
            "/*",
            "#",
            "'",
            ";",
            "=",
            ")]}'\n");

    @Property(tries = 3000)
    void bytesOfAnyKindAreDecodedOrRefused(@ForAll byte[] bytes) {
        decodesOrRefuses(new String(bytes, StandardCharsets.UTF_8));
        decodesOrRefuses("{\"type\":\"publish\"," + new String(bytes, StandardCharsets.ISO_8859_1));
    }

    @Property(tries = 10_000)
    void brokenMessagesAreDecodedOrRefused(@ForAll("brokenMessages") String json) {
        decodesOrRefuses(json);
    }

    @Provide
    Arbitrary<String> brokenMessages() {
        Arbitrary<List<Edit>> edits = edit().list().ofMinSize(1).ofMaxSize(4);
        return Combinators.combine(Arbitraries.of(VALID), edits).as((message, list) -> {
            String broken = message;
            for (Edit edit : list) {
                broken = edit.applyTo(broken);
            }
            return broken;
        });
    }

    private static Arbitrary<Edit> edit() {
        Arbitrary<String> insertion = Arbitraries.oneOf(
                Arbitraries.just(""),
                Arbitraries.of(PIECES),
                Arbitraries.strings().ofMaxLength(3),
                Arbitraries.of(VALID));
        return Combinators.combine(
                        Arbitraries.integers().between(0, 999),
                        Arbitraries.integers().between(0, 12),
                        insertion)
                .as(Edit::new);
    }

    /** Replaces {@code length} characters by others, at a place given in thousandths of the text. */
    private record Edit(int place, int length, String insertion) {
        String applyTo(String text) {
            int from = (int) ((long) text.length() * place / 1000);
            int to = Math.min(text.length(), from + length);
            return text.substring(0, from) + insertion + text.substring(to);
        }
    }

    private static void decodesOrRefuses(String json) {
        try {
            CODEC.encodeClient(CODEC.decodeClient(json));
        } catch (MessageException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        try {
            CODEC.encodeServer(CODEC.decodeServer(json));
        } catch (MessageException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static List<String> validMessages() {
        List<String> messages = new ArrayList<>();
        MessageCodecTest.clientMessages().map(CODEC::encodeClient).forEach(messages::add);
        MessageCodecTest.serverMessages().map(CODEC::encodeServer).forEach(messages::add);
        return List.copyOf(messages);
    }
}
