package dev.videosession.server.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.testsupport.JavaPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Makes certificates with the JDK's keytool. */
public final class TestCertificates {
    private static final char[] PASSWORD = "password".toCharArray();

    private final Path store;

    /** Keeps its keys in a directory. */
    public TestCertificates(Path directory) {
        store = directory.resolve("keys.p12");
    }

    /**
     * Makes a key and a certificate for 127.0.0.1.
     *
     * @param options further options of {@code keytool -genkeypair}, for instance {@code -keyalg EC}
     */
    public TestCertificates make(String alias, String... options) throws IOException, InterruptedException {
        List<String> command = JavaPrograms.tool(
                "keytool",
                "-genkeypair",
                "-alias",
                alias,
                "-dname",
                "CN=" + alias,
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD));
        command.addAll(Arrays.asList(options));
        Path log = store.resolveSibling("keytool.log");
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(keytool.waitFor(50, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).as(Files.readString(log)).isZero();
        return this;
    }

    private KeyStore keys() throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(store.toFile(), PASSWORD);
    }

    /** {@return a certificate with its issuers, in PEM} */
    public String chain(String alias) throws IOException, GeneralSecurityException {
        StringBuilder pem = new StringBuilder();
        for (Certificate certificate : keys().getCertificateChain(alias)) {
            pem.append(pem("CERTIFICATE", certificate.getEncoded()));
        }
        return pem.toString();
    }

    /** {@return a private key, in PEM and PKCS#8} */
    public String key(String alias) throws IOException, GeneralSecurityException {
        Key key = keys().getKey(alias, PASSWORD);
        return pem("PRIVATE KEY", key.getEncoded());
    }

    /** {@return a store that trusts some certificates} */
    public KeyStore trusting(String... aliases) throws IOException, GeneralSecurityException {
        KeyStore trust = KeyStore.getInstance(KeyStore.getDefaultType());
        trust.load(null, null);
        for (String alias : aliases) {
            trust.setCertificateEntry(alias, keys().getCertificate(alias));
        }
        return trust;
    }

    /** {@return a PEM block} */
    public static String pem(String kind, byte[] der) {
        String body = Base64.getMimeEncoder().encodeToString(der);
        return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
    }
}
