package dev.videosession.server.internal.http;

import dev.videosession.server.http.HttpReply;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import org.jspecify.annotations.Nullable;

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
        FullHttpResponse response = HttpResponses.of(tooLong(), false);
        context.writeAndFlush(response).addListener(sent -> {
            if (context.channel() instanceof DuplexChannel channel) {
                channel.shutdownOutput();
            } else {
                context.close();
            }
        });
    }

    private HttpReply tooLong() {
        return HttpReply.error(413, "The body is longer than " + maxContentLength() + " bytes.");
    }

    /** A request that is refused before its body was sent gets the same reply as one refused afterwards. */
    @Override
    protected @Nullable Object newContinueResponse(HttpMessage start, int maxBytes, ChannelPipeline pipeline) {
        Object response = super.newContinueResponse(start, maxBytes, pipeline);
        if (response instanceof FullHttpResponse refusal
                && refusal.status().codeClass() == HttpStatusClass.CLIENT_ERROR) {
            boolean keepAlive = HttpUtil.isKeepAlive(refusal);
            boolean tooLong = refusal.status().equals(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
            refusal.release();
            return HttpResponses.of(
                    tooLong ? tooLong() : HttpReply.error(417, "Only 100-continue can be expected."), keepAlive);
        }
        return response;
    }
}
