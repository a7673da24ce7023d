package dev.videosession.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import dev.videosession.media.MediaEngine;
import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.IceServer;
import dev.videosession.session.PublisherBuilder;
import dev.videosession.session.SessionBuilder;
import dev.videosession.testsupport.ArchitectureRules;
import dev.videosession.testsupport.SealedDispatch;
import dev.videosession.testsupport.UniqueNames;
import org.junit.jupiter.api.Test;

/** What docs/ARCHITECTURE.md says of modules and packages. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = ArchitectureRules.classesOf("dev.videosession")
            .that(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("dev.videosession.testsupport")));

    @Test
    void sealedTypesAreReadByVisitors() {
        SealedDispatch.requireAtMost(2, CLASSES);
    }

    @Test
    void aNameHasOneMeaning() {
        UniqueNames.require(CLASSES);
    }

    @Test
    void onlyMediaSeesWebRtc() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.videosession.media..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.onvoid..")
                .check(CLASSES);
    }

    @Test
    void onlyTheServerSeesNetty() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.videosession.server..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(CLASSES);
    }

    @Test
    void onlyTheSdkSeesOkHttp() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.videosession.session..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("okhttp3..")
                .check(CLASSES);
    }

    @Test
    void theProtocolDependsOnNothingOfOurs() {
        noClasses()
                .that()
                .resideInAPackage("dev.videosession.protocol..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.videosession.server..",
                        "dev.videosession.media..",
                        "dev.videosession.session..",
                        "dev.videosession.app..")
                .check(CLASSES);
    }

    @Test
    void librariesDoNotDependOnProgramsAndMediaOnlyOnDescriptionsAndIceServers() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.videosession.session..", "dev.videosession.media..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.videosession.server..", "dev.videosession.app..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("dev.videosession.media..")
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAnyPackage(
                                "dev.videosession.session..",
                                "dev.videosession.protocol.codec",
                                "dev.videosession.protocol.message")
                        .or(JavaClass.Predicates.resideInAPackage("dev.videosession.protocol")
                                .and(DescribedPredicate.not(
                                        JavaClass.Predicates.belongToAnyOf(DescriptionKind.class, IceServer.class)))))
                .check(CLASSES);
    }

    @Test
    void programsUseThePublicApi() {
        noClasses()
                .that()
                .resideInAPackage("dev.videosession.app..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.videosession..internal..")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        ArchitectureRules.packagesHaveNoCycles(
                CLASSES, // builders make what the API describes
                JavaClass.Predicates.belongToAnyOf(SessionBuilder.class, PublisherBuilder.class, MediaEngine.class),
                JavaClass.Predicates.resideInAPackage("..internal.."));
    }

    @Test
    void theSdkIsGivenTheTime() {
        ArchitectureRules.timeIsInjected(
                CLASSES.that(JavaClass.Predicates.resideInAPackage("dev.videosession.session..")));
    }

    @Test
    void programsHaveNoCycles() {
        slices().matching("dev.videosession.app.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void packagesOfTheProgramsAreSmall() {
        ArchitectureRules.packagesAreSmall(
                20, CLASSES.that(JavaClass.Predicates.resideInAPackage("dev.videosession.app..")));
    }

    @Test
    void onlyMainTouchesStandardOutput() {
        noClasses()
                .that()
                .resideInAPackage("dev.videosession.app..")
                .and()
                .doNotBelongToAnyOf(Main.class)
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandLineConfiguresLogging() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.videosession.app..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ch.qos.logback..", "java.util.logging..")
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandLineWritesToTheConsole() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.videosession.app..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }
}
