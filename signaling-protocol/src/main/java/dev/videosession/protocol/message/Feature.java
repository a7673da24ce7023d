package dev.videosession.protocol.message;

import dev.videosession.protocol.WireName;
import dev.videosession.protocol.text.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that one side understands beyond the first version of the protocol. A client names its features in
 * {@code connect}, the server in {@code connected}; neither uses one that the other did not name.
 */
public enum Feature implements WireName {
    /** Several ICE candidates in one {@code candidates} message. */
    CANDIDATE_BATCHES("candidates"),
    /** New ICE servers during a connection, in an {@code iceServers} message. */
    ICE_SERVER_RENEWAL("iceServers"),
    /** Of the server only: the links of this session go through a media router. */
    MEDIA_ROUTER("router"),
    /** {@link LinkMessage.ReceptionReport}, {@link LinkMessage.Fallback} and {@link LinkMessage.Probe}. */
    QUALITY("quality");

    /** Every feature that a client of this version has, and every server, as they are announced. */
    public static final List<String> ALL =
            List.of(CANDIDATE_BATCHES.wireName(), ICE_SERVER_RENEWAL.wireName(), QUALITY.wireName());

    /** What a server announces in a session whose links go through a media router. */
    public static final List<String> ROUTED = List.of(
            CANDIDATE_BATCHES.wireName(), ICE_SERVER_RENEWAL.wireName(), QUALITY.wireName(), MEDIA_ROUTER.wireName());

    /** How many features one side may announce. */
    static final int MOST = 32;

    private final String wireName;

    Feature(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }

    /**
     * Tells whether a side announced this feature.
     *
     * @param announced what it announced, or null if it announced nothing
     * @return true if it may be used
     */
    public boolean isIn(@Nullable List<String> announced) {
        return announced != null && announced.contains(wireName);
    }

    static @Nullable List<String> checked(@Nullable List<String> announced) {
        if (announced == null) {
            return null;
        }
        Text.requireRange("features", announced.size(), 0, MOST);
        announced.forEach(feature -> Text.requireToken("features", feature, 64));
        return List.copyOf(announced);
    }
}
