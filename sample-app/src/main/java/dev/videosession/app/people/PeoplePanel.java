package dev.videosession.app.people;

import dev.videosession.app.control.TextChanges;
import dev.videosession.app.text.Texts;
import java.awt.BorderLayout;
import java.util.List;
import java.util.Locale;
import javax.swing.BorderFactory;
import javax.swing.DefaultListModel;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextField;
import javax.swing.ListSelectionModel;
import net.miginfocom.swing.MigLayout;

/** The clients of a session with their state, and a field to search. For the Swing thread. */
public final class PeoplePanel extends JPanel {
    private static final long serialVersionUID = 1L;

    private final DefaultListModel<Person> shown = new DefaultListModel<>();
    private final JList<Person> list = new JList<>(shown);
    private final JTextField search = new JTextField();
    private final JLabel count = new JLabel();
    private transient List<Person> people = List.of();

    /** An empty list. */
    public PeoplePanel() {
        super(new BorderLayout());
        search.setName("people-search");
        search.putClientProperty("JTextField.placeholderText", Texts.of("people.search"));
        search.putClientProperty("JTextField.showClearButton", true);
        search.getAccessibleContext().setAccessibleName(Texts.of("people.search"));
        search.getDocument().addDocumentListener(new TextChanges(this::filter));
        list.setName("people-list");
        list.setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
        list.setCellRenderer(new PersonRenderer());
        list.getAccessibleContext().setAccessibleName(Texts.of("people.title"));
        count.setName("people-count");
        count.setEnabled(false);
        JPanel head = new JPanel(new MigLayout("insets 4 12 8 12, fillx, wrap 1", "[grow, 0:pref]"));
        head.add(search, "growx, wmin 0");
        head.add(count, "growx, wmin 0");
        JScrollPane pane = new JScrollPane(list);
        pane.setBorder(BorderFactory.createEmptyBorder()); // a new theme would replace none
        add(head, BorderLayout.NORTH);
        add(pane, BorderLayout.CENTER);
    }

    /**
     * Shows people.
     *
     * @param now all of them
     */
    public void show(List<Person> now) {
        people = now;
        filter();
        long participants = now.stream().filter(Person::participant).count();
        long watchers = now.size() - participants;
        count.setText(Texts.of("people.count", participants, watchers));
    }

    /** Puts the focus into the search field. */
    public void opened() {
        search.requestFocusInWindow();
    }

    private void filter() {
        String wanted = search.getText().strip().toLowerCase(Locale.ROOT);
        Person selected = list.getSelectedValue();
        shown.clear();
        people.stream()
                .filter(person -> person.name().toLowerCase(Locale.ROOT).contains(wanted))
                .forEach(shown::addElement);
        if (selected != null) {
            people.stream()
                    .filter(person -> person.id().equals(selected.id()))
                    .forEach(person -> list.setSelectedValue(person, false));
        }
    }
}
