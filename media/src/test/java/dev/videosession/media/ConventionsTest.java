package dev.videosession.media;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import dev.videosession.media.internal.link.PeerLink;
import dev.videosession.media.internal.rtc.RtcConnection;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConventionsTest {
    private static final int LARGEST_PACKAGE = 15;
    private static final int LARGEST_KNOT = 5;
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.videosession.media");
    private static final DescribedPredicate<JavaClass> INTERNAL =
            JavaClass.Predicates.resideInAPackage("dev.videosession.media.internal..");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.videosession.(**)").should().beFreeOfCycles().check(CLASSES);
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
    void publicSignaturesNameNoInternalType() {
        Set<String> named = CLASSES.stream()
                .filter(each -> !INTERNAL.test(each) && isVisible(each))
                .flatMap(each -> each.getMembers().stream())
                .filter(ConventionsTest::isVisible)
                .filter(member -> member.getAllInvolvedRawTypes().stream().anyMatch(INTERNAL))
                .map(JavaMember::getFullName)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named)
                .as("public members that name internal types; those that the SDK needs are permitted")
                .allMatch(each -> each.startsWith("dev.videosession.media.MediaEngine."));
    }

    private static boolean isVisible(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(ConventionsTest::isVisible).orElse(true);
    }

    private static boolean isVisible(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
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
        Map<String, Set<String>> dependencies = CLASSES.stream()
                .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
                .filter(each -> CLASSES.contain(each.getTargetClass().getName()))
                .collect(Collectors.groupingBy(
                        (Dependency each) -> file(each.getOriginClass()),
                        Collectors.mapping(each -> file(each.getTargetClass()), Collectors.toSet())));
        Map<String, Set<String>> reachable = new HashMap<>();
        dependencies.keySet().forEach(each -> reachable.put(each, reachable(each, dependencies)));

        List<Set<String>> knots = dependencies.keySet().stream()
                .map(each -> reachable.get(each).stream()
                        .filter(other -> reachable.getOrDefault(other, Set.of()).contains(each))
                        .collect(Collectors.toCollection(() -> new TreeSet<String>())))
                .<Set<String>>map(each -> each)
                .filter(each -> each.size() > LARGEST_KNOT)
                .distinct()
                .toList();

        assertThat(knots).isEmpty();
    }

    private static String file(JavaClass type) {
        return type.getEnclosingClass().map(ConventionsTest::file).orElse(type.getName());
    }

    private static Set<String> reachable(String from, Map<String, Set<String>> dependencies) {
        Set<String> found = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            for (String each : dependencies.getOrDefault(open.poll(), Set.of())) {
                if (found.add(each)) {
                    open.add(each);
                }
            }
        }
        return found;
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
