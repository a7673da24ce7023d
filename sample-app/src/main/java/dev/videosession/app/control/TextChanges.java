package dev.videosession.app.control;

import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;

/** Runs a task whenever a text changes. */
public final class TextChanges implements DocumentListener {
    private final Runnable task;

    /**
     * A listener.
     *
     * @param task run after each change
     */
    public TextChanges(Runnable task) {
        this.task = task;
    }

    @Override
    public void insertUpdate(DocumentEvent event) {
        task.run();
    }

    @Override
    public void removeUpdate(DocumentEvent event) {
        task.run();
    }

    @Override
    public void changedUpdate(DocumentEvent event) {
        task.run();
    }
}
