/** A program on the module path. */
module example.viewer {
    requires dev.videosession.session;
}
