package dev.videosession.testsupport;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Checks that a simple name means one thing: no two top-level classes have the same name, and no nested class has the name
 * of a top-level class. Nested classes of different classes may share a name, such as {@code Listener} or {@code Visitor},
 * because code outside of their class names that class, too.
 */
public final class UniqueNames {
    private UniqueNames() {}

    /**
     * Fails if a name has two meanings.
     *
     * @param classes all classes of all modules
     * @throws AssertionError if so; the message names the classes
     */
    public static void require(JavaClasses classes) {
        Map<String, List<JavaClass>> named = new TreeMap<>();
        for (JavaClass type : classes) {
            if (!type.isAnonymousClass() && !type.getSimpleName().equals("package-info")) {
                named.computeIfAbsent(type.getSimpleName(), name -> new ArrayList<>())
                        .add(type);
            }
        }
        List<String> faults = new ArrayList<>();
        named.forEach((name, types) -> {
            if (types.size() > 1 && types.stream().anyMatch(JavaClass::isTopLevelClass)) {
                faults.add(types.stream().map(JavaClass::getName).sorted().toList() + " have the same name");
            }
        });
        if (!faults.isEmpty()) {
            throw new AssertionError(String.join("\n", faults));
        }
    }
}
