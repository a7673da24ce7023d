package dev.videosession.protocol;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.videosession.testsupport.ApiListing;
import dev.videosession.testsupport.ArchitectureRules;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = ArchitectureRules.classesOf("dev.videosession.protocol");

    @Test
    void packagesAreSmallAndHaveNoCycles() {
        ArchitectureRules.packagesAreSmall(20, CLASSES);
        ArchitectureRules.packagesHaveNoCycles(CLASSES);
    }

    /** Session descriptions and checks of text are exported to the modules of this project only. */
    @Test
    void publicApiIsTheListing() throws IOException {
        ApiListing.check(
                CLASSES.that(not(resideInAnyPackage(
                        "dev.videosession.protocol.grammar",
                        "dev.videosession.protocol.ice",
                        "dev.videosession.protocol.rtp",
                        "dev.videosession.protocol.sdp",
                        "dev.videosession.protocol.text"))),
                Path.of("src/api/signaling-protocol.txt"));
    }
}
