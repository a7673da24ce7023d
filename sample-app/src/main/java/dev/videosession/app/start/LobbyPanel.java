package dev.videosession.app.start;

import dev.videosession.app.control.Banner;
import dev.videosession.app.control.Mnemonics;
import dev.videosession.app.control.ScrollableColumn;
import dev.videosession.app.device.MediaListener;
import dev.videosession.app.device.OwnMedia;
import dev.videosession.app.look.Look;
import dev.videosession.app.text.Texts;
import dev.videosession.protocol.Limits;
import dev.videosession.session.DisplayText;
import dev.videosession.session.Publisher;
import java.awt.Font;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextField;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;

/**
 * Where a user stops before entering a session: it says which server the session is on, and lets the user look at the own camera, choose
 * devices and a name, and test the connection. It opens no device and no connection before the user asks for it.
 */
public final class LobbyPanel extends JPanel implements MediaListener {
    private static final long serialVersionUID = 1L;
    private static final float TITLE = 20;

    private final transient OwnMedia media;
    private final LobbyPreview preview;
    private final transient DeviceFields devices;
    private final transient @Nullable ConnectionTest test;
    private final JTextField name = new JTextField();
    private final JButton join = Mnemonics.button("lobby.join");
    private final JButton testButton = Mnemonics.button("lobby.test");
    private final Banner banner = new Banner("lobby-notice");

    /** What the user decides in a lobby. */
    public interface LobbyActions {
        /**
         * To enter the session.
         *
         * @param name of the user, not blank
         * @param microphone whether audio is sent from the start
         */
        void join(String name, boolean microphone);

        /** To enter another session. */
        void back();
    }

    /**
     * A lobby.
     *
     * @param details which session
     * @param lastName of the user
     * @param media of the user, with nothing opened
     * @param choices the devices that the user chose
     * @param actions what the user decides
     */
    public LobbyPanel(
            JoinDetails details, String lastName, OwnMedia media, DeviceChoices choices, LobbyActions actions) {
        super(new MigLayout("fill, insets 0, hidemode 3", "[grow, fill]", "[][grow]"));
        this.media = media;
        setName("lobby");
        preview = new LobbyPreview(media);
        devices = new DeviceFields("lobby", choices, media);
        test = details.test()
                .map(session -> new ConnectionTest(details, session, banner, () -> testButton.setEnabled(true)))
                .orElse(null);
        addTest();
        name.setName("lobby-name");
        name.setText(lastName);
        join.setName("lobby-join");
        join.putClientProperty("FlatLaf.style", "font: bold; margin: 6,14,6,14");
        join.addActionListener(event -> join(actions));
        add(banner, "cell 0 0, growx, wmin 0");
        JPanel columns = new ScrollableColumn(
                new MigLayout("insets 20, fill", "20:push[0:pref, grow 0]24[170:300:320, fill]20:push", "[center]"));
        columns.add(preview, "wmin 0");
        columns.add(choiceColumn(details, actions));
        JScrollPane place = new JScrollPane(columns);
        place.setBorder(BorderFactory.createEmptyBorder());
        add(place, "cell 0 1, grow, wmin 0, hmin 0");
        onMediaChanged();
        media.setListener(this);
    }

    private void addTest() {
        ConnectionTest running = test;
        if (running != null) {
            testButton.setName("lobby-test");
            testButton.setToolTipText(Texts.of("lobby.testHelp"));
            testButton.addActionListener(event -> {
                testButton.setEnabled(false);
                running.start();
            });
            preview.add(testButton, "alignx center, growx 0, wmin 0");
        }
    }

    private void join(LobbyActions actions) {
        String chosen = name.getText().strip();
        if (chosen.isEmpty()) {
            onMediaFailed(Texts.of("lobby.noName"));
            name.requestFocusInWindow();
        } else {
            actions.join(chosen.substring(0, Math.min(chosen.length(), Limits.STREAM_NAME)), media.isPreviewing());
        }
    }

    private JComponent choiceColumn(JoinDetails details, LobbyActions actions) {
        JPanel column = new JPanel(new MigLayout("insets 0, wrap 1", "[grow, fill]", "[]4[]"));
        JLabel title = new JLabel(Texts.of("lobby.title"));
        title.setFont(title.getFont().deriveFont(Font.BOLD, TITLE));
        column.add(title, "gapbottom 8, wmin 0");
        column.add(fact("lobby-host", Texts.of("lobby.host", details.host())), "wmin 0");
        column.add(
                fact("lobby-session", Texts.of("lobby.session", DisplayText.of(details.sessionId(), 80))),
                "wmin 0, gapbottom 8");
        DeviceFields.row(column, "lobby.name", name);
        devices.addTo(column);
        JButton back = Mnemonics.button("lobby.back");
        back.setName("lobby-back");
        back.addActionListener(event -> actions.back());
        column.add(join, "split 2, gaptop 10, growx, pushx");
        column.add(back, "growx 0");
        return column;
    }

    private static JLabel fact(String name, String text) {
        JLabel label = new JLabel();
        label.putClientProperty("html.disable", true);
        label.setName(name);
        label.setText(text);
        label.setToolTipText(text);
        label.setForeground(Look.faint());
        return label;
    }

    /** Makes Enter join and puts the focus into the name; call it when the panel is shown. */
    public void opened() {
        getRootPane().setDefaultButton(join);
        name.requestFocusInWindow();
        name.selectAll();
    }

    /** Stops to show the preview and cancels the test. The media remain open. */
    public void closed() {
        devices.close();
        preview.close();
        if (test != null) {
            test.close();
        }
    }

    @Override
    public void onPublisher(Publisher now, @Nullable Publisher former) {
        preview.show(now);
        if (former != null) {
            former.destroy();
        }
    }

    @Override
    public void onMediaChanged() {
        preview.showState(name.getText());
    }

    @Override
    public void onMediaFailed(String sentence) {
        banner.setAction("", "", null);
        banner.show(sentence, true, false);
    }
}
