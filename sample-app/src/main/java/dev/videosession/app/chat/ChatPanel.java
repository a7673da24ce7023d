package dev.videosession.app.chat;

import dev.videosession.app.look.Glyph;
import dev.videosession.app.look.GlyphIcon;
import dev.videosession.app.look.Look;
import dev.videosession.app.text.Texts;
import java.awt.BorderLayout;
import java.awt.Color;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextField;
import javax.swing.JTextPane;
import javax.swing.ScrollPaneConstants;
import javax.swing.text.BadLocationException;
import javax.swing.text.Document;
import javax.swing.text.SimpleAttributeSet;
import javax.swing.text.StyleConstants;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;

/**
 * The messages since the user joined, the newest below, and a field to write one. Keeps the last {@value #LONGEST}. While it is hidden, it
 * counts unread messages. For the Swing thread.
 */
public final class ChatPanel extends JPanel {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 500;
    private static final int EDGE = 12;
    private static final float APART = 8;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

    private final JTextPane history = new JTextPane();
    private final JTextField input = new JTextField();
    private final JButton send = new JButton(new GlyphIcon(Glyph.SEND, 18));
    private final transient Deque<Integer> lengths = new ArrayDeque<>();
    private final transient Consumer<Integer> onUnread;
    private String lastFrom = "";
    private int unread;

    /**
     * An empty chat.
     *
     * @param onSend gets what the user writes
     * @param onUnread gets the number of unread messages whenever it changes
     */
    public ChatPanel(Consumer<String> onSend, Consumer<Integer> onUnread) {
        super(new BorderLayout());
        this.onUnread = onUnread;
        history.setEditorKit(new WrappedText());
        history.setName("chat-history");
        history.setEditable(false);
        history.setBorder(BorderFactory.createEmptyBorder(0, EDGE, EDGE, EDGE));
        history.getAccessibleContext().setAccessibleName(Texts.of("chat.history"));
        input.setName("chat-input");
        input.putClientProperty("JTextField.placeholderText", Texts.of("chat.placeholder"));
        input.getAccessibleContext().setAccessibleName(Texts.of("chat.placeholder"));
        send.setName("chat-send");
        send.setToolTipText(Texts.of("chat.send"));
        send.getAccessibleContext().setAccessibleName(Texts.of("chat.send"));
        Runnable sending = () -> {
            String text = input.getText().strip();
            if (!text.isEmpty()) {
                input.setText("");
                onSend.accept(text);
            }
        };
        input.addActionListener(event -> sending.run());
        send.addActionListener(event -> sending.run());
        JScrollPane pane = new JScrollPane(history);
        pane.setHorizontalScrollBarPolicy(ScrollPaneConstants.HORIZONTAL_SCROLLBAR_NEVER);
        pane.setBorder(BorderFactory.createEmptyBorder()); // a new theme would replace none
        JPanel line = new JPanel(new MigLayout("insets 8 12 8 12, fillx", "[grow, 0:pref]6[pref!]"));
        line.add(input, "growx, wmin 0");
        line.add(send);
        add(pane, BorderLayout.CENTER);
        add(line, BorderLayout.SOUTH);
    }

    /**
     * Adds a message.
     *
     * @param message the newest
     */
    public void add(ChatMessage message) {
        Document document = history.getDocument();
        int before = document.getLength();
        if (!message.from().equals(lastFrom)) {
            setSpaceAbove(APART);
            append(message.from(), true, message.own() ? Look.accent() : null);
            append("  ", false, null);
            appendWhole(message.time().format(TIME), Look.faint());
            append("\n", false, null);
            lastFrom = message.from();
        }
        setSpaceAbove(0);
        append(message.text() + "\n", false, null);
        lengths.add(document.getLength() - before);
        if (lengths.size() > LONGEST) {
            cut(document, lengths.remove());
        }
        history.setCaretPosition(document.getLength());
        if (!isShowing() && !message.own()) {
            setUnread(unread + 1);
        }
    }

    /** Sets the space above the line that is appended next. */
    private void setSpaceAbove(float space) {
        SimpleAttributeSet style = new SimpleAttributeSet();
        StyleConstants.setSpaceAbove(style, space);
        history.getStyledDocument().setParagraphAttributes(history.getDocument().getLength(), 0, style, false);
    }

    private void append(String text, boolean bold, @Nullable Color color) {
        SimpleAttributeSet style = new SimpleAttributeSet();
        StyleConstants.setBold(style, bold);
        if (color != null) {
            StyleConstants.setForeground(style, color);
        }
        append(text, style);
    }

    private void appendWhole(String text, Color color) {
        SimpleAttributeSet style = new SimpleAttributeSet();
        StyleConstants.setForeground(style, color);
        style.addAttribute(WrappedText.WHOLE, true);
        append(text, style);
    }

    private void append(String text, SimpleAttributeSet style) {
        try {
            history.getDocument().insertString(history.getDocument().getLength(), text, style);
        } catch (BadLocationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void cut(Document document, int length) {
        try {
            document.remove(0, length);
        } catch (BadLocationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Marks everything as read and puts the focus into the field. */
    public void opened() {
        setUnread(0);
        input.requestFocusInWindow();
    }

    /**
     * Lets the user write or not.
     *
     * @param possible whether a message can be sent now
     */
    public void setWritable(boolean possible) {
        input.setEnabled(possible);
        send.setEnabled(possible);
    }

    private void setUnread(int number) {
        unread = number;
        onUnread.accept(number);
    }
}
