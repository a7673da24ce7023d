package dev.videosession.server.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsIdentityTest {
    @TempDir
    private static Path keys;

    private static TestCertificates certificates;

    @TempDir
    private Path directory;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = new TestCertificates(keys)
                .make("root", "-keyalg", "EC", "-ext", "bc:c")
                .make("ec", "-keyalg", "EC", "-signer", "root")
                .make("rsa", "-keyalg", "RSA", "-keysize", "2048")
                .make("ec2", "-keyalg", "EC", "-groupname", "secp384r1");
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private TlsIdentity read(String chain, String key) throws IOException {
        return TlsIdentity.read(file("cert.pem", chain), file("key.pem", key));
    }

    private void assertRefused(String chain, String key, String... words) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> read(chain, key))
                .satisfies(e -> assertThat(e.getMessage()).contains(words).doesNotContain("\n"));
    }

    @Test
    void keysOfBothKindsAndChainsAreRead() throws Exception {
        assertThat(read(certificates.chain("rsa"), certificates.key("rsa")).subject())
                .isEqualTo("CN=rsa");
        TlsIdentity chain = read("a comment\n" + certificates.chain("ec"), certificates.key("ec"));
        assertThat(chain.chain()).hasSize(2);
        assertThat(chain.isOrdered()).isTrue();
        assertThat(chain.toContext().isServer()).isTrue();
        assertThat(chain).hasToString("TlsIdentity[CN=ec]");
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() throws Exception {
        for (String other : new String[] {"rsa", "ec2"}) {
            assertRefused(
                    certificates.chain("ec"),
                    certificates.key(other),
                    "cert.pem",
                    "key.pem",
                    "the key is not that of the certificate CN=ec");
        }
        assertRefused(
                certificates.chain("rsa") + certificates.chain("ec"),
                certificates.key("ec"),
                "the server's own certificate must come first");
    }

    @Test
    void aChainInTheWrongOrderIsNoticed() throws Exception {
        TlsIdentity identity = read(certificates.chain("ec2") + certificates.chain("rsa"), certificates.key("ec2"));
        assertThat(identity.isOrdered()).isFalse();
    }

    @Test
    void filesThatHoldSomethingElseAreNamed() throws Exception {
        String chain = certificates.chain("ec");
        String key = certificates.key("ec");
        assertRefused(key, key, "cert.pem", "no -----BEGIN CERTIFICATE-----");
        assertRefused(chain, chain, "key.pem", "no -----BEGIN PRIVATE KEY-----");
        assertRefused(chain, "", "key.pem", "no -----BEGIN PRIVATE KEY-----");
        byte[] bytes = {1, 2, 3};
        assertRefused(TestCertificates.pem("CERTIFICATE", bytes), key, "cert.pem", "certificate 1 is damaged");
        assertRefused(chain, TestCertificates.pem("PRIVATE KEY", bytes), "key.pem", "damaged, or neither RSA nor EC");
        assertRefused(chain, key.replaceFirst("M", "="), "key.pem");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> TlsIdentity.read(directory.resolve("missing"), file("key.pem", key)))
                .withMessageContaining("missing: no such file");
    }

    @Test
    void otherKeyFormatsAreRefusedWithTheCommandThatConvertsThem() throws Exception {
        for (String kind : new String[] {"RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"}) {
            Path key = directory.resolve("key.pem");
            assertRefused(
                    certificates.chain("ec"),
                    TestCertificates.pem(kind, new byte[10]),
                    kind,
                    "openssl pkcs8 -topk8 -nocrypt -in " + key + " -out " + key + ".pkcs8");
        }
    }

    @Test
    void theNamedCommandConvertsAKey() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed");
        Path modern = file("modern.pem", certificates.key("rsa"));
        Path key = directory.resolve("key.pem");
        run("openssl", "rsa", "-traditional", "-in", modern.toString(), "-out", key.toString());
        String old = Files.readString(key);
        assertThat(old).contains("BEGIN RSA PRIVATE KEY");
        String message = null;
        try {
            read(certificates.chain("rsa"), old);
        } catch (IOException e) {
            message = e.getMessage();
        }
        assertThat(message).contains("openssl ");
        run(message.substring(message.indexOf("openssl ")).split(" "));
        assertThat(TlsIdentity.read(file("cert.pem", certificates.chain("rsa")), Path.of(key + ".pkcs8"))
                        .subject())
                .isEqualTo("CN=rsa");
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .isZero();
    }
}
