package dev.videosession.app.console;

import dev.videosession.app.control.Banner;
import dev.videosession.app.control.ControlBar;
import dev.videosession.app.control.ControlButton;
import dev.videosession.app.control.TextChanges;
import dev.videosession.app.look.Glyph;
import dev.videosession.app.look.Look;
import dev.videosession.app.text.Texts;
import dev.videosession.app.timeline.TimelinePanel;
import dev.videosession.protocol.Capabilities;
import java.awt.Dimension;
import java.awt.event.ComponentAdapter;
import java.awt.event.ComponentEvent;
import javax.swing.JComboBox;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JSplitPane;
import javax.swing.JTabbedPane;
import javax.swing.JTextField;
import javax.swing.Timer;
import net.miginfocom.swing.MigLayout;

/** The moderator's view of one session. For the Swing thread. */
final class SessionPane extends JPanel {
    static final Capabilities NOTHING = new Capabilities(false, false, false, false, false, false);
    private static final long serialVersionUID = 1L;
    private static final int WIDTH_FOR_BOTH = 860;
    private static final double SHARE_OF_PARTICIPANTS = 0.45;
    private static final int OUTCOME_MILLIS = 6000;

    private final JLabel status = new JLabel(" ");
    private final JLabel muteForced = new JLabel(Texts.of("event.muteForced"));
    private final JTextField search = new JTextField();
    private final JComboBox<PeopleFilter> filter = new JComboBox<>(PeopleFilter.values());
    private final Banner banner = new Banner("notice");
    private final TimelinePanel timeline =
            new TimelinePanel("timeline", Texts.of("console.timeline"), sentence -> showNotice(sentence, false));
    private final TimelinePanel audit =
            new TimelinePanel("audit", Texts.of("console.audit"), sentence -> showNotice(sentence, false));
    private final ControlButton muteAll = new ControlButton("mute-all", Look.accent());
    private final ControlButton allow = new ControlButton("lift-mute", Look.accent());
    private final ControlButton notice = new ControlButton("notice-all", Look.accent());
    private final ControlButton close = new ControlButton("close-session", Look.danger());
    private final ControlButton rejoin = new ControlButton("rejoin", Look.accent());
    private final ControlButton leave = new ControlButton("leave", Look.danger());
    private final transient Timer outcomeEnd = new Timer(OUTCOME_MILLIS, event -> clearNotice());
    private final transient ParticipantList participants;
    private final transient ModeratorActions actions;
    private final transient Questions questions;
    private transient Runnable onRejoin = () -> {};
    private transient Runnable onLeave = () -> {};

    /** A pane for one session; the button to close the session is shown if that is possible here. */
    SessionPane(ModeratorActions actions, boolean mayClose) {
        super(new MigLayout("insets 0, gap 0, fill, hidemode 3", "[grow, fill, 0:pref]", "[][][grow, fill][]"));
        this.actions = actions;
        questions = new Questions(actions);
        participants = new ParticipantList(actions, questions);
        setName("session-pane");
        outcomeEnd.setRepeats(false);
        add(banner, "cell 0 0, wmin 0");
        add(head(), "cell 0 1, wmin 0");
        add(halves(), "cell 0 2, wmin 0, hmin 0");
        add(new ControlBar(muteAll, allow, notice, close, rejoin, leave), "cell 0 3, wmin 0");
        setFaces();
        bindButtons();
        close.setVisible(mayClose);
        setMuteForced(false);
        setRejoin(false);
        setPowers(NOTHING);
    }

    private JPanel head() {
        status.setName("status");
        status.putClientProperty("html.disable", true); // what moderators write is text
        status.getAccessibleContext().setAccessibleDescription(Texts.of("console.status"));
        muteForced.setName("mute-forced");
        muteForced.setEnabled(false);
        search.setName("people-search");
        search.putClientProperty("JTextField.placeholderText", Texts.of("console.search"));
        search.putClientProperty("JTextField.showClearButton", true);
        search.getAccessibleContext().setAccessibleName(Texts.of("console.search"));
        search.setToolTipText(Texts.of("console.searchHelp", Texts.of("key.ctrl", "F")));
        search.getDocument().addDocumentListener(new TextChanges(this::filter));
        search.addActionListener(event -> participants.focusFirst());
        filter.setName("people-filter");
        filter.getAccessibleContext().setAccessibleName(Texts.of("console.filter"));
        filter.addActionListener(event -> filter());
        JPanel head = new JPanel(new MigLayout(
                "insets 8 12 8 12, fillx, hidemode 1",
                "[grow, 0:pref, shrinkprio 200]12[0:pref]12[90:180:180, fill, shrinkprio 300]6[60:pref]"));
        head.add(status, "growx, wmin 0");
        head.add(muteForced, "wmin 0");
        head.add(search, "growx, wmin 0");
        head.add(filter, "wmin 0");
        return head;
    }

