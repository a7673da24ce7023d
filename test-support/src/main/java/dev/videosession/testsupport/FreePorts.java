package dev.videosession.testsupport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports of the loopback interface for programs that do not choose one themselves. Thread-safe. */
public final class FreePorts {
    /** Below the ports that Linux gives to sockets without one: no other test gets one of these by chance. */
    private static final int FIRST = 10_000;

    private static final int LAST = 32_000;
    private static final int ATTEMPTS = 100;

    private FreePorts() {}

    /**
     * Finds a port on which nothing listens. Tests run in several processes at a time, so the port is a random one.
     *
     * @return the port
     * @throws IOException if there is none
     */
    public static int next() throws IOException {
        IOException last = new IOException("no port is free");
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }
}
