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
    void nothingIsPrinted() {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
    }
}
