package dev.videosession.app.device;

import dev.videosession.app.text.Texts;
import dev.videosession.media.device.MediaDevice;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.swing.JComboBox;
import org.jspecify.annotations.Nullable;

/** A choice of one device of a kind, the system's default first. For the Swing thread. */
public final class DeviceBox extends JComboBox<DeviceBox.Item> {
    private static final long serialVersionUID = 1L;

    /**
     * A device, or the default one.
     *
     * @param label shown for it
     * @param device null for the default
     */
    public record Item(String label, @Nullable MediaDevice device) {
        @Override
        public String toString() {
            return label;
        }
    }

    private boolean changing;

    /**
     * A choice of the default alone; see {@link #show}.
     *
     * @param name of the component
     * @param accessibleName what it chooses
     * @param onChosen gets what the user chooses, null for the default
     */
    public DeviceBox(String name, String accessibleName, Consumer<@Nullable MediaDevice> onChosen) {
        setName(name);
        putClientProperty("html.disable", true);
        getAccessibleContext().setAccessibleName(accessibleName);
        addItem(new Item(Texts.of("device.default"), null));
        addActionListener(event -> {
            if (!changing && getSelectedItem() instanceof Item item) {
                onChosen.accept(item.device());
            }
        });
    }

    /**
     * Shows which devices are attached. Reports no choice.
     *
     * @param devices the attached ones
     * @param chosen the one in use, null for the default; the default is shown if it is not attached
     */
    public void show(List<MediaDevice> devices, @Nullable MediaDevice chosen) {
        changing = true;
        removeAllItems();
        addItem(new Item(Texts.of(devices.isEmpty() ? "device.none" : "device.default"), null));
        devices.forEach(device -> addItem(new Item(device.name(), device)));
        IntStream.range(0, devices.size())
                .filter(i -> devices.get(i).equals(chosen))
                .findFirst()
                .ifPresent(i -> setSelectedIndex(i + 1));
        changing = false;
    }
}
