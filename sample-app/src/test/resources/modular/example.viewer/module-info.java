/** A program on the module path. */
module example.viewer {
    requires dev.videosession.media;
    requires dev.videosession.protocol;
    requires dev.videosession.session;
    requires io.reactivex.rxjava3;
}
