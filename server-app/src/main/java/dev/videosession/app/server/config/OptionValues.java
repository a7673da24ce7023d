package dev.videosession.app.server.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options of a command that take a value, by their names without dashes. */
public final class OptionValues {
    private static final String CONFIG = "config";

    private OptionValues() {}

    /** {@return the values that the command line gave} */
    public static Map<String, String> given(CommandSpec spec) {
        Map<String, String> given = new HashMap<>();
        for (OptionSpec option : spec.options()) {
            Object value = option.getValue();
            if (isSetting(option) && value != null) {
                given.put(name(option), text(value));
            }
        }
        return given;
    }

    /** {@return the names that a configuration file may contain: every option but the one that names the file} */
    public static Set<String> known(CommandSpec spec) {
        Set<String> known = new TreeSet<>();
        spec.options().stream().filter(OptionValues::isSetting).forEach(option -> known.add(name(option)));
        known.remove(CONFIG);
        return known;
    }

    private static boolean isSetting(OptionSpec option) {
        return option.type() == String.class || option.type() == List.class;
    }

    /** An option that was given several times is written like its value in a file. */
    private static String text(Object value) {
        return value instanceof List<?> values
                ? values.stream().map(String::valueOf).collect(Collectors.joining(","))
                : value.toString();
    }

    private static String name(OptionSpec option) {
        return option.longestName().substring(2);
    }
}
