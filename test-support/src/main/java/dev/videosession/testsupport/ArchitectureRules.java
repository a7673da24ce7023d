package dev.videosession.testsupport;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Rules that hold in every module. Each method fails with an {@link AssertionError} that names the classes. */
public final class ArchitectureRules {
    private ArchitectureRules() {}

    /**
     * Imports the classes of a module without its tests.
     *
     * @param packageName the root package of the module
     * @return its classes
     */
    public static JavaClasses classesOf(String packageName) {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(packageName);
    }

    /**
     * Fails if packages depend on each other.
     *
     * @param classes where to search
     */
    public static void packagesHaveNoCycles(JavaClasses classes) {
        packagesHaveNoCycles(classes, DescribedPredicate.alwaysFalse(), DescribedPredicate.alwaysFalse());
    }

    /**
     * Fails if packages depend on each other.
     *
     * @param classes where to search
     * @param builders classes of the API that create its implementation
     * @param implementation the dependencies of builders that do not count
     */
    public static void packagesHaveNoCycles(
            JavaClasses classes,
            DescribedPredicate<? super JavaClass> builders,
            DescribedPredicate<? super JavaClass> implementation) {
        slices().matching("dev.videosession.(**)")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(builders, implementation)
                .check(classes);
    }

    /**
     * Fails if a package has too many files.
     *
     * @param most the most files of a package
     * @param classes the classes to count
     */
    public static void packagesAreSmall(int most, JavaClasses classes) {
        Map<String, Long> large = new TreeMap<>(classes.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(each -> !each.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting())));
        large.values().removeIf(size -> size <= most);
        if (!large.isEmpty()) {
            throw new AssertionError("packages with more than " + most + " files: " + large);
        }
    }

    /**
     * Fails if a class reads a clock that a test cannot replace.
     *
     * @param classes the classes to check
     */
    public static void timeIsInjected(JavaClasses classes) {
        noClasses()
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .because("a TimeSource is passed to them")
                .check(classes);
    }

    /**
     * Fails if a library writes to standard output or error, or logs past slf4j.
     *
     * @param classes the classes to check
     */
    public static void librariesLogBySlf4j(JavaClasses classes) {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(classes);
        GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(classes);
    }
}
