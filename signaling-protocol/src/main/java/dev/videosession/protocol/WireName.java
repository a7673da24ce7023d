package dev.videosession.protocol;

/** An enum constant that has its own spelling on the wire. */
public interface WireName {
    /** Returns the spelling used in JSON. */
    String wireName();
}
