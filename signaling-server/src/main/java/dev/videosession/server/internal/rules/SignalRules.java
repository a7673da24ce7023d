package dev.videosession.server.internal.rules;

import dev.videosession.protocol.Capabilities;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Limits;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.text.WellFormedText;
import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.internal.state.LoggedState;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules for signals. */
final class SignalRules {
    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9_~.-]*");

    private SignalRules() {}

    static Decision signal(LoggedState state, Command.Signal command) {
        Decision refusal = Permissions.refusal(
                state,
                command.by(),
                Capabilities::signal,
                ErrorCode.SIGNAL_NOT_PERMITTED,
                "The role of this token does not permit signals.");
        if (refusal == null) {
            refusal = refusal(command.signalType(), command.data());
        }
        if (refusal != null) {
            return refusal;
        }
        if (command.to() == null) {
            return Decision.Accepted.of(new LoggedEvent.Signal(command.by(), command.signalType(), command.data()));
        }
        return state.connection(command.to()) != null
                ? Decision.Accepted.with(new Effect.SendTo(
                        command.to(),
                        new ServerMessage.DirectSignal(command.by(), command.signalType(), command.data())))
                : new Decision.Rejected(ErrorCode.SIGNAL_NOT_FOUND, "The recipient is not in the session.");
    }

    private static @Nullable Decision refusal(@Nullable String type, @Nullable String data) {
        if (type != null && type.length() > Limits.SIGNAL_TYPE) {
            return new Decision.Rejected(
                    ErrorCode.SIGNAL_TOO_LONG, "The signal type is longer than " + Limits.SIGNAL_TYPE + " characters.");
        }
        if (type != null && !TYPE.matcher(type).matches()) {
            return new Decision.Rejected(
                    ErrorCode.SIGNAL_INVALID, "The signal type may contain only letters, digits and - _ ~ .");
        }
        if (data != null && !WellFormedText.isWellFormed(data)) {
            return new Decision.Rejected(
                    ErrorCode.SIGNAL_INVALID,
                    "The signal data is not valid Unicode: it contains half of a surrogate pair.");
        }
        if (data != null && isTooLong(data)) {
            return new Decision.Rejected(
                    ErrorCode.SIGNAL_TOO_LONG,
                    "The signal data is longer than " + Limits.SIGNAL_DATA_BYTES + " bytes.");
        }
        return null;
    }

    private static boolean isTooLong(String data) {
        return data.length() > Limits.SIGNAL_DATA_BYTES
                || (data.length() * 3 > Limits.SIGNAL_DATA_BYTES
                        && data.getBytes(StandardCharsets.UTF_8).length > Limits.SIGNAL_DATA_BYTES);
    }
}
