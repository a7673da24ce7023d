package dev.videosession.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.videosession.testsupport.cycle.Apart;
import dev.videosession.testsupport.cycle.First;
import dev.videosession.testsupport.cycle.Second;
import dev.videosession.testsupport.cycle.Third;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassCyclesTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter().importPackages("dev.videosession.testsupport.cycle");
    private static final String FIRST = First.class.getName();

    @Test
    void aNestedClassAndAnArrayLinkTheirOuterClassesAndACallIntoTheCycleDoesNot() {
        assertThat(ClassCycles.of(CLASSES)).hasSize(1);
        assertThat(ClassCycles.of(CLASSES).get(0))
                .containsExactly(FIRST, Second.class.getName(), Third.class.getName())
                .doesNotContain(Apart.class.getName());
    }

    @Test
    void aCycleMayBeAsLargeAsTheLimitOrItsException() {
        ClassCycles.requireAtMost(3, CLASSES, Map.of());
        ClassCycles.requireAtMost(2, CLASSES, Map.of(FIRST, 3));
    }

    @Test
    void largerCyclesAndExceptionsThatDoNotFitFail() {
        assertThatThrownBy(() -> ClassCycles.requireAtMost(2, CLASSES, Map.of()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("3 classes depend on each other, at most 2 may")
                .hasMessageContaining(FIRST);
        assertThatThrownBy(() -> ClassCycles.requireAtMost(2, CLASSES, Map.of(FIRST, 4)))
                .hasMessageContaining("can be lowered to 3");
        assertThatThrownBy(() -> ClassCycles.requireAtMost(3, CLASSES, Map.of(FIRST, 3)))
                .hasMessageContaining("no longer needed");
    }
}
