package dev.videosession.protocol.message;

import dev.videosession.protocol.WireName;

/** Whether the video of a link gives way to its audio because the path carries too little. */
public enum FallbackState implements WireName {
    /** Video is sent. */
    VIDEO("video"),
    /** Video is sent, and will be turned off unless the path improves. */
    WARNED("warned"),
    /** Only audio is sent. */
    AUDIO_ONLY("audioOnly");

    private final String wireName;

    FallbackState(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
