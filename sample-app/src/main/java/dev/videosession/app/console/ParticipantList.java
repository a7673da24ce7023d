package dev.videosession.app.console;

import dev.videosession.media.feed.VideoFeed;
import dev.videosession.protocol.Capabilities;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.session.Connection;
import dev.videosession.session.Stream;
import java.awt.Component;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.ScrollPaneConstants;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;

/** Who else is in the session, in order of arrival, each with its streams. */
final class ParticipantList {
    private static final int SCROLL_STEP = 24;

    private final ModeratorActions actions;
    private final Map<ConnectionId, ParticipantCard> cards = new LinkedHashMap<>();
    private final Map<StreamId, ParticipantCard> byStream = new HashMap<>();
    private final JPanel panel =
            new ScrollableColumn(new MigLayout("insets 8, fillx, wrap 1, hidemode 3", "[grow]", "[]8[]"));
    private final JScrollPane pane = new JScrollPane(panel);
    private final JLabel empty = new JLabel("No other participants");
    private Capabilities powers = Console.NOTHING;

    ParticipantList(ModeratorActions actions) {
        this.actions = actions;
        panel.setName("participants");
        panel.add(empty, "alignx center, gaptop 24");
        empty.setEnabled(false);
        pane.setHorizontalScrollBarPolicy(ScrollPaneConstants.HORIZONTAL_SCROLLBAR_NEVER);
        pane.getVerticalScrollBar().setUnitIncrement(SCROLL_STEP);
    }

    Component component() {
        return pane;
    }

    void setPowers(Capabilities now) {
        powers = now;
        cards.values().forEach(card -> card.setPowers(now));
    }

    void add(Connection connection) {
        remove(connection.id());
        ParticipantCard card = new ParticipantCard(connection, actions);
        card.setPowers(powers);
        cards.put(connection.id(), card);
        panel.add(card, "growx");
        refresh();
    }

    void remove(ConnectionId connection) {
        ParticipantCard card = cards.remove(connection);
        if (card != null) {
            byStream.values().removeIf(card::equals);
            panel.remove(card);
            card.close();
            refresh();
        }
    }

    void setReconnecting(ConnectionId connection, boolean reconnecting) {
        ParticipantCard card = cards.get(connection);
        if (card != null) {
            card.setReconnecting(reconnecting);
        }
    }

    void add(Stream stream, @Nullable VideoFeed picture) {
        ParticipantCard card = cards.get(stream.connection().id());
        if (card != null) {
            card.add(stream, picture, powers);
            byStream.put(stream.id(), card);
            refresh();
        }
    }

    void update(Stream stream) {
        ParticipantCard card = byStream.get(stream.id());
        if (card != null) {
            card.update(stream);
        }
    }

    void remove(StreamId stream) {
        ParticipantCard card = byStream.remove(stream);
        if (card != null) {
            card.remove(stream);
            refresh();
        }
    }

    void clear() {
        List.copyOf(cards.keySet()).forEach(this::remove);
    }

    private void refresh() {
        empty.setVisible(cards.isEmpty());
        panel.revalidate();
        panel.repaint();
    }
}
