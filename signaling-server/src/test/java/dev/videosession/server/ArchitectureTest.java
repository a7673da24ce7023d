package dev.videosession.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.videosession.server.token.TokenIssuer;
import dev.videosession.testsupport.ApiListing;
import dev.videosession.testsupport.ArchitectureRules;
import dev.videosession.testsupport.ClassCycles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String INTERNAL = "dev.videosession.server.internal..";
    private static final JavaClasses CLASSES = ArchitectureRules.classesOf("dev.videosession.server");

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
        ArchitectureRules.packagesHaveNoCycles(CLASSES);
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
        ArchitectureRules.timeIsInjected(CLASSES);
    }

    @Test
    void librariesLogBySlf4j() {
        ArchitectureRules.librariesLogBySlf4j(CLASSES);
    }

    @Test
    void packagesAreSmall() {
        ArchitectureRules.packagesAreSmall(20, CLASSES);
    }
}
