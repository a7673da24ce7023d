package dev.videosession.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.videosession.server");

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
    void rulesOfASessionTouchNeitherNetworkNorClock() {
        noClasses()
                .that()
                .resideInAPackage("..state..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.netty..", "java.time..", "java.util.concurrent..", "java.security..", "org.slf4j..")
                .check(CLASSES);
    }

    @Test
    void nobodyPrintsOrUsesAnotherLogger() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CLASSES);
    }
}
