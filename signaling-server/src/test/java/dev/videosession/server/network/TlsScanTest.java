package dev.videosession.server.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.server.internal.tls.TestCertificates;
import dev.videosession.testsupport.JavaPrograms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server offers TLS 1.3, and 1.2 only with forward secrecy and authenticated encryption. */
class TlsScanTest {
    @TempDir
    private Path directory;

    private List<String> scan(String... keyOptions) throws Exception {
        TestCertificates certificates = new TestCertificates(directory).make("server", keyOptions);
        Path chain = Files.writeString(directory.resolve("cert.pem"), certificates.chain("server"));
        Path key = Files.writeString(directory.resolve("key.pem"), certificates.key("server"));
        List<String> lines = run(chain, key);
        assertThat(lines).last().asString().startsWith("tried ");
        assertThat(Integer.parseInt(lines.get(lines.size() - 1).substring("tried ".length())))
                .as("combinations, weak ones included")
                .isGreaterThan(150);
        return lines.subList(0, lines.size() - 1);
    }

    private List<String> run(Path chain, Path key) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        JavaPrograms.java(TlsScan.class.getName(), chain.toString(), key.toString()))
                .redirectError(directory.resolve("scan.log").toFile())
                .start();
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> lines = out.lines().toList();
            assertThat(process.waitFor()).isZero();
            return lines;
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void withAnEcKey() throws Exception {
        assertThat(scan("-keyalg", "EC"))
                .containsExactlyInAnyOrder(
                        "TLSv1.3 TLS_AES_256_GCM_SHA384",
                        "TLSv1.3 TLS_AES_128_GCM_SHA256",
                        "TLSv1.3 TLS_CHACHA20_POLY1305_SHA256",
                        "TLSv1.2 TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                        "TLSv1.2 TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                        "TLSv1.2 TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256");
    }

    @Test
    void withAnRsaKey() throws Exception {
        assertThat(scan("-keyalg", "RSA", "-keysize", "2048"))
                .containsExactlyInAnyOrder(
                        "TLSv1.3 TLS_AES_256_GCM_SHA384",
                        "TLSv1.3 TLS_AES_128_GCM_SHA256",
                        "TLSv1.3 TLS_CHACHA20_POLY1305_SHA256",
                        "TLSv1.2 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                        "TLSv1.2 TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                        "TLSv1.2 TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");
    }
}
