package dev.videosession.app.start;

import dev.videosession.app.control.Mnemonics;
import dev.videosession.app.device.AttachedDevices;
import dev.videosession.app.device.DeviceBox;
import dev.videosession.app.device.OwnMedia;
import dev.videosession.media.device.DeviceList;
import javax.swing.JComponent;
import javax.swing.JPanel;

/** The choice of camera, microphone and speaker, which follows the devices that are attached. For the Swing thread. */
public final class DeviceFields implements AutoCloseable {
    private final DeviceChoices choices;
    private final DeviceBox cameras;
    private final DeviceBox microphones;
    private final DeviceBox speakers;
    private final AttachedDevices attached;

    /**
     * Fields that follow the attached devices until they are closed.
     *
     * @param prefix of the components' names
     * @param choices what the user chose
     * @param media says which devices it offers
     */
    public DeviceFields(String prefix, DeviceChoices choices, OwnMedia media) {
        this.choices = choices;
        cameras = new DeviceBox(prefix + "-cameras", Mnemonics.plain("lobby.camera"), choices::chooseCamera);
        microphones =
                new DeviceBox(prefix + "-microphones", Mnemonics.plain("lobby.microphone"), choices::chooseMicrophone);
        speakers = new DeviceBox(prefix + "-speakers", Mnemonics.plain("lobby.speaker"), choices::chooseSpeaker);
        attached = new AttachedDevices(media, this::show);
    }

    private void show(DeviceList list) {
        choices.restore(list);
        cameras.show(list.cameras(), choices.camera());
        microphones.show(list.microphones(), choices.microphone());
        speakers.show(list.speakers(), choices.speaker());
    }

    /**
     * Adds the fields below each other.
     *
     * @param column with a layout of one component in a row
     */
    public void addTo(JPanel column) {
        row(column, "lobby.camera", cameras);
        row(column, "lobby.microphone", microphones);
        row(column, "lobby.speaker", speakers);
    }

    /** {@return the first field} */
    public JComponent first() {
        return cameras;
    }

    static void row(JPanel column, String key, JComponent field) {
        column.add(Mnemonics.label(key, field), "wmin 0");
        column.add(field, "wmin 0");
    }

    /** Follows the devices no longer. */
    @Override
    public void close() {
        attached.close();
    }
}
