package dev.videosession.media.fx;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.videosession.testsupport.ApiListing;
import dev.videosession.testsupport.ArchitectureRules;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = ArchitectureRules.classesOf("dev.videosession.media.fx");

    @Test
    void publicApiIsThatOfTheListing() throws IOException {
        ApiListing.check(CLASSES, Path.of("src/api/media-fx.txt"));
    }

    @Test
    void onlyThePublicMediaApiIsUsed() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.videosession.media.internal..", "dev.onvoid..")
                .check(CLASSES);
    }

    @Test
    void librariesLogBySlf4j() {
        ArchitectureRules.librariesLogBySlf4j(CLASSES);
    }
}
