package dev.videosession.testsupport;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The public API of a module as text, for a file under version control: a change of the API is a change of that file. The
 * API is every public class outside of {@code internal} packages with its public and protected members; methods that
 * every object has are left out.
 */
public final class ApiListing {
    private static final String UPDATE = "api.update";
    private static final Pattern PACKAGE = Pattern.compile("\\b(?:[a-z_]\\w*\\.)+(?=[A-Z@])");
    private static final Set<String> OBJECT_METHODS = Set.of("equals", "hashCode", "toString", "values", "valueOf");

    private ApiListing() {}

    /**
     * Compares the API with a file. If the system property {@code api.update} is set, writes the file instead.
     *
     * @param classes the classes of the module, without its tests
     * @param file the listing, usually {@code src/api/MODULE.txt}
     * @throws IOException if the file cannot be read or written
     * @throws AssertionError if the API differs from the file, or shows an internal class; the message says how
     */
    public static void check(JavaClasses classes, Path file) throws IOException {
        List<Class<?>> types = types(classes);
        requireNoInternals(types);
        List<String> lines = types.stream().flatMap(type -> lines(type)).toList();
        if (System.getProperty(UPDATE) != null) {
            Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
            Files.write(file, lines);
            return;
        }
        List<String> expected = Files.exists(file) ? Files.readAllLines(file) : List.of();
        if (!lines.equals(expected)) {
            throw new AssertionError("The public API differs from " + file + ":\n"
                    + difference(expected, lines)
                    + "If the change is intended, run this test with -D" + UPDATE + " and commit the file.");
        }
    }

    /**
     * Returns the types of an API.
     *
     * @param classes the classes of the module
     * @return the public classes outside of internal packages, nested ones included, sorted by name
     */
    public static List<Class<?>> types(JavaClasses classes) {
        List<Class<?>> types = new ArrayList<>();
        classes.stream()
                .sorted((a, b) -> a.getName().compareTo(b.getName()))
                .filter(type -> !isInternal(type.getPackageName()))
                .map(JavaClass::reflect)
                .filter(ApiListing::isVisible)
                .forEach(types::add);
        return types;
    }

    private static boolean isVisible(Class<?> type) {
        Class<?> outer = type.getDeclaringClass();
        return shows(type.getModifiers()) && !type.isAnonymousClass() && (outer == null || isVisible(outer));
    }

    private static boolean shows(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static boolean isInternal(String text) {
        return text.endsWith(".internal") || text.contains(".internal.");
    }

    private static void requireNoInternals(List<Class<?>> types) {
        List<String> faults = types.stream()
                .flatMap(type -> Stream.concat(Stream.of(header(type)), members(type).stream())
                        .filter(ApiListing::isInternal)
                        .map(line -> type.getName() + ": " + line))
                .toList();
        if (!faults.isEmpty()) {
            throw new AssertionError("The public API shows internal classes:\n" + String.join("\n", faults));
        }
    }

    private static Stream<String> lines(Class<?> type) {
        return Stream.of(
                        Stream.of(
                                type.getName().replace('$', '.'),
                                "  " + PACKAGE.matcher(header(type)).replaceAll("")),
                        members(type).stream()
                                .map(member -> "    " + PACKAGE.matcher(member).replaceAll("")),
                        Stream.of(""))
                .flatMap(lines -> lines);
    }

    private static String header(Class<?> type) {
        StringBuilder text = new StringBuilder();
        int hidden = type.isInterface() || type.isEnum() || type.isRecord() ? Modifier.FINAL | Modifier.ABSTRACT : 0;
        text.append(Modifier.toString(type.getModifiers() & ~hidden & ~Modifier.INTERFACE & ~Modifier.STATIC));
        text.append(type.isSealed() ? " sealed " : " ").append(kind(type));
        if (type.getTypeParameters().length > 0) {
            text.append(Arrays.stream(type.getTypeParameters())
                    .map(Object::toString)
                    .collect(Collectors.joining(", ", "<", ">")));
        }
        Class<?> parent = type.getSuperclass();
        if (parent != null && parent != Object.class && parent != Record.class && !type.isEnum()) {
            text.append(" extends ").append(name(type.getAnnotatedSuperclass()));
        }
        if (type.getInterfaces().length > 0) {
            text.append(type.isInterface() ? " extends " : " implements ");
            text.append(names(type.getAnnotatedInterfaces()));
        }
        if (type.isSealed()) {
            text.append(" permits ");
            text.append(Arrays.stream(type.getPermittedSubclasses())
                    .map(permitted -> permitted.getName().replace('$', '.'))
                    .sorted()
                    .collect(Collectors.joining(", ")));
        }
        return text.toString();
    }

    private static String kind(Class<?> type) {
        if (type.isAnnotation()) {
            return "annotation";
        }
        if (type.isInterface()) {
            return "interface";
        }
        if (type.isEnum()) {
            return "enum";
        }
        return type.isRecord() ? "record" : "class";
    }

    /** Sorted by name. */
    private static Collection<String> members(Class<?> type) {
        NavigableMap<String, String> members = new TreeMap<>();
        for (Field field : type.getDeclaredFields()) {
            if (isListed(field.getModifiers(), field.isSynthetic())) {
                members.put(
                        field.getName(),
                        modifiers(field.getModifiers()) + name(field.getAnnotatedType()) + " " + field.getName());
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (isListed(constructor.getModifiers(), constructor.isSynthetic())) {
                String signature = "new" + signature(constructor);
                members.put(signature, modifiers(constructor.getModifiers()) + signature);
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if (isListed(method.getModifiers(), method.isSynthetic()) && !OBJECT_METHODS.contains(method.getName())) {
                String signature = method.getName() + signature(method);
                members.put(
                        signature,
                        modifiers(method.getModifiers()) + (method.isDefault() ? "default " : "")
                                + name(method.getAnnotatedReturnType()) + " " + signature);
            }
        }
        return members.values();
    }

    private static boolean isListed(int modifiers, boolean synthetic) {
        return shows(modifiers) && !synthetic;
    }

    private static String modifiers(int modifiers) {
        int shown = modifiers & (Modifier.PROTECTED | Modifier.STATIC | Modifier.ABSTRACT | Modifier.FINAL);
        return shown == 0 ? "" : Modifier.toString(shown) + " ";
    }

    private static String signature(Executable executable) {
        AnnotatedType[] thrown = executable.getAnnotatedExceptionTypes();
        return "(" + names(executable.getAnnotatedParameterTypes()) + ")"
                + (thrown.length == 0 ? "" : " throws " + names(thrown));
    }

    private static String names(AnnotatedType[] types) {
        return Arrays.stream(types).map(ApiListing::name).collect(Collectors.joining(", "));
    }

    private static String name(AnnotatedType type) {
        return type.toString().replace("()", "").replace('$', '.');
    }

    private static String difference(List<String> expected, List<String> lines) {
        StringBuilder text = new StringBuilder();
        expected.stream()
                .filter(line -> !lines.contains(line))
                .forEach(line -> text.append("- ").append(line).append('\n'));
        lines.stream()
                .filter(line -> !expected.contains(line))
                .forEach(line -> text.append("+ ").append(line).append('\n'));
        return text.toString();
    }
}
