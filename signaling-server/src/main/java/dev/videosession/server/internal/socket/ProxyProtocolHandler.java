package dev.videosession.server.internal.socket;

import dev.videosession.server.internal.address.ClientAddress;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.ProtocolDetectionResult;
import io.netty.handler.codec.ProtocolDetectionState;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import java.util.List;
import java.util.Optional;

/**
 * Reads the address of the client from the head of a socket of a trusted proxy, if it speaks the PROXY protocol, version 1
 * or 2. Stands before everything else, TLS included, and leaves the pipeline after the head.
 */
final class ProxyProtocolHandler extends ByteToMessageDecoder {
    private static final int MAX_EXTENSIONS = 1024;

    private final SocketOrigin origin;

    ProxyProtocolHandler(SocketOrigin origin) {
        this.origin = origin;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        ProtocolDetectionResult<HAProxyProtocolVersion> found = HAProxyMessageDecoder.detectProtocol(in);
        if (found.state() == ProtocolDetectionState.NEEDS_MORE_DATA) {
            return;
        }
        if (found.state() == ProtocolDetectionState.DETECTED) {
            context.pipeline().addAfter(context.name(), "proxiedClient", new Receiver());
            context.pipeline().addAfter(context.name(), "proxyHead", new HAProxyMessageDecoder(MAX_EXTENSIONS));
        }
        context.pipeline().remove(this); // passes on what has arrived
    }

    /** Takes the decoded head. */
    private final class Receiver extends SimpleChannelInboundHandler<HAProxyMessage> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, HAProxyMessage head) {
            client(head).ifPresent(origin::proxied);
            context.pipeline().remove(this);
        }
    }

    /** Empty for a connection of the proxy itself, as for a health check, and for Unix sockets. */
    private static Optional<ClientAddress> client(HAProxyMessage head) {
        String source = head.sourceAddress();
        if (head.command() != HAProxyCommand.PROXY || source == null) {
            return Optional.empty();
        }
        return ClientAddress.parseHost(source).map(host -> new ClientAddress(host, head.sourcePort()));
    }
}
