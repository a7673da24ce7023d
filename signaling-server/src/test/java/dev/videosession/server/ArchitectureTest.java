package dev.videosession.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.videosession.server.token.TokenIssuer;
import dev.videosession.testsupport.ApiListing;
import dev.videosession.testsupport.ClassCycles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String INTERNAL = "dev.videosession.server.internal..";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.videosession.server");

    @Test
    void thePublicApiIsTheListedOne() throws IOException {
        ApiListing.check(CLASSES, Path.of("src/api/signaling-server.txt"));
    }

    /** The builder and the server start and hold the internals; the issuer shares the signature of T1 tokens. */
    @Test
    void thePublicApiDoesNotDependOnInternals() {
        noClasses()
                .that()
                .resideOutsideOfPackage(INTERNAL)
                .and()
                .doNotBelongToAnyOf(SignalingServerBuilder.class, SignalingServer.class, TokenIssuer.class)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(INTERNAL)
                .check(CLASSES);
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("dev.videosession.server.(**)")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("dev.videosession.server.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.videosession.server")
                .check(CLASSES);
    }

    @Test
    void atMostFiveClassesDependOnEachOther() {
        ClassCycles.requireAtMost(5, CLASSES, Map.of());
    }

    @Test
    void rulesOfASessionTouchNeitherNetworkNorClock() {
        noClasses()
                .that()
                .resideInAnyPackage("..state..", "..rules..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.netty..", "java.time..", "java.util.concurrent..", "java.security..", "org.slf4j..")
                .check(CLASSES);
    }

    @Test
    void timeIsInjected() {
        noClasses()
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .because("a TimeSource is given to them")
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandLinePrintsAndSlf4jLogs() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CLASSES);
    }
}
