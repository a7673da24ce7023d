package dev.videosession.server.internal.http;

import dev.videosession.server.http.HttpReply;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Marks requests that a server must refuse by RFC 9112 with the refusal, which {@link RouteHandler} sends in its turn. Stands
 * before the handler that joins heads and bodies.
 */
public final class RequestCheck extends ChannelInboundHandlerAdapter {
    private static final Pattern HOST =
            Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._~%!$&'()*+,;=-]*)(:[0-9]{0,5})?");
    private static final String CHUNKED = "chunked";

    /** Creates the handler of one socket. */
    public RequestCheck() {}

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            HttpReply refusal = refusal(request);
            if (refusal != null) {
                request.headers().remove(HttpHeaderNames.EXPECT);
                request.setDecoderResult(DecoderResult.failure(new RefusedRequestException(refusal)));
            }
        }
        context.fireChannelRead(message);
    }

    private static @Nullable HttpReply refusal(HttpRequest request) {
        HttpHeaders headers = request.headers();
        HttpVersion version = request.protocolVersion();
        if (request.decoderResult().isFailure()) {
            boolean perhapsCoding = request.decoderResult().cause() instanceof IllegalArgumentException;
            return perhapsCoding ? codingRefusal(headers, version) : null;
        }
        if (version.majorVersion() != 1) {
            return HttpReply.error(505, "This server speaks HTTP/1.1.");
        }
        List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
        if (hosts.isEmpty() && !version.equals(HttpVersion.HTTP_1_0)) {
            return HttpReply.error(400, "The Host header is missing.");
        }
        if (hosts.size() > 1) {
            return HttpReply.error(400, "There is more than one Host header.");
        }
        if (!hosts.isEmpty() && !HOST.matcher(hosts.get(0).strip()).matches()) {
            return HttpReply.error(400, "The Host header is malformed.");
        }
        return codingRefusal(headers, version);
    }

    private static @Nullable HttpReply codingRefusal(HttpHeaders headers, HttpVersion version) {
        List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (codings.isEmpty()) {
            return null;
        }
        if (version.equals(HttpVersion.HTTP_1_0) || headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            return HttpReply.error(400, "Transfer-Encoding must not be used with HTTP/1.0 or Content-Length.");
        }
        List<String> names = Arrays.stream(
                        String.join(",", codings).toLowerCase(Locale.ROOT).split(",", -1))
                .map(String::strip)
                .toList();
        if (!names.stream().allMatch(CHUNKED::equals)) {
            return HttpReply.error(501, "The only accepted transfer coding is chunked.");
        }
        return names.size() == 1 ? null : HttpReply.error(400, "chunked is applied more than once.");
    }

    /** Why a request is refused. */
    static final class RefusedRequestException extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient HttpReply reply;

        RefusedRequestException(HttpReply reply) {
            super(reply.body(), null, false, false);
            this.reply = reply;
        }

        HttpReply reply() {
            return reply;
        }
    }
}
