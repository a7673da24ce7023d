package dev.videosession.app.bot;

import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.StreamId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields of a line of input; what is wrong with one is said by its name. */
record RequestFields(String command, Map<?, ?> fields) {
    StreamId stream() throws CommandException {
        return required("stream", StreamId::new);
    }

    List<StreamId> streams(String name) throws CommandException {
        Object value = fields.get(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return convert(
                    name,
                    list,
                    items -> items.stream()
                            .map(item -> new StreamId(Objects.toString(item)))
                            .toList());
        }
        throw invalid("\"" + name + "\" must be an array of texts");
    }

    <T> T required(String name, Function<String, T> type) throws CommandException {
        T value = optional(name, type);
        if (value == null) {
            throw invalid("\"" + name + "\" is missing");
        }
        return value;
    }

    <T> @Nullable T optional(String name, Function<String, T> type) throws CommandException {
        String value = text(name);
        return value == null ? null : convert(name, value, type);
    }

    private <S, T> T convert(String name, S value, Function<S, T> type) throws CommandException {
        try {
            return type.apply(value);
        } catch (IllegalArgumentException e) {
            throw new CommandException(command, ErrorCode.INVALID_PARAMETER, "\"" + name + "\": " + e.getMessage(), e);
        }
    }

    @Nullable
    String text(String name) throws CommandException {
        Object value = fields.get(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw invalid("\"" + name + "\" must be a text");
    }

    /** A whole number under one of two names, or null if both fields are missing. */
    @Nullable
    Integer integer(String name, String otherName) throws CommandException {
        Integer value = integer(name);
        return value == null ? integer(otherName) : value;
    }

    private @Nullable Integer integer(String name) throws CommandException {
        Object value = fields.get(name);
        if (value == null) {
            return null;
        }
        if (value instanceof Double number && number == number.intValue()) {
            return number.intValue();
        }
        throw invalid("\"" + name + "\" must be a whole number");
    }

    /** A size, or null if both fields are missing. */
    @Nullable
    Dimensions dimensions(String widthName, String heightName) throws CommandException {
        Integer width = integer(widthName);
        Integer height = integer(heightName);
        if (width == null && height == null) {
            return null;
        }
        if (width == null || height == null) {
            throw invalid("\"" + widthName + "\" and \"" + heightName + "\" belong together");
        }
        return convert(widthName, width, each -> new Dimensions(each, height));
    }

    boolean flag(String name, boolean otherwise) throws CommandException {
        Object value = fields.get(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Boolean on) {
            return on;
        }
        throw invalid("\"" + name + "\" must be true or false");
    }

    private CommandException invalid(String message) {
        return new CommandException(command, ErrorCode.INVALID_PARAMETER, message);
    }
}
