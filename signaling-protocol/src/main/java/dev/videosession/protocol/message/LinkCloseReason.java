package dev.videosession.protocol.message;

import dev.videosession.protocol.WireName;

/** Why the server closed a media link although both ends are still there. */
public enum LinkCloseReason implements WireName {
    /** One end sent more than the link's budget permits. */
    RATE_LIMIT("rateLimit"),
    /** A reason that this version does not know. */
    OTHER("other");

    private final String wireName;

    LinkCloseReason(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
