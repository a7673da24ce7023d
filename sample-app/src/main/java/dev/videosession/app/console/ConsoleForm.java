package dev.videosession.app.console;

import dev.videosession.app.control.Banner;
import dev.videosession.app.control.Mnemonics;
import dev.videosession.app.option.ServerList;
import dev.videosession.app.server.Backend;
import dev.videosession.app.server.ProjectCalls;
import dev.videosession.app.text.Texts;
import dev.videosession.server.project.Project;
import java.awt.Font;
import java.util.Arrays;
import java.util.function.Consumer;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JPasswordField;
import javax.swing.JTextField;
import net.miginfocom.swing.MigLayout;

/** Asks for a server and the key and secret of a project. The secret is not remembered. For the Swing thread. */
final class ConsoleForm extends JPanel {
    private static final long serialVersionUID = 1L;
    private static final float TITLE = 20;

    private final Banner banner = new Banner("form-notice");
    private final JTextField server = new JTextField();
    private final JTextField key = new JTextField();
    private final JPasswordField secret = new JPasswordField();
    private final JButton next = Mnemonics.button("console.formNext");

    ConsoleForm(String defaultServer, String defaultKey, Consumer<ProjectCalls> onProject) {
        super(new MigLayout("insets 0, fill, hidemode 3", "[grow, fill]", "[]push[]push"));
        setName("console-form");
        server.setText(defaultServer);
        key.setText(defaultKey);
        JPanel form = new JPanel(new MigLayout("insets 20, wrap 1", "push[200:420:420, fill]push", "[]4[]"));
        JLabel title = new JLabel(Texts.of("console.formTitle"));
        title.setFont(title.getFont().deriveFont(Font.BOLD, TITLE));
        form.add(title, "gapbottom 10");
        row(form, "form-server", "console.formServer", server);
        row(form, "form-key", "console.formKey", key);
        row(form, "form-secret", "console.formSecret", secret);
        next.setName("form-next");
        next.addActionListener(event -> confirm(onProject));
        form.add(next, "gaptop 14");
        add(banner, "cell 0 0, wmin 0");
        add(form, "cell 0 1, wmin 0");
    }

    private static void row(JPanel form, String name, String key, JComponent field) {
        field.setName(name);
        form.add(Mnemonics.label(key, field));
        form.add(field, "wmin 0");
    }

    private void confirm(Consumer<ProjectCalls> onProject) {
        char[] entered = secret.getPassword();
        try {
            ServerList servers = ServerList.parse(server.getText().strip());
            int number = Integer.parseInt(key.getText().strip());
            onProject.accept(new ProjectCalls(servers, new Backend(new Project(number, new String(entered)))));
        } catch (NumberFormatException e) {
            banner.show(Texts.of("console.formNoKey"), true, false);
            key.requestFocusInWindow();
        } catch (IllegalArgumentException e) {
            banner.show(Texts.of("console.formWrong", String.valueOf(e.getMessage())), true, false);
        } finally {
            Arrays.fill(entered, '\0');
        }
    }

    /** Makes Enter continue and puts the focus into the first empty field. */
    void opened() {
        getRootPane().setDefaultButton(next);
        JTextField first = server.getText().isEmpty() ? server : key.getText().isEmpty() ? key : secret;
        first.requestFocusInWindow();
    }
}
