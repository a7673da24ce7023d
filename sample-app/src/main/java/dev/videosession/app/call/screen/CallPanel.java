package dev.videosession.app.call.screen;

import dev.videosession.app.chat.ChatPanel;
import dev.videosession.app.control.Banner;
import dev.videosession.app.control.SidePane;
import dev.videosession.app.grid.ParticipantGrid;
import dev.videosession.app.people.PeoplePanel;
import dev.videosession.app.text.Texts;
import java.util.function.Consumer;
import javax.swing.JPanel;
import net.miginfocom.swing.MigLayout;

/** The user's view of a call. For the Swing thread. */
public final class CallPanel extends JPanel {
    private static final long serialVersionUID = 1L;

    private final ParticipantGrid grid = new ParticipantGrid();
    private final CallHeader header;
    private final Banner banner = new Banner("notice");
    private final PeoplePanel people = new PeoplePanel();
    private final ChatPanel chat;
    private final SidePane content;
    private final transient CallControls controls;

    /**
     * A call without participants.
     *
     * @param actions what buttons do
     * @param onSend called with each message that the user writes in the chat
     */
    public CallPanel(CallActions actions, Consumer<String> onSend) {
        super(new MigLayout("insets 0, gap 0, fill, hidemode 3", "[grow, fill]", "[][][grow, fill][]"));
        setName("call-panel");
        controls = new CallControls(actions);
        header = new CallHeader(grid, actions);
        chat = new ChatPanel(onSend, controls::setUnread);
        content = new SidePane(grid);
        add(header, "cell 0 0, wmin 0");
        add(banner, "cell 0 1, wmin 0");
        add(content, "cell 0 2, wmin 0, hmin 0");
        add(controls.bar(), "cell 0 3, wmin 0");
    }

    /** {@return the videos} */
    public ParticipantGrid grid() {
        return grid;
    }

    /** {@return the line above the videos} */
    public CallHeader header() {
        return header;
    }

    /** {@return the banner below the header} */
    public Banner banner() {
        return banner;
    }

    /** {@return the list of participants, shown beside the videos} */
    public PeoplePanel people() {
        return people;
    }

    /** {@return the chat, shown beside the videos} */
    public ChatPanel chat() {
        return chat;
    }

    /** {@return the buttons below the videos} */
    public CallControls controls() {
        return controls;
    }

    /** Opens the chat or closes it. */
    public void toggleChat() {
        content.toggle(chat, Texts.of("call.chat"));
        if (content.isOpen(chat)) {
            chat.opened();
        }
        showSide();
    }

    /** Opens the list of participants or closes it. */
    public void togglePeople() {
        content.toggle(people, Texts.of("call.people"));
        if (content.isOpen(people)) {
            people.opened();
        }
        showSide();
    }

    private void showSide() {
        boolean chatOpen = content.isOpen(chat);
        boolean peopleOpen = content.isOpen(people);
        controls.setSide(chatOpen, peopleOpen);
        if (!chatOpen && !peopleOpen) {
            focusGrid();
        }
    }

    /** Puts the focus on the videos, where keys are shortcuts. */
    public void focusGrid() {
        grid.requestFocusInWindow();
    }
}
