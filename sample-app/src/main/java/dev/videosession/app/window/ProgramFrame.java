package dev.videosession.app.window;

import dev.videosession.app.look.AppIcon;
import java.awt.Dimension;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import javax.swing.JFrame;
import javax.swing.WindowConstants;

/** Makes the main windows of the programs. */
public final class ProgramFrame {
    private ProgramFrame() {}

    /**
     * Makes a window that is not shown yet and does not close by itself.
     *
     * @param name of the component
     * @param title of the window
     * @param size at first
     * @param smallest size to which the user can make it
     * @param onClosing run when the user wants to close it
     * @return the window
     */
    public static JFrame create(String name, String title, Dimension size, Dimension smallest, Runnable onClosing) {
        JFrame frame = new JFrame(title);
        frame.setName(name);
        frame.setIconImages(AppIcon.images());
        frame.setDefaultCloseOperation(WindowConstants.DO_NOTHING_ON_CLOSE);
        frame.addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosing(WindowEvent event) {
                onClosing.run();
            }
        });
        frame.setMinimumSize(smallest);
        frame.setSize(size);
        frame.setLocationByPlatform(true);
        return frame;
    }
}
