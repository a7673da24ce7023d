package dev.videosession.app.console;

import dev.videosession.app.control.ScrollableColumn;
import dev.videosession.app.text.Texts;
import dev.videosession.media.feed.VideoFeed;
import dev.videosession.protocol.Capabilities;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.session.Connection;
import dev.videosession.session.Stream;
import java.awt.Dimension;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.ScrollPaneConstants;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;

/** The other clients in the session, in order of arrival, each with its streams; those that a filter lets through are shown. */
final class ParticipantList {
    private static final int SCROLL_STEP = 24;

    private final ModeratorActions actions;
    private final Questions questions;
    private final Map<ConnectionId, ParticipantCard> cards = new LinkedHashMap<>();
    private final Map<StreamId, ParticipantCard> byStream = new HashMap<>();
    private final JPanel panel =
            new ScrollableColumn(new MigLayout("insets 8, fillx, wrap 1, hidemode 3", "[grow, 0:pref]", "[]8[]"));
    private final JScrollPane pane = new JScrollPane(panel);
    private final JLabel empty = new JLabel();
    private Capabilities powers = SessionPane.NOTHING;
    private String text = "";
    private PeopleFilter filter = PeopleFilter.ALL;

    ParticipantList(ModeratorActions actions, Questions questions) {
        this.actions = actions;
        this.questions = questions;
        panel.setName("participants");
        panel.getAccessibleContext().setAccessibleName(Texts.of("console.people"));
        panel.add(empty, "alignx center, gaptop 24");
        empty.setName("no-participants");
        empty.setEnabled(false);
        pane.setHorizontalScrollBarPolicy(ScrollPaneConstants.HORIZONTAL_SCROLLBAR_NEVER);
        pane.getVerticalScrollBar().setUnitIncrement(SCROLL_STEP);
        pane.setMinimumSize(new Dimension(0, 0));
        refresh();
    }

    JComponent component() {
        return pane;
    }

    void setFilter(String newText, PeopleFilter newFilter) {
        text = newText.strip().toLowerCase(Locale.ROOT);
        filter = newFilter;
        refresh();
    }

    /** Moves the focus to the first client that is shown. */
    void focusFirst() {
        cards.values().stream()
                .filter(ParticipantCard::isVisible)
                .findFirst()
                .ifPresent(JComponent::requestFocusInWindow);
    }

    /** {@return the streams with audio} */
    List<Stream> audible() {
        return cards.values().stream()
                .flatMap(card -> card.streams().stream())
                .filter(Stream::hasAudio)
                .toList();
    }

    void setPowers(Capabilities now) {
        powers = now;
        cards.values().forEach(card -> card.setPowers(now));
    }

    void add(Connection connection) {
        remove(connection.id());
        ParticipantCard card = new ParticipantCard(connection, actions, questions);
        card.setPowers(powers);
        cards.put(connection.id(), card);
        panel.add(card, "growx, wmin 0");
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
            refresh();
        }
    }

    void setHand(ConnectionId connection, boolean raised) {
        ParticipantCard card = cards.get(connection);
        if (card != null) {
            card.setHand(raised);
            refresh();
        }
    }

    void add(Stream stream, @Nullable VideoFeed video) {
        ParticipantCard card = cards.get(stream.connection().id());
        if (card != null) {
            card.add(stream, video, powers);
            byStream.put(stream.id(), card);
            refresh();
        }
    }

    void update(Stream stream) {
        ParticipantCard card = byStream.get(stream.id());
        if (card != null) {
            card.update(stream);
            refresh();
        }
    }

    void setQuality(StreamId stream, int score) {
        ParticipantCard card = byStream.get(stream);
        if (card != null) {
            card.setQuality(stream, score);
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
        boolean none = true;
        for (ParticipantCard card : cards.values()) {
            card.setVisible(card.matches(text, filter));
            none &= !card.isVisible();
        }
        empty.setText(Texts.of(cards.isEmpty() ? "console.noParticipants" : "console.noMatch"));
        empty.setVisible(none);
        panel.revalidate();
        panel.repaint();
    }
}
