package dev.videosession.app.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.StreamId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class RequestLineTest {
    @Test
    void readsEveryFieldOfForceDisconnect() throws CommandException {
        assertThat(RequestLine.parse(
                        "{\"do\":\"forceDisconnect\",\"connection\":\"c-1\",\"message\":\"bye\",\"ban\":true}"))
                .isEqualTo(new RequestLine(
                        "forceDisconnect", new BotRequest.ForceDisconnect(new ConnectionId("c-1"), "bye", true)));
    }

    @Test
    void optionalFieldsMayBeMissingOrNull() throws CommandException {
        BotRequest expected = new BotRequest.ForceDisconnect(new ConnectionId("c-1"), null, false);
        assertThat(RequestLine.parse("{\"do\":\"forceDisconnect\",\"connection\":\"c-1\"}")
                        .request())
                .isEqualTo(expected);
        assertThat(RequestLine.parse("{\"do\":\"forceDisconnect\",\"connection\":\"c-1\",\"message\":null}")
                        .request())
                .isEqualTo(expected);
    }

    @Test
    void readsSignalsAndLists() throws CommandException {
        assertThat(RequestLine.parse("{\"do\":\"signal\",\"type\":\"chat\",\"data\":\"hi\",\"to\":\"c-2\"}")
                        .request())
                .isEqualTo(new BotRequest.Signal("chat", "hi", new ConnectionId("c-2")));
        assertThat(RequestLine.parse("{\"do\":\"muteAll\",\"excluded\":[\"s-1\",\"s-2\"]}")
                        .request())
                .isEqualTo(new BotRequest.MuteAll(List.of(new StreamId("s-1"), new StreamId("s-2"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "disableForceMute",
                "muteAll",
                "signal",
                "publish",
                "unpublish",
                "preventDefault",
                "roster",
                "connect",
                "disconnect",
                "exit",
                "publishAudio",
                "publishVideo"
            })
    void commandsWithoutRequiredFields(String command) throws CommandException {
        assertThat(RequestLine.parse("{\"do\":\"" + command + "\"}").command()).isEqualTo(command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"forceUnpublish", "muteStream", "subscribe", "unsubscribe"})
    void commandsAboutAStreamNeedIt(String command) throws CommandException {
        assertThat(RequestLine.parse("{\"do\":\"" + command + "\",\"stream\":\"s-1\"}")
                        .command())
                .isEqualTo(command);
        assertRefused("{\"do\":\"" + command + "\"}", command, "OT_INVALID_PARAMETER");
        assertRefused("{\"do\":\"" + command + "\",\"stream\":7}", command, "OT_INVALID_PARAMETER");
        assertRefused("{\"do\":\"" + command + "\",\"stream\":\"with space\"}", command, "OT_INVALID_PARAMETER");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "7",
                "[]",
                "null",
                "{",
                "{\"do\":\"exit\"",
                "{\"do\":\"exit\"} {}",
                "{\"do\":\"exit\",\"do\":\"exit\"}",
                "{}",
                "{\"do\":null}",
                "{\"do\":7}"
            })
    void whatIsNoCommandIsRefusedWithoutAName(String line) {
        assertRefused(line, null, "OT_BADLY_FORMED_MESSAGE");
    }

    @Test
    void unknownCommandsAreRefusedByName() {
        assertRefused("{\"do\":\"dance\"}", "dance", "OT_NOT_SUPPORTED");
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> RequestLine.parse("{\"do\":\"dance\"}"))
                .withMessageStartingWith("unknown command; there are forceDisconnect, ")
                .withMessageEndingWith(", disconnect, exit");
    }

    @Test
    void theHelpListsEveryCommandWithItsFields() {
        String help = new CommandLine(new BotCommand()).getUsageMessage();
        assertThat(help)
                .contains("\n  forceDisconnect     connection, message?, ban?\n")
                .contains("\n  preventDefault\n")
                .contains("\n  signal              type?, data?, to? (a connection)\n");
        assertThat(help.lines().filter(line -> line.matches("  [a-z]\\w+( .*)?")))
                .hasSize(BotVerb.values().length);
    }

    @Test
    void preferencesOfASubscriber() throws CommandException {
        StreamId stream = new StreamId("s-1");
        assertThat(RequestLine.parse("{\"do\":\"preferredResolution\",\"stream\":\"s-1\",\"width\":320,\"height\":180}")
                        .request())
                .isEqualTo(new BotRequest.PreferredResolution(stream, new Dimensions(320, 180)));
        assertThat(RequestLine.parse("{\"do\":\"preferredResolution\",\"stream\":\"s-1\"}")
                        .request())
                .isEqualTo(new BotRequest.PreferredResolution(stream, null));
        for (String field : List.of("frameRate", "fps")) {
            assertThat(RequestLine.parse("{\"do\":\"preferredFrameRate\",\"stream\":\"s-1\",\"" + field + "\":15}")
                            .request())
                    .isEqualTo(new BotRequest.PreferredFrameRate(stream, 15));
        }
        assertThat(RequestLine.parse("{\"do\":\"preferredFrameRate\",\"stream\":\"s-1\"}")
                        .request())
                .isEqualTo(new BotRequest.PreferredFrameRate(stream, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"width\":320",
                "\"height\":180",
                "\"width\":0,\"height\":180",
                "\"width\":320.5,\"height\":180",
                "\"width\":\"320\",\"height\":180",
                "\"width\":1e99,\"height\":180"
            })
    void aSizeNeedsTwoWholeNumbersInRange(String fields) {
        assertRefused(
                "{\"do\":\"preferredResolution\",\"stream\":\"s-1\"," + fields + "}",
                "preferredResolution",
                "OT_INVALID_PARAMETER");
    }

    @Test
    void wrongTypesAreRefused() {
        assertRefused("{\"do\":\"muteAll\",\"excluded\":[7]}", "muteAll", "OT_INVALID_PARAMETER");
        assertRefused("{\"do\":\"muteAll\",\"excluded\":\"s-1\"}", "muteAll", "OT_INVALID_PARAMETER");
        assertRefused("{\"do\":\"publishAudio\",\"on\":\"yes\"}", "publishAudio", "OT_INVALID_PARAMETER");
    }

    private static void assertRefused(String line, String command, String name) {
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> RequestLine.parse(line))
                .satisfies(refusal -> assertThat(refusal.line().json())
                        .startsWith("{\"event\":\"error\",\"at\":")
                        .contains("\"do\":" + (command == null ? "null" : "\"" + command + "\""))
                        .contains("\"code\":1011")
                        .contains("\"name\":\"" + name + "\""));
    }
}
