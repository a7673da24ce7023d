package dev.videosession.server.internal.router.janus;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The session of the offers of one peer connection. Janus writes another session id into the {@code o=} line of each offer, and to a
 * client another session is another peer connection (RFC 9429, section 5.2.2).
 */
final class OfferSession {
    private static final Pattern ID = Pattern.compile("(?m)^o=\\S+ (\\d+) ");

    private String id = "";

    /**
     * Gives an offer the session id of the first one.
     *
     * @param offer of Janus
     * @param first whether it is the first of its peer connection
     * @return the offer with that id; as it is if it has no {@code o=} line
     */
    String unify(String offer, boolean first) {
        Matcher origin = ID.matcher(offer);
        if (!origin.find()) {
            return offer;
        }
        if (first) {
            id = origin.group(1);
        }
        return offer.substring(0, origin.start(1)) + id + offer.substring(origin.end(1));
    }
}
