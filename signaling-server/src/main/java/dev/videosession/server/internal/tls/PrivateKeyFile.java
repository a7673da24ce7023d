package dev.videosession.server.internal.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/** Reads a private key: PEM, PKCS#8, RSA or EC, without a password. */
final class PrivateKeyFile {
    private static final String KIND = "PRIVATE KEY";
    private static final List<String> ALGORITHMS = List.of("RSA", "EC");

    private PrivateKeyFile() {}

    /**
     * Reads the first private key of a file.
     *
     * @throws IOException if there is none that can be used; the message names the file, and for a key in another format
     *     the command that converts it
     */
    static PrivateKey read(Path path) throws IOException {
        for (PemBlocks.Block block : PemBlocks.read(path)) {
            if (block.kind().equals(KIND)) {
                return decode(path, block.decode(path));
            }
            if (block.kind().endsWith(KIND)) {
                throw new IOException("cannot use " + path + ": " + block.kind() + " is "
                        + (block.kind().startsWith("ENCRYPTED") ? "encrypted" : "not PKCS#8")
                        + ". Convert it: openssl pkcs8 -topk8 -nocrypt -in " + path + " -out " + path + ".pkcs8");
            }
        }
        throw new IOException("cannot use " + path + ": it has no -----BEGIN " + KIND + "-----");
    }

    private static PrivateKey decode(Path path, byte[] encoded) throws IOException {
        GeneralSecurityException last = null;
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (GeneralSecurityException e) {
                last = e; // the key may be of another algorithm
            }
        }
        throw new IOException("cannot use " + path + ": the private key is damaged, or neither RSA nor EC", last);
    }
}
