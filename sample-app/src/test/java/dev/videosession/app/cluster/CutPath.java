package dev.videosession.app.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The way to a port of this machine, which can be cut. What is sent meanwhile is held and arrives when the way is open again, the
 * bytes of closed connections included.
 */
final class CutPath implements AutoCloseable {
    private static final int LONGEST_TEXT = 100;

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private boolean cut;
    private boolean answersHeld;
    private @Nullable String holdsAfter;

    CutPath(int target) throws IOException {
        this.target = target;
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Lets nothing pass, or everything again. */
    synchronized void cut(boolean on) {
        cut = on;
        notifyAll();
    }

    /** Lets only what is sent to the port pass, or everything again. */
    synchronized void holdAnswers(boolean on) {
        answersHeld = on;
        notifyAll();
    }

    /** Holds the answers from the moment on at which a text is sent to the port. */
    synchronized void holdAnswersAfter(String text) {
        holdsAfter = text;
    }

    private synchronized void look(String sent) {
        if (holdsAfter != null && sent.contains(holdsAfter)) {
            holdsAfter = null;
            answersHeld = true;
        }
    }

    private synchronized void awaitOpen(boolean answers) throws InterruptedException {
        while (cut || (answers && answersHeld)) {
            wait();
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "cut-path");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket near = listener.accept();
                sockets.add(near);
                start(() -> connect(near));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void connect(Socket near) {
        Socket far = new Socket();
        sockets.add(far);
        try {
            awaitOpen(false);
            far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            start(() -> pass(far, near, true));
            pass(near, far, false);
        } catch (IOException e) {
            close(near);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(Socket from, Socket to, boolean answers) {
        byte[] buffer = new byte[16 * 1024];
        try {
            InputStream in = from.getInputStream();
            String end = "";
            for (int count; (count = in.read(buffer)) >= 0; ) {
                if (!answers) {
                    String sent = end + new String(buffer, 0, count, StandardCharsets.ISO_8859_1);
                    look(sent);
                    end = sent.substring(Math.max(0, sent.length() - LONGEST_TEXT));
                }
                awaitOpen(answers);
                to.getOutputStream().write(buffer, 0, count);
            }
            awaitOpen(answers);
        } catch (IOException e) {
            // the other way ended
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close(from);
        close(to);
    }

    private void close(Socket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            // closed as well as it can be
        }
    }

    /** Drops everything that is held, and takes no further connection. */
    @Override
    public void close() throws IOException {
        listener.close();
        sockets.forEach(this::close);
        cut(false);
        holdAnswers(false);
    }
}
