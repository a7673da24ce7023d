package dev.videosession.app.control;

import dev.videosession.app.look.Look;
import java.awt.Color;
import java.awt.Dimension;
import javax.swing.JButton;
import javax.swing.JPanel;
import javax.swing.JProgressBar;
import javax.swing.JTextArea;
import javax.swing.UIManager;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;

/** A sentence above a window's content, with an optional button and an optional sign of progress. Hidden while there is none. */
public final class Banner extends JPanel {
    private static final long serialVersionUID = 1L;
    private static final Dimension PROGRESS = new Dimension(90, 6);

    private final JTextArea text = new JTextArea();
    private final JProgressBar progress = new JProgressBar();
    private final JButton action = new JButton();
    private boolean urgent;
    private transient @Nullable Runnable task;

    /**
     * A hidden banner.
     *
     * @param name of the component with the text
     */
    public Banner(String name) {
        super(new MigLayout("insets 8 14 8 14, fillx, hidemode 3", "[grow, 0:pref][][]", "[center]"));
        text.setName(name);
        text.setEditable(false);
        text.setFocusable(false);
        text.setOpaque(false);
        text.setLineWrap(true);
        text.setWrapStyleWord(true);
        progress.setIndeterminate(true);
        progress.setPreferredSize(PROGRESS);
        action.addActionListener(event -> {
            if (task != null) {
                task.run();
            }
        });
        add(text, "growx, wmin 0");
        add(progress);
        add(action);
        clear();
    }

    /** Hides the banner. */
    public void clear() {
        show("", false, false);
        setAction("", "", null);
    }

    /**
     * Shows a sentence and keeps the button.
     *
     * @param sentence shown as it is; empty to hide the banner
     * @param important whether it is about something that does not work
     * @param waiting whether to show that something is going on
     */
    public void show(String sentence, boolean important, boolean waiting) {
        text.setText(sentence);
        text.getAccessibleContext().setAccessibleName(sentence);
        progress.setVisible(waiting);
        urgent = important;
        paintColors();
        setVisible(!sentence.isEmpty());
        text.setVisible(!sentence.isEmpty());
        revalidate();
    }

    /**
     * Offers something to do about it.
     *
     * @param name of the button
     * @param label on the button
     * @param newTask run when it is pressed; null for no button
     */
    public void setAction(String name, String label, @Nullable Runnable newTask) {
        task = newTask;
        action.setName(name);
        action.setText(label);
        action.setVisible(newTask != null);
    }

    private void paintColors() {
        setBackground(urgent ? Look.warning() : UIManager.getColor("TextField.background"));
        text.setForeground(urgent ? Color.WHITE : UIManager.getColor("Label.foreground"));
    }

    @Override
    public void updateUI() {
        super.updateUI();
        if (text != null) { // the constructor of the superclass calls this, too
            paintColors();
        }
    }
}
