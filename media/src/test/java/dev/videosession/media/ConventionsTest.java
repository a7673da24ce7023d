package dev.videosession.media;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import dev.videosession.media.internal.engine.RtcEngine;
import dev.videosession.media.internal.link.PeerLink;
import dev.videosession.media.internal.rtc.SdpExchange;
import dev.videosession.testsupport.ApiListing;
import dev.videosession.testsupport.ClassCycles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConventionsTest {
    private static final int LARGEST_PACKAGE = 15;
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.videosession.media");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.videosession.(**)")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(MediaEngine.class, RtcEngine.class) // creates its implementation
                .check(CLASSES);
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
        Map<String, Long> sizes = CLASSES.stream()
                .filter(each -> each.getEnclosingClass().isEmpty()
                        && !each.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));

        assertThat(sizes)
                .allSatisfy(
                        (name, size) -> assertThat(size).as("files in %s", name).isLessThanOrEqualTo(LARGEST_PACKAGE));
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
                .and()
                .haveNameMatching("remoteDescription|applyRemote|applyLocal|remoteCandidate")
                .should()
                .notHaveRawParameterTypes(DescribedPredicate.anyElementThat(JavaClass.Predicates.type(String.class)))
                .check(CLASSES);
    }

    @Test
    void nothingIsPrinted() {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
    }
}
