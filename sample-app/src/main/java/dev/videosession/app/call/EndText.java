package dev.videosession.app.call;

import dev.videosession.app.event.EventText;
import dev.videosession.app.text.Texts;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.session.SessionDisconnectEvent;

/**
 * Why a call has ended, for its user.
 *
 * @param title in a few words
 * @param explanation in a sentence or two, possibly empty
 * @param mayRejoin whether to offer to enter the session again
 */
record EndText(String title, String explanation, boolean mayRejoin) {
    /** After the user left. */
    static EndText left() {
        return new EndText(Texts.of("end.left"), "", true);
    }

    /** After something else ended the call. */
    static EndText of(SessionDisconnectEvent event) {
        String said = event.message()
                .map(message -> Texts.of("end.message", EventText.message(message)))
                .orElse("");
        String key = key(event.detail());
        String explanation = Texts.of("end." + key + ".text");
        return new EndText(
                Texts.of("end." + key),
                said.isEmpty() ? explanation : said,
                event.detail() != DisconnectDetail.BANNED && event.detail() != DisconnectDetail.SESSION_CLOSED);
    }

    private static String key(DisconnectDetail detail) {
        return switch (detail) {
            case KICKED -> "removed";
            case BANNED -> "banned";
            case SESSION_CLOSED -> "closed";
            case IDLE -> "idle";
            case POLICY -> "policy";
            case REPLACED -> "replaced";
            case LEFT, SLOW_CONSUMER, PROTOCOL_ERROR, SILENT, SOCKET_LOST, SERVER_SHUTDOWN, OTHER -> "lost";
        };
    }
}
