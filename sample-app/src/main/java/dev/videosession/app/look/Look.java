package dev.videosession.app.look;

import com.formdev.flatlaf.FlatDarkLaf;
import com.formdev.flatlaf.FlatLaf;
import com.formdev.flatlaf.FlatLightLaf;
import java.awt.Color;
import javax.swing.UIManager;

/** Sets the look of all windows of the process. */
public final class Look {
    private static final int ARC = 8;
    private static final Color DANGER = new Color(0xD93A3F);
    private static final Color WARNING = new Color(0xA0670F);
    private static final Color ACCENT = new Color(0x2F7DE1);

    /** The key of the colour for the text of destructive actions in the UI defaults of each theme. */
    private static final String DANGER_TEXT = "VideoSession.dangerText";

    /** The key of the colour for less important text, that of disabled labels. Its contrast is at least 4.5. */
    private static final String FAINT_TEXT = "Label.disabledForeground";

    private static final String RAISED_HAND = "VideoSession.raisedHand";

    private static final Color FAINT_ON_DARK = new Color(0xB0B5BB);
    private static final Color FAINT_ON_LIGHT = new Color(0x5F6670);
    private static final Color RAISED_HAND_ON_DARK = new Color(0xE9B64A);
    private static final Color RAISED_HAND_ON_LIGHT = new Color(0xA0670F);
    private static final Color DANGER_ON_DARK = new Color(0xFF8D90);
    private static final Color DANGER_ON_LIGHT = new Color(0xC4262C);

    private Look() {}

    /**
     * Applies a theme to all windows, open ones included. Call it on the Swing thread.
     *
     * @param theme which colours; for {@link Theme#SYSTEM} call {@link SystemTheme#isDark()} once on another thread before
     */
    public static void apply(Theme theme) {
        boolean dark = switch (theme) {
            case DARK -> true;
            case LIGHT -> false;
            case SYSTEM -> SystemTheme.isDark();
        };
        UIManager.put("Component.arc", ARC);
        UIManager.put("Button.arc", ARC);
        UIManager.put("TextComponent.arc", ARC);
        UIManager.put("ScrollBar.showButtons", false);
        UIManager.put(FAINT_TEXT, dark ? FAINT_ON_DARK : FAINT_ON_LIGHT);
        UIManager.put(RAISED_HAND, dark ? RAISED_HAND_ON_DARK : RAISED_HAND_ON_LIGHT);
        UIManager.put(DANGER_TEXT, dark ? DANGER_ON_DARK : DANGER_ON_LIGHT);
        if (dark) {
            FlatDarkLaf.setup();
        } else {
            FlatLightLaf.setup();
        }
        FlatLaf.updateUI();
    }

    /** {@return the background of destructive actions and of devices that are turned off} */
    public static Color danger() {
        return DANGER;
    }

    /** {@return a style for FlatLaf: the text of destructive actions, in the current and in later themes} */
    public static String dangerTextStyle() {
        return "foreground: $" + DANGER_TEXT;
    }

    /** {@return the background of a warning with white text} */
    public static Color warning() {
        return WARNING;
    }

    /** {@return the colour of the icon for a raised hand on the background of a list, in the current theme} */
    public static Color raisedHand() {
        Color color = UIManager.getColor(RAISED_HAND);
        return color == null ? RAISED_HAND_ON_LIGHT : color;
    }

    /** {@return the colour of active controls} */
    public static Color accent() {
        return ACCENT;
    }

    /** {@return the colour of less important text, in the current theme} */
    public static Color faint() {
        Color color = UIManager.getColor(FAINT_TEXT);
        return color == null ? Color.GRAY : color;
    }
}
