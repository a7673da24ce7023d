package dev.videosession.app.people;

import dev.videosession.app.grid.Names;
import dev.videosession.app.look.Glyph;
import dev.videosession.app.look.GlyphIcon;
import dev.videosession.app.look.Look;
import dev.videosession.app.text.Texts;
import java.awt.Component;
import java.awt.Graphics;
import java.util.ArrayList;
import java.util.List;
import javax.swing.Icon;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.ListCellRenderer;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;

/** One line of the list: the name, and icons of the state at its end. */
final class PersonRenderer extends JPanel implements ListCellRenderer<Person> {
    private static final long serialVersionUID = 1L;
    private static final int SIZE = 16;

    private final JLabel name = new JLabel();
    private final JLabel note = new JLabel();
    private final JLabel marks = new JLabel();

    PersonRenderer() {
        super(new MigLayout("insets 6 12 6 12, fillx", "[0:pref,shrinkprio 200]6[grow, 0:pref]6[pref!]"));
        name.putClientProperty("html.disable", true); // what clients write is text
        add(name, "wmin 0");
        add(note, "growx, wmin 0");
        add(marks);
    }

    @Override
    public Component getListCellRendererComponent(
            JList<? extends Person> list, Person person, int index, boolean selected, boolean focused) {
        setBackground(selected ? list.getSelectionBackground() : list.getBackground());
        name.setForeground(selected ? list.getSelectionForeground() : list.getForeground());
        marks.setForeground(name.getForeground());
        note.setForeground(selected ? list.getSelectionForeground() : Look.faint());
        name.setText(person.own() ? Names.remarked(person.name(), Texts.of("name.you")) : person.name());
        note.setText(noteOf(person));
        marks.setIcon(new Marks(marksOf(person)));
        getAccessibleContext().setAccessibleName(name.getText() + " " + note.getText());
        return this;
    }

    private static String noteOf(Person person) {
        if (person.reconnecting()) {
            return Texts.of("tile.reconnecting");
        }
        return person.participant() ? "" : Texts.of("people.watcher");
    }

    private static List<Icon> marksOf(Person person) {
        List<Icon> icons = new ArrayList<>();
        if (person.hand()) {
            icons.add(new GlyphIcon(Glyph.HAND, SIZE, Look.raisedHand()));
        }
        if (person.participant()) {
            icons.add(new GlyphIcon(person.audio() ? Glyph.MICROPHONE : Glyph.MICROPHONE_OFF, SIZE));
            icons.add(new GlyphIcon(person.video() ? Glyph.CAMERA : Glyph.CAMERA_OFF, SIZE));
        } else {
            icons.add(new GlyphIcon(Glyph.WATCHER, SIZE));
        }
        return icons;
    }

    /** Icons in a row. */
    private record Marks(List<Icon> icons) implements Icon {
        private static final int GAP = 6;

        @Override
        public void paintIcon(@Nullable Component component, Graphics g, int x, int y) {
            int at = x;
            for (Icon icon : icons) {
                icon.paintIcon(component, g, at, y);
                at += icon.getIconWidth() + GAP;
            }
        }

        @Override
        public int getIconWidth() {
            return icons.size() * (SIZE + GAP) - GAP;
        }

        @Override
        public int getIconHeight() {
            return SIZE;
        }
    }
}
