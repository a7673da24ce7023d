package dev.videosession.session;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import dev.videosession.session.internal.dispatch.SessionErrors;
import dev.videosession.session.internal.lifecycle.SessionCommands;
import dev.videosession.session.internal.loop.SessionLoop;
import dev.videosession.testsupport.ApiListing;
import dev.videosession.testsupport.ArchitectureRules;
import dev.videosession.testsupport.ClassCycles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final int LARGEST_PACKAGE = 15;
    private static final int LARGEST_CYCLE = 5;
    private static final JavaClasses CLASSES = ArchitectureRules.classesOf("dev.videosession.session");
    private static final DescribedPredicate<JavaClass> API = resideInAPackage("dev.videosession.session");
    private static final DescribedPredicate<JavaClass> INTERNAL =
            resideInAPackage("dev.videosession.session.internal..");
    private static final DescribedPredicate<JavaClass> BUILDERS =
            belongToAnyOf(SessionBuilder.class, PublisherBuilder.class);

    @Test
    void onlyTheBuildersKnowTheImplementation() {
        noClasses()
                .that(API.and(not(BUILDERS)))
                .should()
                .dependOnClassesThat(INTERNAL)
                .check(CLASSES);
    }

    @Test
    void onlyTheImplementationsOfTheApiKnowSessionPublisherAndSubscriber() {
        noClasses()
                .that(resideInAPackage("dev.videosession.session.internal.*.."))
                .should()
                .dependOnClassesThat(belongToAnyOf(Session.class, Publisher.class, Subscriber.class))
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        ArchitectureRules.packagesHaveNoCycles(CLASSES, BUILDERS, INTERNAL);
    }

    @Test
    void onlySessionCommandsLeadFromTheApiToTheLoop() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.videosession.session", "dev.videosession.session.internal")
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "the session loop is called",
                        call -> call.getTargetOwner().isAssignableTo(SessionLoop.class)))
                .because("calls of the application go through " + SessionCommands.class.getSimpleName())
                .check(CLASSES);
    }

    @Test
    void everyErrorOfTheSdkIsInTheCatalogue() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(SessionErrors.class)
                .should()
                .callConstructor(SessionException.class, int.class, String.class, String.class, boolean.class)
                .check(CLASSES);
    }

    @Test
    void packagesAreSmall() {
        ArchitectureRules.packagesAreSmall(LARGEST_PACKAGE, CLASSES.that(INTERNAL));
    }

    @Test
    void fewClassesDependOnEachOther() {
        ClassCycles.requireAtMost(LARGEST_CYCLE, CLASSES.that(not(BUILDERS)), Map.of());
        // the two builders close a cycle: interfaces of the API, their builders, and the implementations
        ClassCycles.requireAtMost(LARGEST_CYCLE, CLASSES, Map.of(Session.class.getName(), 11));
    }

    @Test
    void publicApiIsTheListing() throws IOException {
        ApiListing.check(CLASSES, Path.of("src/api/session-sdk.txt"));
    }
}
