/** The messages between clients and the signaling server: types, codec, identifiers, codes and session descriptions. */
@SuppressWarnings({"module", "requires-automatic"})
module dev.videosession.protocol {
    requires com.squareup.moshi;
    requires kotlin.stdlib; // okio needs it and, as an automatic module, cannot say so
    requires okio;
    requires static transitive org.jspecify;

    exports dev.videosession.protocol;
    exports dev.videosession.protocol.codec;
    exports dev.videosession.protocol.message;
    exports dev.videosession.protocol.time;
    exports dev.videosession.protocol.grammar to
            dev.videosession.media,
            dev.videosession.server,
            dev.videosession.session;
    exports dev.videosession.protocol.ice to
            dev.videosession.media,
            dev.videosession.server,
            dev.videosession.session;
    exports dev.videosession.protocol.rtp to
            dev.videosession.media,
            dev.videosession.server,
            dev.videosession.session;
    exports dev.videosession.protocol.sdp to
            dev.videosession.media,
            dev.videosession.server,
            dev.videosession.session;
    exports dev.videosession.protocol.text to
            dev.videosession.server,
            dev.videosession.session;
}
