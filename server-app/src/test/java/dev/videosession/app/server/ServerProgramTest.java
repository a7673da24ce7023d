package dev.videosession.app.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.videosession.session.ServerAddress;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ServerProgramTest {
    private final StringWriter errors = new StringWriter();
    private final StringWriter results = new StringWriter();
    private final CommandLine line =
            ServerProgram.commandLine().setErr(new PrintWriter(errors)).setOut(new PrintWriter(results));

    @Test
    void commandIsRequired() {
        assertThat(line.execute()).isEqualTo(2);
        assertThat(errors.toString()).startsWith("videosession: ").contains("subcommand");
    }

    @Test
    void versionIsThatOfTheBuild() {
        assertThat(line.execute("--version")).isZero();
        assertThat(results.toString()).matches("(?s)videosession \\d+\\.\\d+.*Java .*");
    }

    @Test
    void refusalNamesTheCommandAndTheOption() {
        assertThat(line.execute("server", "--port", "no")).isEqualTo(2);
        assertThat(errors.toString()).startsWith("videosession server: ").contains("port");
    }

    /** The program is delivered without the media library and without the modules of the desktop. */
    @Test
    void serverNeedsNothingOfAClientButItsAddresses() {
        noClasses()
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAnyPackage(
                                "dev.videosession.session..",
                                "dev.videosession.media..",
                                "dev.onvoid..",
                                "java.awt..",
                                "javax.swing..")
                        .and(DescribedPredicate.not(JavaClass.Predicates.equivalentTo(ServerAddress.class))))
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.videosession.app"));
    }
}
