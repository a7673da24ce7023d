/** A program that embeds the signaling server. */
module example.host {
    requires dev.videosession.server;
}
