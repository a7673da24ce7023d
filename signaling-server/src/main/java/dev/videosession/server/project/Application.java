package dev.videosession.server.project;

import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.UUID;

/**
 * The credentials of a project for Vonage's unified Video API: an application id, and public keys that verify what the
 * backend signs with its private key. The server never sees a private key.
 *
 * @param id the application id
 * @param publicKeys all that are accepted, 1 to {@value #MAX_KEYS}; each an RSA key of {@value #MIN_KEY_BITS} to
 *     {@value #MAX_KEY_BITS} bits whose exponent is odd, at least 3 and below 2<sup>32</sup>
 */
public record Application(UUID id, List<RSAPublicKey> publicKeys) {
    /** Shortest accepted RSA modulus, in bits. */
    public static final int MIN_KEY_BITS = 2048;
    /** Longest accepted RSA modulus, in bits: the time that a verification takes grows with it. */
    public static final int MAX_KEY_BITS = 8192;

    /** Most public keys of one application: each may be tried on every token. */
    public static final int MAX_KEYS = 8;

    private static final int MAX_EXPONENT_BITS = 32;

    public Application {
        publicKeys = List.copyOf(publicKeys);
        if (publicKeys.isEmpty()) {
            throw new IllegalArgumentException("application " + id + " has no public key");
        }
        if (publicKeys.size() > MAX_KEYS) {
            throw new IllegalArgumentException("application " + id + " has more than " + MAX_KEYS + " public keys");
        }
        for (RSAPublicKey key : publicKeys) {
            requireStrong(id, key);
        }
    }

    /**
     * Makes an application with one public key.
     *
     * @param id the application id
     * @param publicKey see {@link #publicKeys()}
     */
    public Application(UUID id, RSAPublicKey publicKey) {
        this(id, List.of(publicKey));
    }

    private static void requireStrong(UUID id, RSAPublicKey key) {
        int bits = key.getModulus().bitLength();
        if (bits < MIN_KEY_BITS || bits > MAX_KEY_BITS) {
            throw new IllegalArgumentException("a public key of application " + id + " has " + bits + " bits: "
                    + MIN_KEY_BITS + " to " + MAX_KEY_BITS + " expected");
        }
        BigInteger exponent = key.getPublicExponent();
        if (exponent.bitLength() > MAX_EXPONENT_BITS
                || exponent.compareTo(BigInteger.valueOf(3)) < 0
                || !exponent.testBit(0)) {
            throw new IllegalArgumentException(
                    "a public key of application " + id + " has an exponent that is not odd and from 3 to 2^32");
        }
    }
}
