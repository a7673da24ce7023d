package dev.videosession.server.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/**
 * Joins a request with its body, and refuses a body that is too long with an error that says so. What is left of such a
 * body is read and dropped until the socket's deadline: closing at once could take the error away from its reader.
 */
public final class BodyAggregator extends HttpObjectAggregator {
    /**
     * Makes the handler of one socket.
     *
     * @param maxBytes the longest body that is read
     */
    public BodyAggregator(int maxBytes) {
        super(maxBytes);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the deadline closes the socket
    protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
        HttpReply reply = HttpReply.error(413, "the body is longer than " + maxContentLength() + " bytes");
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                Unpooled.copiedBuffer(reply.body(), StandardCharsets.UTF_8));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, reply.contentType())
                .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
                .set(HttpHeaderNames.CONNECTION, "close");
        context.writeAndFlush(response).addListener(sent -> {
            if (context.channel() instanceof DuplexChannel channel) {
                channel.shutdownOutput();
            } else {
                context.close();
            }
        });
    }
}
