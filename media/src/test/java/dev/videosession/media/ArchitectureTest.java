package dev.videosession.media;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import dev.videosession.media.internal.engine.RtcEngine;
import dev.videosession.media.internal.link.PeerLink;
import dev.videosession.media.internal.rtc.SdpExchange;
import dev.videosession.testsupport.ApiListing;
import dev.videosession.testsupport.ArchitectureRules;
import dev.videosession.testsupport.ClassCycles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final int LARGEST_PACKAGE = 15;
    private static final JavaClasses CLASSES = ArchitectureRules.classesOf("dev.videosession.media");

    @Test
    void packagesHaveNoCycles() {
        ArchitectureRules.packagesHaveNoCycles(
                CLASSES,
                JavaClass.Predicates.type(MediaEngine.class),
                JavaClass.Predicates.type(RtcEngine.class)); // creates its implementation
    }

    @Test
    void onlyRtcUsesTheNativeLibrary() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.videosession.media.internal.rtc..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.onvoid..")
                .check(CLASSES);
    }

    @Test
    void publicApiIsThatOfTheListing() throws IOException {
        ApiListing.check(CLASSES, Path.of("src/api/media.txt"));
    }

    @Test
    void packagesAreSmall() {
        ArchitectureRules.packagesAreSmall(LARGEST_PACKAGE, CLASSES);
    }

    @Test
    void noLargeGroupOfClassesDependsOnItself() {
        ClassCycles.requireAtMost(5, CLASSES, Map.of());
    }

    @Test
    void linksTakeNoText() {
        methods()
                .that()
                .areDeclaredInClassesThat()
                .areAssignableTo(PeerLink.class)
                .or()
                .areDeclaredIn(SdpExchange.class)
                .or()
                .areDeclaredIn("dev.videosession.media.internal.link.LinkDescriptions")
                .and()
                .haveNameMatching("remoteDescription|applyRemote|applyLocal|remoteCandidate")
                .should()
                .notHaveRawParameterTypes(DescribedPredicate.anyElementThat(JavaClass.Predicates.type(String.class)))
                .check(CLASSES);
    }

    @Test
    void librariesLogBySlf4j() {
        ArchitectureRules.librariesLogBySlf4j(CLASSES);
    }
}
