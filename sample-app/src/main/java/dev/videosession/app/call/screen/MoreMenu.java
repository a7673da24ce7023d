package dev.videosession.app.call.screen;

import dev.videosession.app.look.Glyph;
import dev.videosession.app.look.GlyphIcon;
import dev.videosession.app.text.Texts;
import java.awt.Component;
import javax.swing.JMenuItem;
import javax.swing.JPopupMenu;
import javax.swing.KeyStroke;

/** The menu with the additional functions and the settings of a call. For the Swing thread. */
final class MoreMenu {
    private static final int ICON = 16;

    private MoreMenu() {}

    /** Opens the menu below a component. */
    static void open(Component below, CallActions actions) {
        JPopupMenu menu = new JPopupMenu();
        menu.setName("settings-menu");
        menu.add(item("settings.statistics", Glyph.STATISTICS, "I", actions::statistics));
        menu.add(item("settings.pip", Glyph.PICTURE_IN_PICTURE, "O", actions::pictureInPicture));
        menu.add(item("settings.snapshot", Glyph.SNAPSHOT, "ctrl S", actions::snapshot));
        menu.addSeparator();
        menu.add(item("settings.devices", Glyph.SETTINGS, "D", actions::settings));
        menu.show(below, below.getWidth() - menu.getPreferredSize().width, below.getHeight());
    }

    private static JMenuItem item(String key, Glyph glyph, String keys, Runnable task) {
        JMenuItem item = new JMenuItem(Texts.of(key), new GlyphIcon(glyph, ICON));
        item.setName(key);
        item.setAccelerator(KeyStroke.getKeyStroke(keys)); // shown only: the shortcuts of the window react to it
        item.addActionListener(event -> task.run());
        return item;
    }
}
