package dev.videosession.server.internal.http;

import dev.videosession.protocol.time.TimeSource;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * The requests and answers of one socket: bounds how many there are and how long it goes on, and closes the socket behind the
 * last answer. What the client sends after that is read and dropped for a moment, because closing at once could take the
 * answer from it. Stands where one request at a time passes.
 */
public final class HttpConversation extends ChannelDuplexHandler {
    /** Requests over one socket. */
    static final int REQUESTS = 1000;

    /** After this time the next answer is the last one. */
    static final long SECONDS = 60;

    private static final long LINGER_MILLIS = 1000;

    private final Listener listener;
    private final TimeSource time;
    private final long endNanos;
    private int requests;
    private boolean last;

    /** Learns what happens. Called on the socket's loop. */
    public interface Listener {
        /**
         * A request came.
         *
         * @param headers its headers
         */
        void requested(HttpHeaders headers);

        /** The request was answered. */
        void answered();
    }

    /**
     * Makes the handler of one socket.
     *
     * @param listener learns what happens
     * @param time the monotonic clock
     */
    public HttpConversation(Listener listener, TimeSource time) {
        this.listener = listener;
        this.time = time;
        this.endNanos = time.nanos() + TimeUnit.SECONDS.toNanos(SECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (last) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof FullHttpRequest request) {
            requests++;
            listener.requested(request.headers());
        }
        context.fireChannelRead(message);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // passed on as it came
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        ChannelPromise passedOn = promise;
        if (message instanceof FullHttpResponse response
                && !response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            listener.answered();
            if (requests >= REQUESTS || time.nanos() - endNanos >= 0) {
                HttpUtil.setKeepAlive(response, false);
            }
            if (!HttpUtil.isKeepAlive(response)) {
                last = true;
                passedOn = promise.unvoid();
                passedOn.addListener(sent -> finish(context.channel()));
            }
        }
        context.write(message, passedOn);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nothing depends on the close
    private static void finish(Channel channel) {
        if (channel instanceof DuplexChannel duplex && channel.pipeline().get(SslHandler.class) == null) {
            duplex.shutdownOutput();
            channel.eventLoop().schedule(() -> channel.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            channel.close();
        }
    }
}
