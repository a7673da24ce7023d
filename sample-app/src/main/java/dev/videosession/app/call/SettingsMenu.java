package dev.videosession.app.call;

import dev.videosession.app.device.DeviceLists;
import dev.videosession.app.device.OwnMedia;
import dev.videosession.app.look.Glyph;
import dev.videosession.app.look.GlyphIcon;
import dev.videosession.app.look.Look;
import dev.videosession.app.look.Theme;
import dev.videosession.app.start.RememberedValues;
import dev.videosession.app.text.Texts;
import dev.videosession.media.device.MediaDevice;
import java.awt.Component;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javax.swing.JMenu;
import javax.swing.JMenuItem;
import javax.swing.JPopupMenu;
import javax.swing.JRadioButtonMenuItem;
import javax.swing.KeyStroke;
import org.jspecify.annotations.Nullable;

/** The choice of camera, microphone and theme during a call. For the Swing thread. */
final class SettingsMenu {
    private static final String THEME = "theme";
    private static final int ICON = 16;

    private final RememberedValues remembered;
    private final OwnMedia media;

    SettingsMenu(RememberedValues remembered, OwnMedia media) {
        this.remembered = remembered;
        this.media = media;
    }

    /** {@return the theme that the user chose last} */
    static Theme theme(RememberedValues remembered) {
        String wanted = remembered.get(THEME, Theme.SYSTEM.name());
        for (Theme theme : Theme.values()) {
            if (theme.name().equals(wanted)) {
                return theme;
            }
        }
        return Theme.SYSTEM;
    }

    /** Opens the menu below a component; the devices are listed in the background first. */
    void open(Component below, CallControls.CallActions actions) {
        DeviceLists.load(lists -> {
            if (below.isShowing()) {
                JPopupMenu menu = menu(lists, actions);
                menu.show(below, below.getWidth() - menu.getPreferredSize().width, below.getHeight());
            }
        });
    }

    private JPopupMenu menu(DeviceLists lists, CallControls.CallActions actions) {
        JPopupMenu menu = new JPopupMenu();
        menu.setName("settings-menu");
        menu.add(item("settings.statistics", Glyph.STATISTICS, "I", actions::statistics));
        menu.add(item("settings.pip", Glyph.PICTURE_IN_PICTURE, "O", actions::pictureInPicture));
        menu.add(item("settings.snapshot", Glyph.SNAPSHOT, "ctrl S", actions::snapshot));
        menu.addSeparator();
        menu.add(devices("lobby.camera", lists.cameras(), media::chooseCamera));
        menu.add(devices("lobby.microphone", lists.microphones(), media::chooseMicrophone));
        JMenu themes = new JMenu(Texts.of("settings.theme"));
        for (Theme theme : Theme.values()) {
            JRadioButtonMenuItem item =
                    new JRadioButtonMenuItem(Texts.of("theme." + theme.name().toLowerCase(Locale.ROOT)));
            item.setSelected(theme(remembered) == theme);
            item.addActionListener(event -> {
                remembered.put(THEME, theme.name());
                remembered.save();
                Look.apply(theme);
            });
            themes.add(item);
        }
        menu.add(themes);
        return menu;
    }

    private static JMenuItem item(String key, Glyph glyph, String keys, Runnable task) {
        JMenuItem item = new JMenuItem(Texts.of(key), new GlyphIcon(glyph, ICON));
        item.setName(key);
        item.setAccelerator(KeyStroke.getKeyStroke(keys)); // shown only: the shortcuts of the window react to it
        item.addActionListener(event -> task.run());
        return item;
    }

    private static JMenu devices(String title, List<MediaDevice> devices, Consumer<@Nullable MediaDevice> onChosen) {
        JMenu menu = new JMenu(Texts.of(title));
        if (devices.isEmpty()) {
            JMenuItem none = new JMenuItem(Texts.of("device.none"));
            none.setEnabled(false);
            menu.add(none);
        }
        for (MediaDevice device : devices) {
            JMenuItem item = new JMenuItem(device.name());
            item.addActionListener(event -> onChosen.accept(device));
            menu.add(item);
        }
        return menu;
    }
}
