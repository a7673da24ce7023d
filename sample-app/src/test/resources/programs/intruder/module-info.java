/** A program that must not compile. */
module example.intruder {
    requires dev.videosession.session;
}
