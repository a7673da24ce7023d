package dev.videosession.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.text.WellFormedText;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No string of any message accepts half of a surrogate pair, neither when the message is built nor when it is read. */
class SurrogatePairTest {
    private static final String HALF = "a\uD83D";
    private static final String MARK = "qqqqqqqq";

    private final MessageCodec codec = new MessageCodec();

    /** Every message in {@link MessageCodecTest} with the path of one of its strings. */
    static Stream<Object[]> strings() {
        List<Object[]> found = new ArrayList<>();
        Stream.concat(MessageCodecTest.clientMessages(), MessageCodecTest.serverMessages())
                .forEach(message -> paths(message, message.getClass().getSimpleName(), List.of())
                        .forEach(path -> found.add(new Object[] {message, path})));
        return found.stream();
    }

    /** Components from the message down to a string; a list stands for its first element. */
    private static List<List<RecordComponent>> paths(Object owner, String name, List<RecordComponent> above) {
        List<List<RecordComponent>> found = new ArrayList<>();
        for (RecordComponent component : owner.getClass().getRecordComponents()) {
            Object value = unwrapped(get(owner, component));
            List<RecordComponent> path = new ArrayList<>(above);
            path.add(component);
            if (value instanceof String) {
                found.add(path);
            } else if (value instanceof Record inner) {
                found.addAll(paths(inner, name, path));
            }
        }
        return found;
    }

    private static Object unwrapped(Object value) {
        return value instanceof List<?> list ? (list.isEmpty() ? List.of() : list.get(0)) : value;
    }

    private static Object get(Object owner, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(owner);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a record component cannot be read", e);
        }
    }

    /** The same record with another string at the end of the path. */
    private static Object with(Object owner, List<RecordComponent> path, String text) throws Throwable {
        RecordComponent[] components = owner.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            Object value = get(owner, components[i]);
            if (components[i].getName().equals(path.get(0).getName())) {
                Object element = unwrapped(value);
                Object changed = path.size() == 1 ? text : with(element, path.subList(1, path.size()), text);
                value = value instanceof List<?> ? List.of(changed) : changed;
            }
            values[i] = value;
        }
        try {
            var constructor = owner.getClass().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @ParameterizedTest
    @MethodSource("strings")
    void messageWithHalfAPairCannotBeBuilt(Object message, List<RecordComponent> path) {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> with(message, path, HALF));
    }

    @ParameterizedTest
    @MethodSource("strings")
    void messageWithHalfAPairIsNotRead(Object message, List<RecordComponent> path) throws Throwable {
        boolean client = MessageTypes.CLIENT.containsValue(message.getClass());
        Object marked = with(message, path, MARK);
        String json = client ? codec.encodeClient((ClientMessage) marked) : codec.encodeServer((ServerMessage) marked);
        assertThat(json).contains(MARK);
        String broken = json.replace(MARK, "a\\ud83d");

        MessageException refusal = client
                ? catchThrowableOfType(MessageException.class, () -> codec.decodeClient(broken))
                : catchThrowableOfType(MessageException.class, () -> codec.decodeServer(broken));
        assertThat(Objects.requireNonNull(refusal).code()).isEqualTo(ErrorCode.INVALID_PARAMETER);
        assertThat(WellFormedText.isWellFormed(String.valueOf(refusal.getMessage())))
                .isTrue();
    }

    /** The messages above leave no string component out. */
    @Test
    void everyStringComponentOfEveryMessageIsTried() {
        Set<String> tried = new TreeSet<>();
        strings().forEach(each -> {
            List<?> path = (List<?>) each[1];
            RecordComponent last = (RecordComponent) path.get(path.size() - 1);
            tried.add(last.getDeclaringRecord().getName() + "." + last.getName());
        });
        Set<String> declared = new TreeSet<>();
        Set<Class<?>> seen = new HashSet<>();
        Stream.of(MessageTypes.CLIENT, MessageTypes.SERVER)
                .map(Map::values)
                .forEach(types -> types.forEach(type -> collect(type, declared, seen)));

        assertThat(tried).isEqualTo(declared).hasSizeGreaterThan(20);
    }

    private static void collect(Class<?> type, Set<String> declared, Set<Class<?>> seen) {
        if (!type.isRecord() || !seen.add(type)) {
            return;
        }
        for (RecordComponent component : type.getRecordComponents()) {
            Class<?> inner = component.getType();
            if (component.getGenericType() instanceof ParameterizedType list) {
                inner = (Class<?>) list.getActualTypeArguments()[0];
            }
            if (inner == String.class) {
                declared.add(type.getName() + "." + component.getName());
            }
            collect(inner, declared, seen);
        }
    }

    @Test
    void typeOfAMessageIsRefusedWithAnErrorThatCanBeSent() {
        MessageException refusal = catchThrowableOfType(
                MessageException.class, () -> codec.decodeClient("{\"type\":\"\\ud83d\",\"id\":1}"));
        assertThat(Objects.requireNonNull(refusal).id()).isEqualTo(1);
        assertThat(refusal.getMessage()).isEqualTo("unknown message type \uFFFD");
    }
}
