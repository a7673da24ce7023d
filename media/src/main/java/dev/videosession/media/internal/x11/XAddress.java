package dev.videosession.media.internal.x11;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the X server of this machine listens.
 *
 * @param socket its Unix socket
 * @param display its number, as text
 */
record XAddress(Path socket, String display) {
    private static final Pattern LOCAL = Pattern.compile("(?:unix)?:([0-9]{1,5})(?:\\.[0-9]+)?");
    private static final String COOKIE = "MIT-MAGIC-COOKIE-1";

    /** {@return the server of the environment variable DISPLAY; empty if it is not set, on another machine, or has no Unix socket} */
    static Optional<XAddress> ofEnvironment() {
        String display = System.getenv("DISPLAY");
        Matcher local = LOCAL.matcher(display == null ? "" : display);
        if (!local.matches()) {
            return Optional.empty();
        }
        Path socket = Path.of("/tmp/.X11-unix/X" + local.group(1));
        return Files.exists(socket) ? Optional.of(new XAddress(socket, local.group(1))) : Optional.empty();
    }

    /** {@return the secret that the server wants, from the file that XAUTHORITY or the home directory has; empty if there is none} */
    byte[] cookie() {
        String named = System.getenv("XAUTHORITY");
        Path file = named == null || named.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".Xauthority")
                : Path.of(named);
        try {
            return Files.isReadable(file) ? cookie(ByteBuffer.wrap(Files.readAllBytes(file))) : new byte[0];
        } catch (IOException | RuntimeException e) {
            return new byte[0]; // the server says whether it wants one
        }
    }

    /** Entries of family, address, display, name and data; each one but the family has its length before it, big-endian. */
    private byte[] cookie(ByteBuffer entries) {
        while (entries.hasRemaining()) {
            entries.getShort();
            field(entries);
            String number = text(field(entries));
            String name = text(field(entries));
            byte[] data = field(entries);
            if (name.equals(COOKIE) && (number.isEmpty() || number.equals(display))) {
                return data;
            }
        }
        return new byte[0];
    }

    private static byte[] field(ByteBuffer entries) {
        byte[] field = new byte[Short.toUnsignedInt(entries.getShort())];
        entries.get(field);
        return field;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
