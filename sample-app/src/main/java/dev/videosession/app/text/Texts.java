package dev.videosession.app.text;

import java.text.MessageFormat;
import java.util.Optional;
import java.util.ResourceBundle;

/**
 * The words that the windows show, in the language of the user. A translation is a file {@code Texts_xx.properties} beside
 * {@code Texts.properties}. Any thread may call.
 */
public final class Texts {
    private static final ResourceBundle BUNDLE = ResourceBundle.getBundle("dev.videosession.app.text.Texts");

    private Texts() {}

    /**
     * Looks up a text.
     *
     * @param key which one
     * @param arguments take the places of {@code {0}}, {@code {1}}, ...; they are shown as they are
     * @return the text
     * @throws java.util.MissingResourceException if no bundle has it
     */
    public static String of(String key, Object... arguments) {
        return new MessageFormat(BUNDLE.getString(key), BUNDLE.getLocale()).format(arguments);
    }

    /**
     * Looks up a text that may not exist.
     *
     * @param key which one, possibly chosen by another participant
     * @return the text, or empty if no bundle has it
     */
    public static Optional<String> find(String key) {
        return BUNDLE.containsKey(key) ? Optional.of(of(key)) : Optional.empty();
    }
}
