package dev.videosession.session.signaling;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Sockets that tell when bytes arrive, below TLS and below messages: a long message over a slow path is no silence. */
final class HearingSockets extends SocketFactory {
    private final Runnable heard;

    /** {@code heard} is called on the thread that reads, after every read. */
    HearingSockets(Runnable heard) {
        this.heard = heard;
    }

    @Override
    public Socket createSocket() {
        return new HearingSocket(heard);
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

    private static final class HearingSocket extends Socket {
        private final Runnable heard;

        HearingSocket(Runnable heard) {
            this.heard = heard;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    int read = super.read();
                    heard.run();
                    return read;
                }

                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    int count = super.read(bytes, offset, length);
                    heard.run();
                    return count;
                }
            };
        }
    }
}