    private JSplitPane halves() {
        JTabbedPane tabs = new JTabbedPane();
        tabs.setName("tabs");
        tabs.addTab(Texts.of("console.timeline"), timeline);
        tabs.addTab(Texts.of("console.audit"), audit);
        tabs.setMinimumSize(new Dimension(0, 0));
        JSplitPane halves = new JSplitPane(JSplitPane.HORIZONTAL_SPLIT, participants.component(), tabs);
        halves.setResizeWeight(SHARE_OF_PARTICIPANTS);
        halves.setOneTouchExpandable(true);
        halves.addComponentListener(new ComponentAdapter() {
            private boolean narrow;

            @Override
            public void componentResized(ComponentEvent event) {
                boolean now = halves.getWidth() < WIDTH_FOR_BOTH;
                if (now != narrow) {
                    narrow = now;
                    halves.setResizeWeight(narrow ? 1 : SHARE_OF_PARTICIPANTS);
                    halves.setDividerLocation(narrow ? 1 : SHARE_OF_PARTICIPANTS); // the arrows open the timeline
                }
            }
        });
        participants.component().setPreferredSize(new Dimension(480, 400));
        tabs.setPreferredSize(new Dimension(560, 400));
        return halves;
    }

    private void setFaces() {
        muteAll.setFace(
                Glyph.MICROPHONE_OFF,
                Texts.of("console.muteAll"),
                Texts.of("console.muteAllHelp"),
                Texts.of("key.ctrl", "M"));
        allow.setFace(
                Glyph.MICROPHONE, Texts.of("console.allow"), Texts.of("console.allowHelp"), Texts.of("key.ctrl", "U"));
        notice.setFace(
                Glyph.NOTICE,
                Texts.of("console.noticeButton"),
                Texts.of("console.noticeHelp"),
                Texts.of("key.ctrl", "N"));
        close.setFace(Glyph.STOP, Texts.of("console.closeButton"), Texts.of("console.closeHelp"), "");
        rejoin.setFace(Glyph.NEXT, Texts.of("console.rejoin"), Texts.of("console.rejoinHelp"), "");
        leave.setFace(Glyph.LEAVE, Texts.of("call.leave"), Texts.of("call.leaveHelp"), Texts.of("key.ctrl", "W"));
        leave.setDangerous();
        close.setDangerous();
    }

    private void bindButtons() {
        on(muteAll, this::askMuteAll);
        on(allow, this::pressAllow);
        on(notice, this::askNotice);
        on(close, () -> questions.closeSession(this));
        on(rejoin, () -> onRejoin.run());
        on(leave, () -> onLeave.run());
    }

    private static void on(ControlButton button, Runnable task) {
        button.addActionListener(event -> {
            button.setSelected(false);
            task.run();
        });
    }

    void setExits(Runnable newRejoin, Runnable newLeave) {
        onRejoin = newRejoin;
        onLeave = newLeave;
    }

    void askMuteAll() {
        if (muteAll.isEnabled()) {
            questions.muteAll(this, participants.audible());
        }
    }

    void pressAllow() {
        if (allow.isEnabled()) {
            actions.allowUnmuting();
        }
    }

    void askNotice() {
        if (notice.isEnabled()) {
            questions.notice(this);
        }
    }

    void pressLeave() {
        onLeave.run();
    }

    void focusSearch() {
        search.requestFocusInWindow();
        search.selectAll();
    }

    void focusPeople() {
        participants.component().requestFocusInWindow();
    }

    private void filter() {
        Object chosen = filter.getSelectedItem();
        participants.setFilter(search.getText(), chosen instanceof PeopleFilter wanted ? wanted : PeopleFilter.ALL);
    }

    ParticipantList participants() {
        return participants;
    }

    TimelinePanel timeline() {
        return timeline;
    }

    TimelinePanel audit() {
        return audit;
    }

    /** Enables what the role permits. */
    void setPowers(Capabilities powers) {
        muteAll.setEnabled(powers.forceMute());
        allow.setEnabled(powers.forceMute());
        notice.setEnabled(powers.signal() && powers.forceDisconnect());
        close.setEnabled(powers.forceDisconnect());
        participants.setPowers(powers);
    }

    void setMuteForced(boolean active) {
        muteForced.setVisible(active);
    }

    void setRejoin(boolean offered) {
        rejoin.setVisible(offered);
    }

    void setStatus(String text) {
        status.setText(text);
        status.setToolTipText(text);
    }

    /** Shows a sentence until the next one, or for a few seconds if it is not important. */
    void showNotice(String sentence, boolean important) {
        banner.show(sentence, important, false);
        outcomeEnd.stop();
        if (!important) {
            outcomeEnd.start();
        }
    }

    void clearNotice() {
        outcomeEnd.stop();
        banner.clear();
    }
}
