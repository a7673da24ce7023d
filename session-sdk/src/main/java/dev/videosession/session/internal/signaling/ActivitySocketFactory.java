package dev.videosession.session.internal.signaling;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;

/**
 * Sockets that report when they are connected, which OkHttp does not do for WebSockets, and when bytes arrive. Bytes count
 * below TLS and messages, so that a long message over a slow path is not taken for silence.
 */
final class ActivitySocketFactory extends SocketFactory {
    private final WebSocketConnector.Events events;

    ActivitySocketFactory(WebSocketConnector.Events events) {
        this.events = events;
    }

    @Override
    public Socket createSocket() {
        return new ActivitySocket(events);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw connected();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        throw connected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw connected();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        throw connected();
    }

    private static IOException connected() {
        return new IOException("sockets are made first and connected then");
    }

    private static final class ActivitySocket extends Socket {
        private final WebSocketConnector.Events events;

        ActivitySocket(WebSocketConnector.Events events) {
            this.events = events;
        }

        @Override
        public void connect(SocketAddress endpoint, int timeout) throws IOException {
            super.connect(endpoint, timeout);
            events.onReached();
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    int read = super.read();
                    events.onBytes();
                    return read;
                }

                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    int count = super.read(bytes, offset, length);
                    events.onBytes();
                    return count;
                }
            };
        }
    }
}
