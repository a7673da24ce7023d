package dev.videosession.media;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import dev.videosession.media.rtc.RtcConnection;
import org.junit.jupiter.api.Test;

class ConventionsTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.videosession.media");
    private static final DescribedPredicate<JavaClass> NATIVE = JavaClass.Predicates.resideInAPackage("dev.onvoid..");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.videosession.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void publicMethodsDoNotShowTheNativeLibrary() {
        methods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .resideOutsideOfPackage("..rtc..")
                .should()
                .notHaveRawReturnType(NATIVE)
                .andShould()
                .notHaveRawParameterTypes(DescribedPredicate.anyElementThat(NATIVE))
                .check(CLASSES);
    }

    @Test
    void viewsFeedsAndLinksKnowNothingNative() {
        noClasses()
                .that()
                .resideInAnyPackage("..media.view..", "..media.feed..", "..media.link..", "..media.probe..")
                .should()
                .dependOnClassesThat(NATIVE)
                .check(CLASSES);
    }

    @Test
    void onlyTheWrappersKnowPeerConnections() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..media.rtc..")
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("dev.onvoid.webrtc")
                        .or(JavaClass.Predicates.resideInAPackage("dev.onvoid.webrtc.internal")))
                .check(CLASSES);
    }

    @Test
    void linksKnowNothingNative() {
        noClasses()
                .that()
                .areAssignableTo(PeerLink.class)
                .or()
                .haveSimpleNameStartingWith("Local")
                .and()
                .resideInAPackage("dev.videosession.media")
                .should()
                .dependOnClassesThat(NATIVE)
                .check(CLASSES);
    }

    @Test
    void linksTakeNoText() {
        methods()
                .that()
                .areDeclaredInClassesThat()
                .areAssignableTo(PeerLink.class)
                .or()
                .areDeclaredIn(RtcConnection.class)
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
