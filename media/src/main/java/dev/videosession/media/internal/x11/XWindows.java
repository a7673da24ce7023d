package dev.videosession.media.internal.x11;

import java.awt.Dimension;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The windows of an X server, and their contents. One thread at a time. */
public final class XWindows implements AutoCloseable {
    private static final int GET_WINDOW_ATTRIBUTES = 3;
    private static final int GET_GEOMETRY = 14;
    private static final int QUERY_TREE = 15;
    private static final int INTERN_ATOM = 16;
    private static final int GET_PROPERTY = 20;
    private static final int GET_IMAGE = 73;
    private static final int QUERY_EXTENSION = 98;
    private static final int COMPOSITE_VERSION = 0;
    private static final int COMPOSITE_REDIRECT = 1;
    private static final int WM_NAME = 39;
    private static final int VIEWABLE = 2;
    private static final int Z_PIXMAP = 2;
    private static final int SMALLEST = 32;
    private static final int MOST_WINDOWS = 1_000;
    private static final int MOST_WORDS = 1_024;

    private final XConnection connection;

    private XWindows(XConnection connection) {
        this.connection = connection;
    }

    /**
     * A window that a user would call one.
     *
     * @param id of the X server
     * @param title as the window manager shows it
     * @param process id of its process, 0 if it does not say
     */
    public record Found(int id, String title, int process) {}

    /**
     * Connects to the display of this process.
     *
     * @return the windows; empty without an X server on this machine
     * @throws IOException if the server refuses the connection
     */
    public static Optional<XWindows> open() throws IOException {
        Optional<XAddress> address = XAddress.ofEnvironment();
        return address.isEmpty() ? Optional.empty() : Optional.of(new XWindows(XConnection.open(address.get())));
    }

    /** {@return the visible windows with a title: those of the window manager, or, if there is none, those of the screen} */
    public List<Found> list() throws IOException {
        ByteBuffer managed = property(connection.root(), atom("_NET_CLIENT_LIST"), MOST_WINDOWS);
        List<Integer> ids = new ArrayList<>();
        while (managed.remaining() >= 4) {
            ids.add(managed.getInt());
        }
        if (ids.isEmpty()) {
            ByteBuffer tree = connection.ask(QUERY_TREE, 0, word(connection.root()));
            int count = Math.min(MOST_WINDOWS, Short.toUnsignedInt(tree.getShort(16)));
            for (int i = 0; i < count; i++) {
                ids.add(tree.getInt(32 + 4 * i));
            }
        }
        List<Found> found = new ArrayList<>();
        for (int id : ids) {
            try {
                found(id).ifPresent(found::add);
            } catch (XConnection.RefusedException e) {
                // the window was closed meanwhile
            }
        }
        return found;
    }

    private Optional<Found> found(int id) throws IOException {
        Dimension size = size(id);
        String title = title(id);
        if (!isVisible(id) || size.width < SMALLEST || size.height < SMALLEST || title.isBlank()) {
            return Optional.empty();
        }
        ByteBuffer process = property(id, atom("_NET_WM_PID"), 1);
        return Optional.of(new Found(id, title, process.remaining() >= 4 ? process.getInt() : 0));
    }

    private String title(int id) throws IOException {
        String title = text(property(id, atom("_NET_WM_NAME"), MOST_WORDS), StandardCharsets.UTF_8);
        return title.isBlank() ? text(property(id, WM_NAME, MOST_WORDS), StandardCharsets.ISO_8859_1) : title;
    }

    /** {@return whether a window is on the screen: neither minimized nor on another desktop} */
    public boolean isVisible(int id) throws IOException {
        return connection.ask(GET_WINDOW_ATTRIBUTES, 0, word(id)).get(26) == VIEWABLE;
    }

    /** {@return the size of a window in pixels, without what the window manager adds} */
    public Dimension size(int id) throws IOException {
        ByteBuffer geometry = connection.ask(GET_GEOMETRY, 0, word(id));
        return new Dimension(Short.toUnsignedInt(geometry.getShort(16)), Short.toUnsignedInt(geometry.getShort(18)));
    }

    /**
     * Asks the server to draw a window apart from the screen as long as this connection is open, so that windows above it are not captured.
     * A
     * server that cannot do that captures what is on the screen.
     */
    public void redirect(int id) throws IOException {
        byte[] name = "Composite".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer extension = connection.ask(
                QUERY_EXTENSION,
                0,
                XConnection.buffer(4 + XConnection.padded(name.length))
                        .putShort((short) name.length)
                        .putShort((short) 0)
                        .put(name)
                        .array());
        if (extension.get(8) != 0) {
            int opcode = Byte.toUnsignedInt(extension.get(9));
            connection.ask(
                    opcode,
                    COMPOSITE_VERSION,
                    XConnection.buffer(8).putInt(0).putInt(4).array());
            connection.send(
                    opcode, COMPOSITE_REDIRECT, XConnection.buffer(8).putInt(id).array());
        }
    }

    /**
     * Copies the contents of a visible window.
     *
     * @param size of the window
     * @param pixels gets them, row after row, as {@code 0xRRGGBB}
     * @return false if the window was hidden or made smaller meanwhile
     * @throws IOException if the window was closed, or its colors have no eight bits
     */
    public boolean capture(int id, Dimension size, int[] pixels) throws IOException {
        ByteBuffer image;
        try {
            image = connection.ask(
                    GET_IMAGE,
                    Z_PIXMAP,
                    XConnection.buffer(16)
                            .putInt(id)
                            .putShort((short) 0)
                            .putShort((short) 0)
                            .putShort((short) size.width)
                            .putShort((short) size.height)
                            .putInt(-1)
                            .array());
        } catch (XConnection.RefusedException e) {
            size(id);
            return false;
        }
        int depth = image.get(1);
        if ((depth != 24 && depth != 32) || image.limit() < 32 + 4 * size.width * size.height) {
            throw new IOException(
                    "The window has a color depth of " + depth + " bits; only 24 and 32 can be captured.");
        }
        image.position(32);
        if (connection.littleEndianImages()) {
            image.asIntBuffer().get(pixels, 0, size.width * size.height);
        } else {
            for (int i = 0; i < size.width * size.height; i++) {
                pixels[i] = Integer.reverseBytes(image.getInt());
            }
        }
        return true;
    }

    private int atom(String name) throws IOException {
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        return connection
                .ask(
                        INTERN_ATOM,
                        1,
                        XConnection.buffer(4 + XConnection.padded(bytes.length))
                                .putShort((short) bytes.length)
                                .putShort((short) 0)
                                .put(bytes)
                                .array())
                .getInt(8);
    }

    /** {@return the value of a property, empty if the window has none} */
    private ByteBuffer property(int id, int atom, int words) throws IOException {
        if (atom == 0) {
            return XConnection.buffer(0); // no program has used the name yet
        }
        ByteBuffer reply = connection.ask(
                GET_PROPERTY,
                0,
                XConnection.buffer(20)
                        .putInt(id)
                        .putInt(atom)
                        .putInt(0)
                        .putInt(0)
                        .putInt(words)
                        .array());
        int length = reply.getInt(16) * (reply.get(1) / 8);
        return reply.position(32).limit(Math.max(32, Math.min(reply.limit(), 32 + length)));
    }

    private static String text(ByteBuffer value, Charset charset) {
        return charset.decode(value).toString();
    }

    private static byte[] word(int value) {
        return XConnection.buffer(4).putInt(value).array();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
