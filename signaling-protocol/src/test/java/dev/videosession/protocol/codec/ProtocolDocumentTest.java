package dev.videosession.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.moshi.Moshi;
import dev.videosession.protocol.Capabilities;
import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Limits;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.StreamDestroyReason;
import dev.videosession.protocol.VideoType;
import dev.videosession.protocol.ice.IceCandidate;
import dev.videosession.protocol.message.Feature;
import dev.videosession.protocol.message.LinkCloseReason;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.sdp.SessionDescription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** PROTOCOL.md says what the code does. Each of its JSON blocks follows a comment that names the side that sends it. */
class ProtocolDocumentTest {
    private static final String DOCUMENT = read();
    private static final Pattern BLOCK =
            Pattern.compile("(?:<!-- (client|server|both) -->\n)?```json\n(.*?)\n```", Pattern.DOTALL);
    private static final MessageCodec CODEC = new MessageCodec();

    /** One JSON block, as one side of the conversation. */
    private record Example(boolean fromClient, String json) {
        String decodedAndEncoded() throws MessageException {
            return fromClient
                    ? CODEC.encodeClient(CODEC.decodeClient(json))
                    : CODEC.encodeServer(CODEC.decodeServer(json));
        }

        String type() {
            return (String) fields(json).get("type");
        }
    }

