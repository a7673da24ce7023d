package dev.videosession.app.packaging;

import dev.videosession.testsupport.JavaPrograms;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * A certificate for 127.0.0.1 that signs itself.
 *
 * @param store a key store in which it is trusted
 * @param chain the certificate as PEM
 * @param key its private key as PEM
 */
public record Certificate(Path store, Path chain, Path key) {
    private static final String PASSWORD = "password";

    /** Makes one. */
    public static Certificate make(Path directory) throws Exception {
        Path store = directory.resolve("keys.p12");
        Programs.run(JavaPrograms.tool(
                "keytool",
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        // a key entry is no trust anchor; a certificate entry is
        keys.setCertificateEntry("anchor", keys.getCertificate("server"));
        try (OutputStream out = Files.newOutputStream(store)) {
            keys.store(out, PASSWORD.toCharArray());
        }
        return new Certificate(
                store,
                pem(directory, "CERTIFICATE", keys.getCertificate("server").getEncoded()),
                pem(
                        directory,
                        "PRIVATE KEY",
                        keys.getKey("server", PASSWORD.toCharArray()).getEncoded()));
    }

    /** {@return options of Java that make it trust the certificate} */
    List<String> options() {
        return List.of("-Djavax.net.ssl.trustStore=" + store, "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
    }

    private static Path pem(Path directory, String kind, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder().encodeToString(der);
        return Files.writeString(
                directory.resolve(kind.replace(' ', '-') + ".pem"),
                "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
    }
}
