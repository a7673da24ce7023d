package dev.videosession.protocol;

/**
 * What a connection may do, as its role decides. The server enforces it; a client uses it to show or hide controls.
 *
 * @param publish may publish streams
 * @param subscribe may subscribe to streams of others
 * @param signal may send signals
 * @param forceUnpublish may end the stream of another
 * @param forceDisconnect may remove another from the session
 * @param forceMute may mute others
 */
public record Capabilities(
        boolean publish,
        boolean subscribe,
        boolean signal,
        boolean forceUnpublish,
        boolean forceDisconnect,
        boolean forceMute) {}
