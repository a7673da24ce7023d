package dev.videosession.server.internal.router.janus.session;

import dev.videosession.server.fixture.SampleSdp;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;

/** A Janus whose answers a test decides. It records what it is asked for. */
public final class FakeJanus implements AutoCloseable {
    private static final int MAX_MESSAGE = 1024 * 1024;

    public final List<String> asked = new CopyOnWriteArrayList<>();
    private final EventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("test", true), NioIoHandler.newFactory());
    private final AtomicLong handles = new AtomicLong(100);
    private final Channel server;
    private volatile Channel client;

    /** What happens to a request that has this name. */
    public volatile BiFunction<String, JanusJson, Reaction> reaction = (name, request) -> Reaction.ANSWER;

    /** The only track of each subscription. */
    public volatile Map<String, Object> track = Map.of("type", "video");

    /** What happens to a request. */
    public enum Reaction {
        ANSWER,
        REFUSE_AS_KNOWN,
        REFUSE_DESCRIPTION,
        IGNORE,
        ANSWER_LATE,
        CUT
    }

    public FakeJanus() {
        server = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel made) {
                        client = made;
                        made.pipeline()
                                .addLast(
                                        new HttpServerCodec(),
                                        new HttpObjectAggregator(MAX_MESSAGE),
                                        new WebSocketServerProtocolHandler("/", "janus-protocol", true, MAX_MESSAGE),
                                        new Requests());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    public URI uri() {
        return URI.create("ws://127.0.0.1:" + ((InetSocketAddress) server.localAddress()).getPort() + "/");
    }

    /** Says something about a handle. */
    public void tell(long handle, Map<String, ?> message) {
        Map<String, Object> complete = new LinkedHashMap<>(message);
        complete.put("session_id", 7);
        complete.put("sender", handle);
        client.writeAndFlush(new TextWebSocketFrame(JanusJson.write(complete)));
    }

    /** Ends the socket. */
    public void cut() {
        client.close();
    }

    public void stopReading() {
        client.config().setAutoRead(false);
    }

    private final class Requests extends SimpleChannelInboundHandler<TextWebSocketFrame> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
            JanusJson request = JanusJson.parse(frame.text());
            JanusJson body = request.object("body");
            String name = body == null ? request.requireText("janus") : body.requireText("request");
            long handle = request.number("handle_id");
            asked.add(handle == 0 ? name : name + " " + handle);
            switch (reaction.apply(name, request)) {
                case ANSWER -> write(context, answer(request, name));
                case REFUSE_AS_KNOWN -> refuse(context, request, "exists", 427);
                case REFUSE_DESCRIPTION -> refuse(context, request, "Error parsing offer", 437);
                case ANSWER_LATE -> {
                    Map<String, Object> late = answer(request, name);
                    context.executor().schedule(() -> write(context, late), 600, TimeUnit.MILLISECONDS);
                }
                case CUT -> context.close();
                case IGNORE -> asked.add("ignored " + name);
            }
        }

        private void write(ChannelHandlerContext context, Map<String, Object> message) {
            context.writeAndFlush(new TextWebSocketFrame(JanusJson.write(message)));
        }

        private void refuse(ChannelHandlerContext context, JanusJson request, String error, int code) {
            write(context, plugin(request, Map.of("videoroom", "event", "error", error, "error_code", code), null));
        }

        private Map<String, Object> answer(JanusJson request, String name) {
            return switch (name) {
                case "create" ->
                    request.object("body") == null
                            ? success(request, 7)
                            : plugin(request, Map.of("videoroom", "created"), null);
                case "attach" -> success(request, handles.incrementAndGet());
                case "joinandconfigure" ->
                    plugin(request, Map.of("videoroom", "joined"), Map.of("type", "answer", "sdp", SampleSdp.answer()));
                case "join" -> plugin(request, Map.of("videoroom", "attached", "streams", List.of(track)), null);
                case "configure" ->
                    plugin(
                            request,
                            Map.of("videoroom", "event"),
                            request.has("jsep") ? Map.of("type", "answer", "sdp", SampleSdp.answer()) : null);
                case "exists", "destroy" -> plugin(request, Map.of("videoroom", "success"), null);
                default -> success(request, 0);
            };
        }

        private static Map<String, Object> success(JanusJson request, long id) {
            Map<String, Object> message = new LinkedHashMap<>();
            message.put("janus", "success");
            message.put("transaction", request.requireText("transaction"));
            message.put("data", Map.of("id", id));
            return message;
        }

        private static Map<String, Object> plugin(JanusJson request, Map<String, ?> data, Map<String, ?> jsep) {
            Map<String, Object> message = new LinkedHashMap<>();
            message.put("janus", "event");
            message.put("transaction", request.requireText("transaction"));
            message.put("sender", request.number("handle_id"));
            message.put("plugindata", Map.of("plugin", "janus.plugin.videoroom", "data", data));
            if (jsep != null) {
                message.put("jsep", jsep);
            }
            return message;
        }
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
