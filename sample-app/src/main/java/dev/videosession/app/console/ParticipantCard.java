package dev.videosession.app.console;

import dev.videosession.app.grid.Names;
import dev.videosession.app.look.Glyph;
import dev.videosession.app.look.GlyphIcon;
import dev.videosession.app.look.Look;
import dev.videosession.app.text.Texts;
import dev.videosession.media.feed.VideoFeed;
import dev.videosession.protocol.Capabilities;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.VideoType;
import dev.videosession.session.Connection;
import dev.videosession.session.Stream;
import java.awt.Color;
import java.awt.Font;
import java.awt.Rectangle;
import java.awt.event.ActionEvent;
import java.awt.event.FocusAdapter;
import java.awt.event.FocusEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.swing.AbstractAction;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.KeyStroke;
import javax.swing.UIManager;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;

/**
 * One client: name, role, state, its streams, and the actions on it. While it has the focus, keys start them: W warns, M mutes, E ends the
 * stream, S stops the share, Delete removes, B bans.
 */
final class ParticipantCard extends JPanel {
    private static final long serialVersionUID = 1L;
    private static final int ICON = 16;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneId.systemDefault());

    private final transient Connection connection;
    private final transient ModeratorActions actions;
    private final transient Questions questions;
    private final transient Map<StreamId, StreamCard> streams = new LinkedHashMap<>();
    private final JLabel title = new JLabel();
    private final JLabel role = new JLabel();
    private final JLabel quiet = new JLabel(Texts.of("console.quiet"));
    private final JButton warn;
    private final JButton remove;
    private final JButton ban;
    private boolean reconnecting;
    private boolean hand;

    ParticipantCard(Connection connection, ModeratorActions actions, Questions questions) {
        super(new MigLayout("insets 10, fillx, wrap 1, hidemode 3", "[grow, 0:pref]", "[]6[]"));
        this.connection = connection;
        this.actions = actions;
        this.questions = questions;
        setName("participant:" + connection.id());
        setFocusable(true);
        warn = button("warn", "console.warnHelp", Glyph.WARNING, () -> questions.warn(this, connection));
        remove = button("remove", "console.removeHelp", Glyph.REMOVE, () -> questions.remove(this, connection));
        ban = button("ban", "console.banHelp", Glyph.BAN, () -> questions.ban(this, connection));
        title.putClientProperty("html.disable", true); // what clients write is text
        title.setFont(title.getFont().deriveFont(Font.BOLD, title.getFont().getSize2D() + 1));
        title.setName("name:" + connection.id());
        role.setName("role:" + connection.id());
        role.setEnabled(false);
        quiet.setEnabled(false);
        // a long name gives way; state and buttons keep their places
        JPanel head = new JPanel(new MigLayout("insets 0, fillx, wrap 2", "[grow, 0:pref]8[pref!]", "[]2[]"));
        head.add(title, "growx, wmin 0");
        JPanel buttons = new JPanel(new MigLayout("insets 0, gap 2"));
        buttons.add(warn);
        buttons.add(remove);
        buttons.add(ban);
        head.add(buttons, "spany 2, aligny top");
        head.add(role, "growx, wmin 0");
        add(head, "growx, wmin 0");
        add(quiet, "wmin 0");
        addFocusListener(new FocusAdapter() {
            @Override
            public void focusGained(FocusEvent event) {
                paintBorder(true);
                scrollRectToVisible(new Rectangle(getSize()));
            }

            @Override
            public void focusLost(FocusEvent event) {
                paintBorder(false);
            }
        });
        addMouseListener(new MouseAdapter() {
            @Override
            public void mousePressed(MouseEvent event) {
                requestFocusInWindow();
            }
        });
        bindKeys();
        paintBorder(false);
        showState();
    }

    private JButton button(String name, String help, Glyph glyph, Runnable task) {
        JButton button = new JButton(new GlyphIcon(glyph, ICON));
        button.setName(name + ":" + connection.id());
        button.putClientProperty("JButton.buttonType", "toolBarButton");
        button.setToolTipText(Texts.of(help));
        button.addActionListener(event -> task.run());
        return button;
    }

    private void bindKeys() {
        bind("W", warn::doClick);
        bind("DELETE", remove::doClick);
        bind("B", ban::doClick);
        bind("M", () -> each(card -> card.stream().hasAudio(), StreamCard::pressMute));
        bind("E", () -> each(card -> !isScreen(card), StreamCard::pressEnd));
        bind("S", () -> each(ParticipantCard::isScreen, StreamCard::pressEnd));
        bind("DOWN", this::transferFocusToNext);
        bind("UP", this::transferFocusToPrevious);
    }

    private static boolean isScreen(StreamCard card) {
        return card.stream().videoType().filter(VideoType.SCREEN::equals).isPresent();
    }

    private void each(Predicate<StreamCard> wanted, Consumer<StreamCard> task) {
        streams.values().stream().filter(wanted).findFirst().ifPresent(task);
    }

    private void transferFocusToNext() {
        focusNeighbor(1);
    }

    private void transferFocusToPrevious() {
        focusNeighbor(-1);
    }

    /** Moves the focus to the next card that is shown, in a direction. */
    private void focusNeighbor(int step) {
        if (getParent() == null) {
            return;
        }
        for (int i = getParent().getComponentZOrder(this) + step;
                i >= 0 && i < getParent().getComponentCount();
                i += step) {
            if (getParent().getComponent(i) instanceof ParticipantCard card && card.isVisible()) {
                card.requestFocusInWindow();
                return;
            }
        }
    }

    private void bind(String key, Runnable task) {
        getInputMap(WHEN_ANCESTOR_OF_FOCUSED_COMPONENT).put(KeyStroke.getKeyStroke(key), key);
        getActionMap().put(key, new AbstractAction() {
            private static final long serialVersionUID = 1L;

            @Override
            public void actionPerformed(ActionEvent event) {
                task.run();
            }
        });
    }

    private void paintBorder(boolean focused) {
        Color color = focused ? Look.accent() : UIManager.getColor("Component.borderColor");
        setBorder(BorderFactory.createCompoundBorder(
                BorderFactory.createLineBorder(color, focused ? 2 : 1),
                BorderFactory.createEmptyBorder(focused ? 0 : 1, focused ? 0 : 1, focused ? 0 : 1, focused ? 0 : 1)));
    }

    private void showState() {
        String name = Names.of(connection, streams());
        title.setText(name);
        StringBuilder state = new StringBuilder(
                Texts.of("console.roleAndTime", roleWord(connection.role()), TIME.format(connection.creationTime())));
        if (reconnecting) {
            state.append(", ").append(Texts.of("console.reconnectingMark"));
        }
        if (hand) {
            state.append(", ").append(Texts.of("console.handMark"));
        }
        role.setText(state.toString());
        role.setToolTipText(state.toString());
        getAccessibleContext().setAccessibleName(name + ", " + state);
        warn.getAccessibleContext().setAccessibleName(Texts.of("console.warnName", name));
        remove.getAccessibleContext().setAccessibleName(Texts.of("console.removeName", name));
        ban.getAccessibleContext().setAccessibleName(Texts.of("console.banName", name));
    }

    private static String roleWord(Role role) {
        return switch (role) {
            case SUBSCRIBER -> Texts.of("console.subscriber");
            case PUBLISHER -> Texts.of("console.publisher");
            case PUBLISHER_ONLY -> Texts.of("console.publisherOnly");
            case MODERATOR -> Texts.of("console.moderator");
        };
    }

    /** {@return whether the card is of a client with this text in its name, data or id, and in this state} */
    boolean matches(String text, PeopleFilter filter) {
        String all = title.getText() + " " + connection.data() + " " + connection.id();
        return all.toLowerCase(Locale.ROOT).contains(text) && filter.matches(streams(), reconnecting, hand);
    }

    Connection connection() {
        return connection;
    }

    Collection<Stream> streams() {
        return streams.values().stream().map(StreamCard::stream).toList();
    }

    void setReconnecting(boolean now) {
        reconnecting = now;
        showState();
    }

    void setHand(boolean raised) {
        hand = raised;
        showState();
    }

    void setPowers(Capabilities powers) {
        warn.setEnabled(powers.signal() && powers.forceDisconnect());
        remove.setEnabled(powers.forceDisconnect());
        ban.setEnabled(powers.forceDisconnect());
        streams.values().forEach(stream -> stream.setPowers(powers));
    }

    void add(Stream stream, @Nullable VideoFeed video, Capabilities powers) {
        remove(stream.id());
        StreamCard card = new StreamCard(stream, video, actions, questions);
        card.setPowers(powers);
        streams.put(stream.id(), card);
        add(card, "growx, wmin 0");
        quiet.setVisible(false);
        showState();
    }

    void update(Stream stream) {
        StreamCard card = streams.get(stream.id());
        if (card != null) {
            card.update(stream);
            showState();
        }
    }

    void setQuality(StreamId stream, int score) {
        StreamCard card = streams.get(stream);
        if (card != null) {
            card.setQuality(score);
        }
    }

    void remove(StreamId stream) {
        StreamCard card = streams.remove(stream);
        if (card != null) {
            remove(card);
            card.close();
            quiet.setVisible(streams.isEmpty());
            showState();
        }
    }

    void close() {
        streams.values().forEach(StreamCard::close);
        streams.clear();
    }
}
