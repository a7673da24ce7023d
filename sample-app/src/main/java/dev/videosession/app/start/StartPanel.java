package dev.videosession.app.start;

import dev.videosession.app.control.Mnemonics;
import dev.videosession.app.control.ScrollableColumn;
import dev.videosession.app.invitation.Invitation;
import dev.videosession.app.look.Look;
import dev.videosession.app.option.ServerList;
import dev.videosession.app.text.Texts;
import dev.videosession.protocol.SessionId;
import java.awt.BorderLayout;
import java.awt.Font;
import java.awt.Rectangle;
import java.util.function.Consumer;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JPasswordField;
import javax.swing.JScrollPane;
import javax.swing.JSeparator;
import javax.swing.JTextArea;
import javax.swing.JTextField;
import javax.swing.SwingUtilities;
import net.miginfocom.swing.MigLayout;

/** The form for the session to enter: by an invitation link, or by server, session and token. */
public final class StartPanel extends JPanel {
    private static final long serialVersionUID = 1L;
    private static final float TITLE = 22;

    private final JTextField link = field("start-link");
    private final JTextField server = field("start-server");
    private final JTextField session = field("start-session");
    private final JPasswordField token = new JPasswordField();
    private final JTextArea problem = new JTextArea();
    private final JButton next = Mnemonics.button("start.next");
    private final transient RememberedValues remembered;
    private final transient Consumer<JoinDetails> onNext;

    /**
     * A form with the last values.
     *
     * @param remembered the last values, without the token
     * @param onNext gets what the user entered when it is complete
     */
    public StartPanel(RememberedValues remembered, Consumer<JoinDetails> onNext) {
        super(new BorderLayout());
        this.remembered = remembered;
        this.onNext = onNext;
        setName("start");
        server.setText(remembered.get("server", ""));
        session.setText(remembered.get("session", ""));
        token.setName("start-token");
        link.putClientProperty("JTextField.placeholderText", "videosession://…");
        server.putClientProperty("JTextField.placeholderText", "https://video.example.org");
        problem.setName("start-problem");
        problem.setEditable(false);
        problem.setFocusable(false);
        problem.setOpaque(false);
        problem.setLineWrap(true);
        problem.setWrapStyleWord(true);
        problem.setBorder(BorderFactory.createEmptyBorder());
        problem.putClientProperty("FlatLaf.style", Look.dangerTextStyle());
        problem.setVisible(false);
        next.setName("start-next");
        next.addActionListener(event -> proceed());
        JPanel form = new JPanel(new MigLayout("insets 0, wrap 1, hidemode 3", "[grow, fill, 200:420:420]", "[]4[]"));
        JLabel title = new JLabel(Texts.of("start.title"));
        title.setFont(title.getFont().deriveFont(Font.BOLD, TITLE));
        form.add(title, "gapbottom 8");
        row(form, "start.link", link);
        form.add(new JLabel(Texts.of("start.or")), "split 2, gaptop 8, gapbottom 6");
        form.add(new JSeparator(), "growx, aligny center, gaptop 8, gapbottom 6");
        row(form, "start.server", server);
        row(form, "start.session", session);
        row(form, "start.token", token);
        form.add(problem, "wmin 0, gaptop 8");
        form.add(next, "gaptop 8, alignx right, growx 0");
        JPanel middle =
                new ScrollableColumn(new MigLayout("fill, insets 8 16 8 16", "[grow, center]", "[grow, center]"));
        middle.add(form);
        JScrollPane place = new JScrollPane(middle);
        place.setBorder(BorderFactory.createEmptyBorder());
        add(place, BorderLayout.CENTER);
    }

    private static JTextField field(String name) {
        JTextField field = new JTextField();
        field.setName(name);
        return field;
    }

    private static void row(JPanel form, String key, JComponent field) {
        form.add(Mnemonics.label(key, field));
        form.add(field, "wmin 0");
    }

    /** Makes Enter proceed and puts the focus into the first field; call it when the panel is shown. */
    public void opened() {
        getRootPane().setDefaultButton(next);
        link.requestFocusInWindow();
    }

    private void proceed() {
        JoinDetails details;
        try {
            details = read();
        } catch (IllegalArgumentException e) {
            problem.setText(e.getMessage());
            problem.setVisible(true);
            revalidate();
            SwingUtilities.invokeLater(() -> next.scrollRectToVisible(new Rectangle(next.getSize())));
            return;
        }
        problem.setVisible(false);
        remembered.put("server", details.server().toString());
        remembered.put("session", details.sessionId());
        remembered.save();
        onNext.accept(details);
    }

    private JoinDetails read() {
        String text = link.getText().strip();
        if (!text.isEmpty()) {
            return JoinDetails.of(Invitation.parse(text));
        }
        if (server.getText().isBlank()) {
            throw new IllegalArgumentException(Texts.of("start.nothing"));
        }
        String secret = new String(token.getPassword()).strip();
        if (secret.isEmpty()) {
            throw new IllegalArgumentException(Texts.of("start.noToken"));
        }
        return new JoinDetails(
                ServerList.parse(server.getText().strip()),
                new SessionId(session.getText().strip()).value(),
                secret);
    }
}
