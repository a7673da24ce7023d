package dev.videosession.app.console;

import dev.videosession.app.grid.Names;
import dev.videosession.media.feed.VideoFeed;
import dev.videosession.protocol.Capabilities;
import dev.videosession.protocol.StreamId;
import dev.videosession.session.Connection;
import dev.videosession.session.Stream;
import java.awt.Font;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.UIManager;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;

/** One client: name, role, the button to remove it, and its streams. */
final class ParticipantCard extends JPanel {
    private static final long serialVersionUID = 1L;

    private final transient Connection connection;
    private final transient ModeratorActions actions;
    private final transient Map<StreamId, StreamCard> streams = new LinkedHashMap<>();
    private final JLabel role = new JLabel();
    private final JLabel quiet = new JLabel("publishes nothing");
    private final JButton remove = new JButton("Remove ...");

    ParticipantCard(Connection connection, ModeratorActions actions) {
        super(new MigLayout("insets 10, fillx, wrap 1, hidemode 3", "[grow]", "[]6[]"));
        this.connection = connection;
        this.actions = actions;
        String name = Names.of(connection);
        setName("participant:" + connection.id());
        setBorder(BorderFactory.createLineBorder(UIManager.getColor("Component.borderColor")));
        getAccessibleContext().setAccessibleName(name);
        JLabel title = new JLabel();
        title.putClientProperty("html.disable", true); // what clients write is text
        title.setText(name);
        title.setToolTipText(null);
        title.setFont(title.getFont().deriveFont(Font.BOLD, title.getFont().getSize2D() + 1));
        title.setName("name:" + connection.id());
        role.setName("role:" + connection.id());
        role.setEnabled(false);
        quiet.setEnabled(false);
        remove.setName("remove:" + connection.id());
        remove.setToolTipText("Remove this participant from the session");
        remove.getAccessibleContext().setAccessibleName("Remove " + name);
        remove.addActionListener(event ->
                RemovalDialog.ask(this, name, (message, ban) -> this.actions.remove(this.connection, message, ban)));
        // a long name gives way; role and button keep their places
        JPanel head = new JPanel(new MigLayout("insets 0, fillx", "[0:pref,shrinkprio 200]8[grow,pref!]8[pref!]"));
        head.add(title, "wmin 0");
        head.add(role);
        head.add(remove);
        add(head, "growx");
        add(quiet);
        setReconnecting(false);
    }

    void setReconnecting(boolean reconnecting) {
        role.setText(connection.role().wireName() + (reconnecting ? ", reconnecting ..." : ""));
    }

    void setPowers(Capabilities powers) {
        remove.setEnabled(powers.forceDisconnect());
        streams.values().forEach(stream -> stream.setPowers(powers));
    }

    void add(Stream stream, @Nullable VideoFeed picture, Capabilities powers) {
        remove(stream.id());
        StreamCard card = new StreamCard(stream, picture, actions);
        card.setPowers(powers);
        streams.put(stream.id(), card);
        add(card, "growx");
        quiet.setVisible(false);
    }

    void update(Stream stream) {
        StreamCard card = streams.get(stream.id());
        if (card != null) {
            card.update(stream);
        }
    }

    void remove(StreamId stream) {
        StreamCard card = streams.remove(stream);
        if (card != null) {
            remove(card);
            card.close();
            quiet.setVisible(streams.isEmpty());
        }
    }

    void close() {
        streams.values().forEach(StreamCard::close);
        streams.clear();
    }
}