    static Stream<Example> examples() {
        List<Example> examples = new ArrayList<>();
        for (MatchResult block : BLOCK.matcher(DOCUMENT).results().toList()) {
            assertThat(block.group(1)).as("side of %s", block.group(2)).isNotNull();
            if (!block.group(1).equals("server")) {
                examples.add(new Example(true, block.group(2)));
            }
            if (!block.group(1).equals("client")) {
                examples.add(new Example(false, block.group(2)));
            }
        }
        return examples.stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void exampleSurvivesTheCodecWithExactlyItsFields(Example example) throws MessageException {
        assertThat(fields(example.decodedAndEncoded())).isEqualTo(fields(example.json()));
    }

    @Test
    void everyFieldOfEveryMessageIsInAnExample() {
        assertThat(fieldsInExamples(true)).isEqualTo(fieldsOf(MessageTypes.CLIENT));
        assertThat(fieldsInExamples(false)).isEqualTo(fieldsOf(MessageTypes.SERVER));
    }

    @Test
    void descriptionsAndCandidatesInExamplesFitTheirGrammar() throws MessageException {
        int found = 0;
        for (Example example : examples().filter(each -> !each.fromClient()).toList()) {
            ServerMessage message = CODEC.decodeServer(example.json());
            if (message instanceof LinkMessage.Description description) {
                SessionDescription parsed = SessionDescription.parse(description.kind(), description.sdp());
                assertThat(parsed.toSdp()).isEqualTo(description.sdp());
                found++;
            } else if (message instanceof LinkMessage.Candidate candidate) {
                assertThat(IceCandidate.parse(candidate.candidate()).toSdp()).isEqualTo(candidate.candidate());
                found++;
            }
        }
        assertThat(found).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void errorCodeHasARowIfTheServerSendsIt(ErrorCode error) {
        String row =
                "\n| %d | `%s` | %s |".formatted(error.code(), error.errorName(), error.isRetryable() ? "yes" : "no");
        assertThat(DOCUMENT.contains(row)).as(row).isEqualTo(error.isSentByServer());
    }

    @ParameterizedTest
    @EnumSource
    void closeCodeHasARow(CloseCode close) {
        assertThat(DOCUMENT)
                .contains("\n| %d | `%s` | %s |"
                        .formatted(close.code(), close.detail().wireName(), close.resumable() ? "yes" : "no"));
    }

    @ParameterizedTest
    @EnumSource
    void disconnectReasonIsACauseInTheTable(DisconnectReason reason) {
        assertThat(DOCUMENT).containsPattern("\n\\| [^|\n]+ \\| `" + reason.wireName() + "` \\|");
    }

    @ParameterizedTest
    @EnumSource
    void disconnectDetailIsACauseInTheTable(DisconnectDetail detail) {
        assertThat(DOCUMENT).containsPattern("\n\\| [^|\n]+ \\| [^|\n]+ \\| `" + detail.wireName() + "` \\|");
    }

    @ParameterizedTest
    @EnumSource
    void streamDestroyReasonIsNamed(StreamDestroyReason reason) {
        assertThat(DOCUMENT).contains("`" + reason.wireName() + "`");
    }

    @ParameterizedTest
    @EnumSource
    void featureIsNamed(Feature feature) {
        assertThat(DOCUMENT).contains("`" + feature.wireName() + "`");
        assertThat(Feature.ROUTED).contains(feature.wireName());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OTHER")
    void linkCloseReasonIsNamed(LinkCloseReason reason) {
        assertThat(DOCUMENT).contains("`" + reason.wireName() + "`");
    }

    @ParameterizedTest
    @EnumSource
    void videoTypeIsNamed(VideoType type) {
        assertThat(DOCUMENT).contains("`" + type.wireName() + "`");
    }

    @ParameterizedTest
    @EnumSource
    void roleHasARowWithItsCapabilities(Role role) {
        Capabilities may = role.capabilities();
        List<String> cells = Stream.of(
                        may.publish(),
                        may.subscribe(),
                        may.signal(),
                        may.forceUnpublish(),
                        may.forceDisconnect(),
                        may.forceMute())
                .map(permitted -> permitted ? "yes" : "no")
                .toList();
        assertThat(DOCUMENT).contains("\n| `" + role.wireName() + "` | " + String.join(" | ", cells) + " |");
    }

    @Test
    void limitsHaveRows() {
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("message", Limits.MESSAGE_BYTES + " bytes");
        rows.put("token", Limits.TOKEN + " characters");
        rows.put("connection data", Limits.CONNECTION_DATA + " characters");
        rows.put("stream name", Limits.STREAM_NAME + " characters");
        rows.put("signal type", Limits.SIGNAL_TYPE + " characters");
        rows.put("signal data", Limits.SIGNAL_DATA_BYTES + " bytes");
        rows.put("moderator's message", Limits.MODERATOR_MESSAGE + " characters");
        rows.put("session description", Limits.SDP + " characters");
        rows.put("ICE candidate", Limits.CANDIDATE + " characters");
        rows.put("ICE candidates in one message", Limits.CANDIDATES + " entries");
        rows.put("excluded streams", Limits.EXCLUDED_STREAMS + " entries");
        assertThat(rows).hasSize(Limits.class.getFields().length);
        rows.forEach((what, most) -> assertThat(DOCUMENT).contains("\n| " + what + " | " + most + " |"));
    }

    @Test
    void versionIsTheCodecs() {
        assertThat(DOCUMENT).startsWith("# Signaling protocol, version " + MessageCodec.PROTOCOL_VERSION + "\n");
    }

    @Test
    void exampleOfATokenIsSignedAsDescribed() throws GeneralSecurityException {
        Matcher example = Pattern.compile("secret `(\\w+)`.*?```text\n(\\S+)\n(\\S+)\n```", Pattern.DOTALL)
                .matcher(DOCUMENT);
        assertThat(example.find()).isTrue();
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(example.group(1).getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        byte[] signature = mac.doFinal(example.group(2).getBytes(StandardCharsets.UTF_8));
        assertThat(example.group(3)).isEqualTo(HexFormat.of().formatHex(signature));
    }

    private static Map<String, Set<String>> fieldsInExamples(boolean fromClient) {
        Map<String, Set<String>> fields = new TreeMap<>();
        examples()
                .filter(example -> example.fromClient() == fromClient)
                .forEach(example -> fields.computeIfAbsent(example.type(), type -> new TreeSet<>())
                        .addAll(fields(example.json()).keySet()));
        fields.values().forEach(names -> names.remove("type"));
        return fields;
    }

    private static Map<String, Set<String>> fieldsOf(Map<String, ? extends Class<?>> types) {
        Map<String, Set<String>> fields = new TreeMap<>();
        types.forEach((name, type) -> {
            Set<String> names = new TreeSet<>();
            Arrays.stream(type.getRecordComponents()).forEach(component -> names.add(component.getName()));
            fields.put(name, names);
        });
        return fields;
    }

    @SuppressWarnings("unchecked") // a JSON object is read as a map with strings as keys
    private static Map<String, Object> fields(String json) {
        try {
            return (Map<String, Object>)
                    new Moshi.Builder().build().adapter(Object.class).fromJson(json);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + json, e);
        }
    }

    private static String read() {
        try {
            // the working directory is the module's
            return Files.readString(Path.of("..", "PROTOCOL.md"));
        } catch (IOException e) {
            throw new AssertionError("PROTOCOL.md is not where it belongs", e);
        }
    }
}
