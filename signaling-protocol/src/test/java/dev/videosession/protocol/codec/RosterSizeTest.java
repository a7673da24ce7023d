package dev.videosession.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.VideoType;
import dev.videosession.protocol.message.ConnectionInfo;
import dev.videosession.protocol.message.Roster;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamInfo;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RosterSizeTest {
    private static final MessageCodec CODEC = new MessageCodec();
    private static final ConnectionId ADA = new ConnectionId("c".repeat(64));

    private static int encoded(List<ConnectionInfo> connections, List<StreamInfo> streams) {
        Roster empty = new Roster(1, List.of(), List.of(), true);
        Roster full = new Roster(1, connections, streams, true);
        return CODEC.encodeServerBytes(new ServerMessage.Resumed(1L, "k", 1, full, List.of(), List.of())).length
                - CODEC.encodeServerBytes(new ServerMessage.Resumed(1L, "k", 1, empty, List.of(), List.of())).length
                + 1;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "name=Ada",
                "\"\\\t\b\n\r\f\u0000\u001f",
                "\u007f\u0080\u07ff\u0800\uffff",
                "\u2028\u2029",
                "\ud83d\ude00"
            })
    void sizeIsWhatTheCodecWritesAndLittleMore(String text) {
        for (String name : List.of(text, text.repeat(1000 / Math.max(1, text.length())))) {
            ConnectionInfo connection = new ConnectionInfo(ADA, Long.MAX_VALUE, name, Role.PUBLISHER_ONLY);
            StreamInfo stream = new StreamInfo(
                    new StreamId("s".repeat(64)),
                    ADA,
                    name,
                    Long.MAX_VALUE,
                    false,
                    false,
                    VideoType.CAMERA,
                    new Dimensions(16384, 16384));
            assertThat(RosterSize.of(connection))
                    .isGreaterThanOrEqualTo(encoded(List.of(connection), List.of()))
                    .isLessThan(encoded(List.of(connection), List.of()) + 40);
            assertThat(RosterSize.of(stream))
                    .isGreaterThanOrEqualTo(encoded(List.of(), List.of(stream)))
                    .isLessThan(encoded(List.of(), List.of(stream)) + 40);
        }
    }
}
