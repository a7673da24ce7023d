package dev.videosession.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bad network: passes TCP on to a server until it is told to cut, to refuse, or to swallow everything. */
final class FaultProxy implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FaultProxy.class);

    private final ServerSocket listener;
    private final InetSocketAddress target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean refusing;
    private volatile boolean swallowing;

    FaultProxy(URI server) {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        target = new InetSocketAddress(server.getHost(), server.getPort());
        start(this::acceptAll, "fault-proxy");
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** Resets every connection; new ones are accepted unless refused. */
    void cut() {
        for (Socket socket : sockets) {
            reset(socket);
        }
    }

    /** Resets new connections at once. */
    void refuse(boolean on) {
        refusing = on;
    }

    /** Lets everything vanish in both directions, resets too, while the connections stay open. */
    void swallow(boolean on) {
        swallowing = on;
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                Socket near = listener.accept();
                if (refusing) {
                    reset(near);
                    continue;
                }
                Socket far = new Socket();
                far.connect(target, 2_000);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                sockets.add(near);
                sockets.add(far);
                start(() -> pump(near, far), "fault-proxy-up");
                start(() -> pump(far, near), "fault-proxy-down");
            } catch (IOException e) {
                LOG.debug("proxy: {}", e.toString());
            }
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[16 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count; (count = in.read(buffer)) >= 0; ) {
                if (!swallowing) {
                    out.write(buffer, 0, count);
                }
            }
            if (!swallowing) {
                to.shutdownOutput();
            }
        } catch (IOException e) {
            if (!swallowing) {
                reset(from);
                reset(to);
            }
        }
    }

    private void reset(Socket socket) {
        sockets.remove(socket);
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            LOG.debug("proxy: {}", e.toString());
        }
    }

    private static void start(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            LOG.debug("proxy: {}", e.toString());
        }
        cut();
    }
}
