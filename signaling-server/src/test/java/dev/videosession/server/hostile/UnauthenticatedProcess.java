package dev.videosession.server.hostile;

import dev.videosession.server.fixture.RawSocket;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Opens many sockets from a process of its own, because one process may not have so many, and says how they end. A line of
 * its input is {@code KIND COUNT ADDRESSES}, answered when they are open; {@code wait} is answered when all have ended.
 */
final class UnauthenticatedProcess {
    private static final Map<String, String> FIRST_WORDS =
            Map.of("idle", "", "half", "GET /health HTTP/1.1\r\nX-Slow: ", "upgraded", RawSocket.UPGRADE);

    private final InetSocketAddress server;
    private final Selector selector = Selector.open();
    private final Map<String, Integer> ends = new TreeMap<>();
    private int open;
    private int upgraded;

    /** One socket. */
    private static final class OpenSocket {
        final String kind;
        final StringBuilder heard = new StringBuilder();

        OpenSocket(String kind) {
            this.kind = kind;
        }

        /** The status of HTTP, or the code of the close frame behind an error message. */
        String end() {
            String text = heard.toString();
            if (text.startsWith("HTTP/1.1 101")) {
                int close = text.indexOf('\u0088');
                return close < 0 ? "none" : Integer.toString(text.charAt(close + 2) << 8 | text.charAt(close + 3));
            }
            return text.isEmpty() ? "closed" : text.substring(9, 12);
        }
    }

    private UnauthenticatedProcess(InetSocketAddress server) throws IOException {
        this.server = server;
    }

    @SuppressWarnings("SystemOut") // what the parent reads
    public static void main(String[] arguments) throws IOException {
        InetSocketAddress server =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        UnauthenticatedProcess process = new UnauthenticatedProcess(server);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("wait")) {
                while (process.open > 0) {
                    process.read();
                }
                System.out.println(process.ends);
            } else {
                process.gather(words[0], Integer.parseInt(words[1]), Integer.parseInt(words[2]));
                System.out.println("open " + process.open);
            }
        }
    }

    private void gather(String kind, int count, int addresses) throws IOException {
        int before = upgraded;
        byte[] firstWords = FIRST_WORDS.get(kind).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.bind(new InetSocketAddress("127.0.1." + (1 + i % addresses), 0));
            channel.connect(server);
            channel.write(ByteBuffer.wrap(firstWords));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new OpenSocket(kind));
            open++;
        }
        while (kind.equals("upgraded") && upgraded - before < count) {
            read();
        }
    }

    private void read() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        selector.select(key -> {
            OpenSocket socket = (OpenSocket) key.attachment();
            try {
                SocketChannel channel = (SocketChannel) key.channel();
                buffer.clear();
                int n = readOrEnd(channel, buffer);
                if (n < 0) {
                    ends.merge(socket.kind + "=" + socket.end(), 1, Integer::sum);
                    open--;
                    channel.close();
                    return;
                }
                boolean first = socket.heard.length() == 0;
                socket.heard.append(new String(buffer.array(), 0, n, StandardCharsets.ISO_8859_1));
                if (first && socket.heard.toString().startsWith("HTTP/1.1 101")) {
                    upgraded++;
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static int readOrEnd(SocketChannel channel, ByteBuffer buffer) {
        try {
            return channel.read(buffer);
        } catch (IOException e) {
            return -1;
        }
    }
}
