package dev.videosession.app.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.testsupport.JavaPrograms;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs on the class path, in Java and in Kotlin. */
class ClassPathProgramIT {
    private static final Pattern KOTLIN_COMPILER =
            Pattern.compile("(kotlin-(compiler-embeddable|stdlib|script-runtime|reflect|daemon-embeddable)|trove4j"
                    + "|kotlinx-coroutines-core-jvm|annotations)-[0-9].*\\.jar");
    private static final String SDK = Programs.artifacts(Programs.SDK);

    @TempDir
    static Path directory;

    @Test
    void programInJavaMakesACall() throws Exception {
        Path program = Programs.compile("viewer", false, directory, SDK);

        assertThat(call(program, "example.viewer.Viewer")).contains("frame 160x120 in no module");
    }

    @Test
    void programInKotlinMakesACall() throws Exception {
        Path program = directory.resolve("kotlin");
        Programs.run(JavaPrograms.java(
                "-cp",
                Programs.artifacts(KOTLIN_COMPILER),
                "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler",
                "-no-stdlib",
                "-no-reflect",
                "-Werror",
                "-jvm-target",
                "17",
                "-classpath",
                SDK,
                "-d",
                program.toString(),
                Programs.source("kotlin").toString()));

        assertThat(call(program, "example.viewer.ViewerKt")).contains("frame 160x120 in Kotlin");
    }

    private static String call(Path program, String main) throws Exception {
        return Programs.call(JavaPrograms.java("-cp", Programs.path(SDK, program), main), UnaryOperator.identity());
    }
}
