package dev.videosession.app.call;

import dev.videosession.app.chat.ChatPanel;
import dev.videosession.app.control.Banner;
import dev.videosession.app.control.SidePane;
import dev.videosession.app.grid.ParticipantGrid;
import dev.videosession.app.people.PeoplePanel;
import dev.videosession.app.text.Texts;
import java.util.function.Consumer;
import javax.swing.JPanel;
import net.miginfocom.swing.MigLayout;

/** What a user sees during a call. For the Swing thread. */
final class CallPanel extends JPanel {
    private static final long serialVersionUID = 1L;

    private final ParticipantGrid grid = new ParticipantGrid();
    private final CallHeader header;
    private final Banner banner = new Banner("notice");
    private final PeoplePanel people = new PeoplePanel();
    private final ChatPanel chat;
    private final SidePane content;
    private final transient CallControls controls;

    CallPanel(CallControls.CallActions actions, Consumer<String> onSend) {
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

    ParticipantGrid grid() {
        return grid;
    }

    CallHeader header() {
        return header;
    }

    Banner banner() {
        return banner;
    }

    PeoplePanel people() {
        return people;
    }

    ChatPanel chat() {
        return chat;
    }

    CallControls controls() {
        return controls;
    }

    void toggleChat() {
        content.toggle(chat, Texts.of("call.chat"));
        if (content.isOpen(chat)) {
            chat.opened();
        }
        showSide();
    }

    void togglePeople() {
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

    void focusGrid() {
        grid.requestFocusInWindow();
    }
}
