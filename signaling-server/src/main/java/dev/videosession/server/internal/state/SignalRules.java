package dev.videosession.server.internal.state;

import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Limits;
import dev.videosession.protocol.WellFormedText;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a signal may hold. */
final class SignalRules {
    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9_~.-]*");

    private SignalRules() {}

    static @Nullable Decision refuse(@Nullable String type, @Nullable String data) {
        if (type != null && type.length() > Limits.SIGNAL_TYPE) {
            return new Decision.Rejected(
                    ErrorCode.SIGNAL_TOO_LONG, "the type is longer than " + Limits.SIGNAL_TYPE + " characters");
        }
        if (type != null && !TYPE.matcher(type).matches()) {
            return new Decision.Rejected(
                    ErrorCode.SIGNAL_INVALID, "the type may hold letters, digits and - _ ~ . only");
        }
        if (data != null && !WellFormedText.isWellFormed(data)) {
            return new Decision.Rejected(
                    ErrorCode.SIGNAL_INVALID, "the data is not valid Unicode: half of a surrogate pair is in it");
        }
        if (data != null && isTooLong(data)) {
            return new Decision.Rejected(
                    ErrorCode.SIGNAL_TOO_LONG, "the data is longer than " + Limits.SIGNAL_DATA_BYTES + " bytes");
        }
        return null;
    }

    private static boolean isTooLong(String data) {
        return data.length() > Limits.SIGNAL_DATA_BYTES
                || (data.length() * 3 > Limits.SIGNAL_DATA_BYTES
                        && data.getBytes(StandardCharsets.UTF_8).length > Limits.SIGNAL_DATA_BYTES);
    }
}
