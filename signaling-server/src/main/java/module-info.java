/** The signaling server for programs that embed it: the server, its settings, projects, tokens and control of sessions. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module dev.videosession.server {
    requires com.auth0.jwt;
    requires com.squareup.moshi;
    requires transitive dev.videosession.protocol;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.haproxy;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires java.management;
    requires transitive java.net.http;
    requires transitive micrometer.core;
    requires micrometer.registry.prometheus;
    requires jdk.management;
    requires lettuce.core;
    requires okio;
    requires static transitive org.jspecify;
    requires org.slf4j;

    exports dev.videosession.server;
    exports dev.videosession.server.admission;
    exports dev.videosession.server.control;
    exports dev.videosession.server.file;
    exports dev.videosession.server.http;
    exports dev.videosession.server.metrics;
    exports dev.videosession.server.project;
    exports dev.videosession.server.settings;
    exports dev.videosession.server.token;
}
