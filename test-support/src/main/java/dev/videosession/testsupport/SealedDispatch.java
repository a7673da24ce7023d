package dev.videosession.testsupport;

import com.tngtech.archunit.core.domain.InstanceofCheck;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds methods that read a sealed type by a chain of {@code instanceof}. The compiler does not check that such a chain
 * handles every type, so that a new one is dropped. Visitors and abstract methods are checked. The code of a lambda counts
 * as part of its method.
 */
public final class SealedDispatch {
    private SealedDispatch() {}

    /**
     * Fails if a method checks for too many types of one sealed type.
     *
     * @param limit the most types that a method may check for
     * @param classes where to search
     * @throws AssertionError if a method checks for more; the message names the methods
     */
    public static void requireAtMost(int limit, JavaClasses classes) {
        List<String> faults = new ArrayList<>();
        for (JavaClass each : classes) {
            for (JavaCodeUnit method : each.getCodeUnits()) {
                checksBySealedType(method).forEach((parent, types) -> {
                    if (types.size() > limit) {
                        faults.add(method.getFullName() + " checks for " + types.size() + " types of " + parent + ": "
                                + types);
                    }
                });
            }
        }
        if (!faults.isEmpty()) {
            throw new AssertionError("Read the sealed type by a visitor:\n  " + String.join("\n  ", faults));
        }
    }

    private static Map<String, Set<String>> checksBySealedType(JavaCodeUnit method) {
        Map<String, Set<String>> checks = new TreeMap<>();
        for (InstanceofCheck check : method.getInstanceofChecks()) {
            JavaClass type = check.getRawType();
            if (type.getPackageName().startsWith("dev.videosession")) {
                addSealedParents(type.reflect(), type.getSimpleName(), checks);
            }
        }
        return checks;
    }

    private static void addSealedParents(Class<?> type, String name, Map<String, Set<String>> checks) {
        List<Class<?>> parents = new ArrayList<>(List.of(type.getInterfaces()));
        if (type.getSuperclass() != null) {
            parents.add(type.getSuperclass());
        }
        for (Class<?> parent : parents) {
            if (parent.isSealed()) {
                checks.computeIfAbsent(parent.getName(), key -> new TreeSet<>()).add(name);
                addSealedParents(parent, name, checks);
            }
        }
    }
}
