package dev.videosession.app.call;

import dev.videosession.app.text.Texts;
import java.awt.Font;
import javax.swing.JButton;
import javax.swing.JPanel;
import javax.swing.JTextPane;
import javax.swing.text.SimpleAttributeSet;
import javax.swing.text.StyleConstants;
import net.miginfocom.swing.MigLayout;

/** What a user sees after a call: why it ended, and where to go from here. For the Swing thread. */
final class EndPanel extends JPanel {
    private static final long serialVersionUID = 1L;
    private static final float TITLE = 24;

    private final JButton first;

    /** Where the user may go. */
    interface EndActions {
        void rejoin();

        void lobby();

        void close();
    }

    EndPanel(EndText text, EndActions actions) {
        super(new MigLayout("fill, insets 24, wrap 1", "[grow, center]", "push[]8[]24[]push"));
        setName("ended");
        JTextPane title = paragraph("end-title", text.title());
        title.setFont(title.getFont().deriveFont(Font.BOLD, TITLE));
        add(title, "wmin 0, wmax 520, growx");
        add(paragraph("notice", text.explanation()), "wmin 0, wmax 520, growx");
        JButton rejoin = button("rejoin", "end.rejoin", actions::rejoin);
        JButton lobby = button("end-lobby", "end.lobby", actions::lobby);
        JButton close = button("close", "end.close", actions::close);
        JPanel buttons = new JPanel(new MigLayout("insets 0, hidemode 3"));
        buttons.add(rejoin);
        buttons.add(lobby);
        buttons.add(close);
        rejoin.setVisible(text.mayRejoin());
        first = text.mayRejoin() ? rejoin : lobby;
        add(buttons);
    }

    /** Text in the middle, on several lines in a narrow window. */
    private static JTextPane paragraph(String name, String text) {
        JTextPane paragraph = new JTextPane();
        paragraph.setName(name);
        paragraph.setEditable(false);
        paragraph.setFocusable(false);
        paragraph.setOpaque(false);
        paragraph.setText(text);
        SimpleAttributeSet centred = new SimpleAttributeSet();
        StyleConstants.setAlignment(centred, StyleConstants.ALIGN_CENTER);
        paragraph.getStyledDocument().setParagraphAttributes(0, text.length(), centred, false);
        return paragraph;
    }

    private static JButton button(String name, String key, Runnable task) {
        JButton button = new JButton(Texts.of(key));
        button.setName(name);
        button.addActionListener(event -> task.run());
        return button;
    }

    void opened() {
        getRootPane().setDefaultButton(first);
        first.requestFocusInWindow();
    }
}
