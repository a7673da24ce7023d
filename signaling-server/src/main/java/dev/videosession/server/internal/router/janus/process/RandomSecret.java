package dev.videosession.server.internal.router.janus.process;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Unguessable names and secrets. */
public final class RandomSecret {
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomSecret() {}

    /**
     * Makes a secret.
     *
     * @param bytes of randomness
     * @return hexadecimal digits, two for each byte
     */
    public static String hex(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
