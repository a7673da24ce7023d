/** A JavaFX view for the video of sessions. */
@SuppressWarnings("requires-automatic")
module dev.videosession.media.fx {
    requires transitive dev.videosession.media;
    requires transitive javafx.graphics;
    requires static transitive org.jspecify;
    requires org.slf4j;

    exports dev.videosession.media.fx;
}
