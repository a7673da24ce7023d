package dev.videosession.app.start;

import dev.videosession.app.text.Texts;
import dev.videosession.media.device.MediaDevice;
import java.util.List;
import java.util.function.Consumer;
import javax.swing.JComboBox;
import org.jspecify.annotations.Nullable;

/** A choice of one device of a kind, the default one first. */
final class DeviceBox extends JComboBox<DeviceBox.Item> {
    private static final long serialVersionUID = 1L;

    /** A device, or the default one. */
    record Item(String label, @Nullable MediaDevice device) {
        @Override
        public String toString() {
            return label;
        }
    }

    DeviceBox(String name, String accessibleName, Consumer<@Nullable MediaDevice> onChosen) {
        setName(name);
        getAccessibleContext().setAccessibleName(accessibleName);
        addItem(new Item(Texts.of("device.default"), null));
        addActionListener(event -> {
            if (getSelectedItem() instanceof Item item) {
                onChosen.accept(item.device());
            }
        });
    }

    void show(List<MediaDevice> devices) {
        devices.forEach(device -> addItem(new Item(device.name(), device)));
        if (devices.isEmpty()) {
            removeAllItems();
            addItem(new Item(Texts.of("device.none"), null));
        }
    }
}
