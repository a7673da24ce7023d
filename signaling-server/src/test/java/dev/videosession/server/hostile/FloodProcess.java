package dev.videosession.server.hostile;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Unauthenticated sockets in a process of their own: each opens a socket, says nothing, and opens the next one when the server closes it.
 * Arguments: the server's port, the number of unauthenticated sockets, the third part of their loopback addresses, and how many addresses
 * there are. A line of its input is {@code idle} (open all, none again), {@code reconnect} (again, as fast as it goes) or
 * {@code stop}; each is answered with the number of sockets that were opened so far.
 */
final class FloodProcess {
    /** Sockets that wait for the server to accept them. */
    private static final int WAITING = 128;

    private static final long TURN_MILLIS = 20;

    private final InetSocketAddress server;
    private final int part;
    private final int addresses;
    private final Selector selector = Selector.open();
    private final Deque<Integer> closed = new ArrayDeque<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(1024);
    private long opened;
    private int waiting;
    private boolean again;

    private FloodProcess(String[] arguments) throws IOException {
        server = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        part = Integer.parseInt(arguments[2]);
        addresses = Integer.parseInt(arguments[3]);
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            closed.add(i);
        }
    }

    @SuppressWarnings("SystemOut") // what the parent reads
    public static void main(String[] arguments) throws Exception {
        FloodProcess process = new FloodProcess(arguments);
        LinkedBlockingQueue<String> commands = new LinkedBlockingQueue<>();
        Thread input = new Thread(() -> read(commands), "input");
        input.setDaemon(true);
        input.start();
        String command = commands.poll(60, TimeUnit.SECONDS);
        while (command != null && !command.equals("stop")) {
            process.again = command.equals("reconnect");
            System.out.println(process.opened);
            command = process.run(commands);
        }
        System.out.println(process.opened);
    }

    private static void read(LinkedBlockingQueue<String> commands) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                commands.add(line);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } finally {
            commands.add("stop");
        }
    }

    private String run(LinkedBlockingQueue<String> commands) throws IOException {
        int first = again ? 0 : closed.size();
        while (true) {
            String command = commands.poll();
            if (command != null) {
                return command;
            }
            while (waiting < WAITING && !closed.isEmpty() && (again || first-- > 0)) {
                open(closed.remove());
            }
            selector.select(this::handle, TURN_MILLIS);
        }
    }

    private void open(int unauthenticated) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(new InetSocketAddress("127.0." + part + "." + (1 + unauthenticated % addresses), 0));
            waiting++;
            boolean connected = channel.connect(server);
            channel.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, unauthenticated);
            if (connected) {
                connected();
            }
        } catch (IOException e) { // no port is free: another time
            channel.close();
            closed.add(unauthenticated);
        }
    }

    private void connected() {
        waiting--;
        opened++;
    }

    private void handle(SelectionKey key) {
        SocketChannel channel = (SocketChannel) key.channel();
        boolean wasWaiting = key.isConnectable();
        try {
            if (wasWaiting) {
                channel.finishConnect();
                connected();
                wasWaiting = false;
                key.interestOps(SelectionKey.OP_READ);
                return;
            }
            buffer.clear();
            if (channel.read(buffer) >= 0) {
                return;
            }
        } catch (IOException e) {
            waiting -= wasWaiting ? 1 : 0;
        }
        closed.add((Integer) key.attachment());
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
