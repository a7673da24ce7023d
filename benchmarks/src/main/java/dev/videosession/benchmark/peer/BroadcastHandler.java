package dev.videosession.benchmark.peer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.io.IOException;

/** Upgrades a request and joins the room of its path. */
final class BroadcastHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final int FINAL_TEXT = 0x81;
    private static final int LONGEST = 125;

    private final Rooms rooms;

    BroadcastHandler(Rooms rooms) {
        this.rooms = rooms;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        String path = request.uri();
        WebSocketServerHandshaker handshaker =
                new WebSocketServerHandshakerFactory("ws://localhost", null, false).newHandshaker(request);
        handshaker.handshake(context.channel(), request).addListener(done -> {
            if (done.isSuccess()) {
                ChannelHandlerContext first = context.pipeline().firstContext();
                context.pipeline().addLast(new Texts(rooms, path, first)).remove(this);
                rooms.add(path, first);
            }
        });
    }

    private static final class Texts extends ChannelInboundHandlerAdapter {
        private final Rooms rooms;
        private final String path;
        /** What is written here passes no encoder. */
        private final ChannelHandlerContext first;

        Texts(Rooms rooms, String path, ChannelHandlerContext first) {
            this.rooms = rooms;
            this.path = path;
            this.first = first;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof TextWebSocketFrame text) {
                rooms.broadcast(path, frame(context, text.content()));
                text.release();
            } else {
                context.fireChannelRead(message);
            }
        }

        private static ByteBuf frame(ChannelHandlerContext context, ByteBuf text) {
            int length = text.readableBytes();
            if (length > LONGEST) {
                throw new IllegalArgumentException(
                        "texts of the benchmarks are short, this one has " + length + " bytes");
            }
            ByteBuf frame = context.alloc().ioBuffer(2 + length);
            return frame.writeByte(FINAL_TEXT).writeByte(length).writeBytes(text);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            rooms.remove(path, first);
            context.fireChannelInactive();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (!(cause instanceof IOException)) {
                context.fireExceptionCaught(cause);
            }
        }
    }
}
