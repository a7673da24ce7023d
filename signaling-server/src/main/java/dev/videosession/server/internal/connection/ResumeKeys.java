package dev.videosession.server.internal.connection;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The keys with which a client may come back: the newest, and until the client has shown that it has that one, the one
 * with which it came. Immutable; prints nothing.
 */
public final class ResumeKeys {
    static final ResumeKeys NONE = new ResumeKeys(new byte[0], new byte[0]);

    private final byte[] newest;
    private final byte[] used;

    private ResumeKeys(byte[] newest, byte[] used) {
        this.newest = newest;
        this.used = used;
    }

    ResumeKeys renewed(String usedKey, String newKey) {
        return new ResumeKeys(bytes(newKey), bytes(usedKey));
    }

    ResumeKeys confirmed() {
        return used.length == 0 ? this : new ResumeKeys(newest, new byte[0]);
    }

    /**
     * Checks a key, in a time that tells nothing about the keys.
     *
     * @param key the key of a resume request
     * @return whether it is one of these
     */
    public boolean open(String key) {
        byte[] offered = bytes(key);
        return matches(newest, offered) || matches(used, offered);
    }

    private static boolean matches(byte[] key, byte[] offered) {
        return key.length > 0 && MessageDigest.isEqual(key, offered);
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
