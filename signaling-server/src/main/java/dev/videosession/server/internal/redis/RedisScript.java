package dev.videosession.server.internal.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A Lua script that Redis runs as one atomic step. */
public final class RedisScript {
    private final byte[] source;
    private final String text;
    private final String digest;

    private RedisScript(byte[] source) {
        this.source = source;
        this.text = new String(source, StandardCharsets.UTF_8);
        try {
            this.digest = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(source)); // the name that Redis gives a script
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-1", e);
        }
    }

    /**
     * Creates a script from its text.
     *
     * @param source in Lua
     * @return the script
     */
    public static RedisScript of(String source) {
        return new RedisScript(source.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a script from a file of the program.
     *
     * @param owner a class of the package in which the file is
     * @param name of the file
     * @return the script
     */
    public static RedisScript read(Class<?> owner, String name) {
        try (InputStream file = owner.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("the script " + name + " is missing from the program");
            }
            return new RedisScript(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return its text} */
    public String text() {
        return text;
    }

    byte[] source() {
        return source;
    }

    String digest() {
        return digest;
    }
}
