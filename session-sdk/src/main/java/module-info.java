/** The client: sessions, publishers, subscribers and their events. */
@SuppressWarnings("requires-automatic")
module dev.videosession.session {
    requires transitive dev.videosession.media;
    requires transitive dev.videosession.protocol;
    requires transitive io.reactivex.rxjava3;
    requires transitive okhttp3;
    requires okio;
    requires static transitive org.jspecify;
    requires org.slf4j;

    exports dev.videosession.session;
    exports dev.videosession.session.precall;
}
