package dev.videosession.server.internal.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.videosession.server.fixture.KeyPairs;
import dev.videosession.server.project.Application;
import dev.videosession.server.project.Project;
import dev.videosession.server.project.ProjectId;
import dev.videosession.server.project.Projects;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectsFileTest {
    private final MeterRegistry meters = new SimpleMeterRegistry();

    private static final String OLD = "old-".repeat(10);
    private static final String NEW = "new-".repeat(10);

    @TempDir
    Path directory;

    private Path write(String... lines) throws IOException {
        return Files.write(directory.resolve("projects.properties"), List.of(lines));
    }

    @Test
    void severalProjectsWithSeveralSecrets() throws IOException {
        Path path = write(
                "# ours",
                "project.13.secrets = " + NEW + " , " + OLD,
                "project.13.webhook = https://example.org/events?a=b",
                "project.7=" + OLD);
        assertThat(new ProjectsFile(path).read())
                .containsExactly(
                        new Project(7, OLD),
                        new Project(13, List.of(NEW, OLD), URI.create("https://example.org/events?a=b")));
    }

    @ParameterizedTest
    @CsvSource({
        "projects.1.secrets=SECRET,unknown key",
        "project.1.secret=SECRET,unknown key",
        "'project.1=SECRET\nproject.1.secrets=SECRET',both set",
        "project.x.secrets=SECRET,must be a number",
        "project.0.secrets=SECRET,apiKey",
        "project.1.secrets=,neither a secret nor",
        "project.1.secrets=SECRE,shorter than 32",
        "project.1.webhook=http://example.org,neither a secret nor",
        "project.1.application-id=78d335fa-323d-0114-9c3d-d6f0d48968cf,needs application-id and public-key-files",
        "project.1.public-key-files=public.pem,needs application-id and public-key-files",
        "#nothing,names no project",
        "project.1.secrets=\\uSECRET,not a properties file"
    })
    void mistakesAreNamedAndSecretsAreNot(String line, String words) throws IOException {
        Path path = write(line.replace("SECRET", OLD).replace("SECRE", "SHORT-ONE"));
        assertThatThrownBy(() -> new ProjectsFile(path).read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(words)
                .hasMessageContaining("projects.properties")
                .message()
                .doesNotContain(OLD, "SHORT-ONE");
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://example.org/x",
        "file:///etc/passwd",
        "example.org",
        "http:///x",
        "https://user:password@example.org/",
        "https://exa mple.org/"
    })
    void webhooksAreWebAddresses(String webhook) throws IOException {
        Path path = write("project.1.secrets=" + OLD, "project.1.webhook=" + webhook);
        assertThatThrownBy(() -> new ProjectsFile(path).read()).hasMessageContaining("webhook");
    }

    private void writeKey(String name, KeyPair pair) throws IOException {
        Files.writeString(
                directory.resolve(name),
                KeyPairs.pem("PUBLIC KEY", pair.getPublic().getEncoded()));
    }

    @Test
    void applicationsHavePublicKeysInFilesBesideThisOne() throws IOException {
        writeKey("own.pem", KeyPairs.OWN);
        writeKey("next.pem", KeyPairs.OTHER);
        UUID id = UUID.fromString("78d335fa-323d-0114-9c3d-d6f0d48968cf");
        Path path = write("project.1.application-id=" + id, "project.1.public-key-files=own.pem, next.pem");
        Project project = new ProjectsFile(path).read().get(0);
        assertThat(project.ids()).containsExactly(ProjectId.ofApiKey(1), ProjectId.ofApplication(id));
        assertThat(project.application().publicKeys())
                .containsExactly(KeyPairs.publicKey(KeyPairs.OWN), KeyPairs.publicKey(KeyPairs.OTHER));
        assertThatThrownBy(project::signingSecret).hasMessageContaining("no secret");
        Projects projects = new Projects();
        try (ProjectsFileWatch watch =
                new ProjectsFileWatch(new ProjectsFile(path), projects, Duration.ofHours(1), meters)) {
            assertThat(watch.reload()).isFalse();
            writeKey("own.pem", KeyPairs.OTHER);
            assertThat(watch.reload()).isTrue();
            assertThat(projects.find(ProjectId.ofApplication(id))
                            .orElseThrow()
                            .application()
                            .publicKeys())
                    .containsOnly(KeyPairs.publicKey(KeyPairs.OTHER));
        }
        Path twice = write(
                "project.1.application-id=" + id,
                "project.1.public-key-files=own.pem",
                "project.2.application-id=" + id,
                "project.2.public-key-files=own.pem");
        assertThatThrownBy(() -> new ProjectsFile(twice).loadInto(projects)).hasMessageContaining(id.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "PRIVATE KEY,openssl pkey -pubout",
        "RSA PRIVATE KEY,belongs to the backend",
        "RSA PUBLIC KEY,-RSAPublicKey_in",
        "CERTIFICATE,openssl x509",
        "EC PARAMETERS,PUBLIC KEY expected",
        "PUBLIC KEY,no RSA public key"
    })
    void whatIsNoPublicKeyIsExplained(String label, String words) throws IOException {
        Files.writeString(directory.resolve("own.pem"), KeyPairs.pem(label, new byte[] {1, 2, 3}));
        Path path = write(
                "project.1.application-id=78d335fa-323d-0114-9c3d-d6f0d48968cf", "project.1.public-key-files=own.pem");
        assertThatThrownBy(() -> new ProjectsFile(path).read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(words)
                .hasMessageContaining("own.pem");
    }

    @Test
    void weakKeysAreRefused() throws Exception {
        UUID id = UUID.randomUUID();
        assertThatThrownBy(() -> new Application(id, KeyPairs.publicKey(KeyPairs.generate(1024))))
                .hasMessageContaining("1024 bits: 2048 to 8192 expected");
        RSAPublicKey one = (RSAPublicKey) KeyFactory.getInstance("RSA")
                .generatePublic(
                        new RSAPublicKeySpec(BigInteger.ONE.shiftLeft(2047).setBit(0), BigInteger.valueOf(3)));
        assertThat(new Application(id, one).publicKeys()).hasSize(1);
        for (BigInteger exponent :
                List.of(BigInteger.valueOf(65_536), BigInteger.ONE.shiftLeft(32).setBit(0))) {
            RSAPublicKey weak = (RSAPublicKey)
                    KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(one.getModulus(), exponent));
            assertThatThrownBy(() -> new Application(id, weak)).hasMessageContaining("exponent");
        }
        assertThatThrownBy(() -> new Application(id, List.of())).hasMessageContaining("no public key");
        assertThatThrownBy(() -> new Application(id, Collections.nCopies(9, one)))
                .hasMessageContaining("more than 8");
    }

    private double reloads(String outcome) {
        return meters.get("videosession.projects.reloads")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    @Test
    void changesAreFollowedAndMistakesChangeNothing() throws IOException {
        Path path = write("project.1.secrets=" + OLD, "project.2.secrets=" + OLD);
        Projects projects = new Projects();
        try (ProjectsFileWatch watch =
                new ProjectsFileWatch(new ProjectsFile(path), projects, Duration.ofMillis(10), meters)) {
            assertThat(projects.find(2)).isPresent();
            write("project.1.secrets=" + NEW + "," + OLD);
            Awaitility.await().until(() -> projects.find(2).isEmpty());
            assertThat(projects.find(1)).contains(new Project(1, List.of(NEW, OLD)));
        }
        meters.clear(); // the first watch may have seen half a file
        try (ProjectsFileWatch watch =
                new ProjectsFileWatch(new ProjectsFile(path), projects, Duration.ofHours(1), meters)) {
            assertThat(watch.reload()).isFalse();
            write("nonsense");
            assertThatThrownBy(watch::reload).isInstanceOf(IOException.class);
            assertThat(projects.find(1)).isPresent();
            assertThatThrownBy(watch::reload).as("the same mistake").isInstanceOf(IOException.class);
            write("project.3.secrets=" + NEW);
            assertThat(watch.reload()).isTrue();
            assertThat(projects.find(1)).isEmpty();
            assertThat(projects.find(3)).isPresent();
            assertThat(reloads("loaded")).isEqualTo(1);
            assertThat(reloads("failed")).as("each call tries again").isEqualTo(2);
        }
    }
}
