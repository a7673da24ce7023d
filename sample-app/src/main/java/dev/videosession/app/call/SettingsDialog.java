package dev.videosession.app.call;

import dev.videosession.app.control.Mnemonics;
import dev.videosession.app.control.WindowDialog;
import dev.videosession.app.device.OwnMedia;
import dev.videosession.app.look.Look;
import dev.videosession.app.look.Theme;
import dev.videosession.app.start.DeviceChoices;
import dev.videosession.app.start.DeviceFields;
import dev.videosession.app.start.RememberedValues;
import dev.videosession.app.text.Texts;
import java.awt.Component;
import java.awt.Dialog.ModalityType;
import java.util.Locale;
import javax.swing.DefaultListCellRenderer;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JPanel;
import javax.swing.JSlider;
import javax.swing.SwingUtilities;
import net.miginfocom.swing.MigLayout;

/** The choice of devices, volume and colors during a call. What is chosen has effect at once. For the Swing thread. */
final class SettingsDialog {
    private static final String THEME = "theme";
    private static final int VOLUME_STEP = 25;

    private final RememberedValues remembered;
    private final DeviceChoices choices;
    private final WindowDialog dialog;

    private SettingsDialog(Component near, RememberedValues remembered, DeviceChoices choices, OwnMedia media) {
        this.remembered = remembered;
        this.choices = choices;
        dialog = new WindowDialog(near, "settings-dialog", Texts.of("settings.title"), ModalityType.MODELESS);
        DeviceFields devices = new DeviceFields("settings", choices, media);
        dialog.onClosed(devices::close);
        JPanel content = new JPanel(new MigLayout("insets 16, wrap 1, fill", "[grow, fill, 240:320]", "[]4[]"));
        devices.addTo(content);
        row(content, "settings.volume", volume());
        row(content, "settings.theme", themes());
        JButton close = new JButton(Texts.of("call.dismiss"));
        close.setName("settings-close");
        close.addActionListener(event -> dialog.close());
        content.add(close, "gaptop 14, alignx right, growx 0");
        dialog.open(content, close, devices.first());
    }

    /** Opens the dialog in the window of a component and returns at once. */
    static SettingsDialog open(Component near, RememberedValues remembered, DeviceChoices choices, OwnMedia media) {
        return new SettingsDialog(near, remembered, choices, media);
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

    private static void row(JPanel content, String key, JComponent field) {
        content.add(Mnemonics.label(key, field));
        content.add(field, "wmin 0");
    }

    private JSlider volume() {
        JSlider slider = new JSlider(0, 100, choices.volume());
        slider.setName("settings-volume");
        slider.setMajorTickSpacing(VOLUME_STEP);
        slider.setPaintLabels(true);
        slider.addChangeListener(event -> {
            if (!slider.getValueIsAdjusting()) {
                choices.setVolume(slider.getValue());
            }
        });
        return slider;
    }

    private JComboBox<Theme> themes() {
        JComboBox<Theme> box = new JComboBox<>(Theme.values());
        box.setName("settings-theme");
        box.setSelectedItem(theme(remembered));
        box.setRenderer(new DefaultListCellRenderer() {
            private static final long serialVersionUID = 1L;

            @Override
            public Component getListCellRendererComponent(
                    javax.swing.JList<?> list, Object value, int index, boolean selected, boolean focused) {
                String text = value instanceof Theme theme
                        ? Texts.of("theme." + theme.name().toLowerCase(Locale.ROOT))
                        : "";
                return super.getListCellRendererComponent(list, text, index, selected, focused);
            }
        });
        box.addActionListener(event -> {
            if (box.getSelectedItem() instanceof Theme theme) {
                remembered.put(THEME, theme.name());
                remembered.save();
                SwingUtilities.invokeLater(() -> Look.apply(theme)); // not while the box handles its own event
            }
        });
        return box;
    }

    void close() {
        dialog.close();
    }

    boolean isOpen() {
        return dialog.isOpen();
    }
}
