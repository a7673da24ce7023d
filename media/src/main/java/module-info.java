/** WebRTC media: sources, frames and audio, devices, statistics and a Swing view. */
@SuppressWarnings("module")
module dev.videosession.media {
    requires dev.videosession.protocol;
    requires transitive java.desktop;
    requires java.management;
    requires static transitive org.jspecify;
    requires org.slf4j;
    requires webrtc.java;

    exports dev.videosession.media;
    exports dev.videosession.media.device;
    exports dev.videosession.media.feed;
    exports dev.videosession.media.probe;
    exports dev.videosession.media.source;
    exports dev.videosession.media.stats;
    exports dev.videosession.media.view;
    exports dev.videosession.media.internal.capture to
            dev.videosession.session;
    exports dev.videosession.media.internal.engine to
            dev.videosession.session;
    exports dev.videosession.media.internal.feed to
            dev.videosession.session;
    exports dev.videosession.media.internal.link to
            dev.videosession.session;
    exports dev.videosession.media.internal.rtc to
            dev.videosession.session;
    exports dev.videosession.media.internal.rtc.encoding to
            dev.videosession.session;
}
