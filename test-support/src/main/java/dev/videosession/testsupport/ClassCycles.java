package dev.videosession.testsupport;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds classes that depend on each other, directly or through other classes: the strongly connected components of the
 * dependency graph. A nested class counts as part of its outermost class.
 *
 * <p>A rule on packages cannot see such a cycle if all of its classes are in one package. A test keeps them small:
 *
 * <pre>{@code
 * ClassCycles.requireAtMost(5, classes, Map.of("dev.videosession.server.internal.rest.OpenTokRest", 7));
 * }</pre>
 */
public final class ClassCycles {
    private final NavigableMap<String, NavigableSet<String>> dependencies;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, Integer> lowest = new HashMap<>();
    private final Deque<String> stack = new ArrayDeque<>();
    private final List<NavigableSet<String>> cycles = new ArrayList<>();

    private ClassCycles(NavigableMap<String, NavigableSet<String>> dependencies) {
        this.dependencies = dependencies;
    }

    /**
     * Finds all cycles.
     *
     * @param classes where to search; dependencies on other classes are ignored
     * @return for each cycle the names of its classes, at least two; the largest cycle first
     */
    public static List<NavigableSet<String>> of(JavaClasses classes) {
        return new ClassCycles(graph(classes)).find();
    }

    /**
     * Fails if a cycle has too many classes.
     *
     * @param limit the most classes of a cycle
     * @param classes where to search
     * @param exceptions larger cycles: the name of any of its classes, and its exact size. An exception that is larger
     *     than its cycle, or no longer needed, fails too, so that a cycle never grows back
     * @throws AssertionError if a cycle is too large or an exception does not fit; the message names the classes
     */
    public static void requireAtMost(int limit, JavaClasses classes, Map<String, Integer> exceptions) {
        List<String> faults = new ArrayList<>();
        Map<String, Integer> unused = new TreeMap<>(exceptions);
        for (NavigableSet<String> cycle : of(classes)) {
            if (cycle.size() > limit) {
                int allowed = limit;
                for (String member : cycle) {
                    Integer exception = unused.remove(member);
                    allowed = exception == null ? allowed : exception;
                }
                if (cycle.size() > allowed) {
                    faults.add(cycle.size() + " classes depend on each other, at most " + allowed + " may: " + cycle);
                } else if (cycle.size() < allowed) {
                    faults.add("the exception of " + allowed + " classes can be lowered to " + cycle.size() + ": "
                            + cycle);
                }
            }
        }
        unused.forEach((name, size) -> faults.add("the exception for " + name + " is no longer needed"));
        if (!faults.isEmpty()) {
            throw new AssertionError(String.join("\n", faults));
        }
    }

    private static NavigableMap<String, NavigableSet<String>> graph(JavaClasses classes) {
        NavigableMap<String, NavigableSet<String>> graph = new TreeMap<>();
        classes.forEach(type -> graph.put(outermost(type), new TreeSet<>()));
        for (JavaClass type : classes) {
            NavigableSet<String> targets = graph.computeIfAbsent(outermost(type), name -> new TreeSet<>());
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String target = outermost(dependency.getTargetClass().getBaseComponentType());
                if (graph.containsKey(target) && !target.equals(outermost(type))) {
                    targets.add(target);
                }
            }
        }
        return graph;
    }

    private static String outermost(JavaClass type) {
        String name = type.getName();
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }

    private List<NavigableSet<String>> find() {
        for (String name : dependencies.keySet()) {
            if (!numbers.containsKey(name)) {
                visit(name);
            }
        }
        cycles.sort(Comparator.<NavigableSet<String>>comparingInt(NavigableSet::size)
                .reversed()
                .thenComparing(NavigableSet::first));
        return List.copyOf(cycles);
    }

    /** Tarjan's algorithm. */
    private void visit(String name) {
        int number = numbers.size();
        numbers.put(name, number);
        lowest.put(name, number);
        stack.push(name);
        for (String target : dependencies.getOrDefault(name, Collections.emptyNavigableSet())) {
            if (!numbers.containsKey(target)) {
                visit(target);
                lowest.merge(name, lowest.get(target), Math::min);
            } else if (stack.contains(target)) {
                lowest.merge(name, numbers.get(target), Math::min);
            }
        }
        if (lowest.get(name) == number) {
            NavigableSet<String> component = new TreeSet<>();
            String member;
            do {
                member = stack.pop();
                component.add(member);
            } while (!member.equals(name));
            if (component.size() > 1) {
                cycles.add(component);
            }
        }
    }
}
