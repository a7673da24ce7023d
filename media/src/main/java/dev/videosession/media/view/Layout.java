package dev.videosession.media.view;

import java.awt.Dimension;
import java.awt.Rectangle;

/**
 * The part of a frame that is shown, and its place in the component. Pure arithmetic.
 *
 * @param part of the frame, before it is rotated; position and size even
 * @param target in the component
 */
record Layout(Rectangle part, Rectangle target) {
    /** Fits a frame, rotated by a multiple of 90 degrees, into a component, or fills the component with it. */
    static Layout of(Dimension frame, int rotation, Dimension component, VideoView.Scaling scaling) {
        boolean sideways = rotation % 180 != 0;
        double width = sideways ? frame.height : frame.width;
        double height = sideways ? frame.width : frame.height;
        double across = component.width / width;
        double down = component.height / height;
        if (scaling == VideoView.Scaling.FIT) {
            double scale = Math.min(across, down);
            int fitWidth = Math.max(1, (int) Math.round(width * scale));
            int fitHeight = Math.max(1, (int) Math.round(height * scale));
            return new Layout(
                    new Rectangle(0, 0, frame.width, frame.height),
                    new Rectangle(
                            (component.width - fitWidth) / 2, (component.height - fitHeight) / 2, fitWidth, fitHeight));
        }
        double scale = Math.max(across, down);
        double shownWidth = component.width / scale;
        double shownHeight = component.height / scale;
        Rectangle part = centred(frame, sideways ? shownHeight : shownWidth, sideways ? shownWidth : shownHeight);
        return new Layout(part, new Rectangle(0, 0, component.width, component.height));
    }

    private static Rectangle centred(Dimension frame, double width, double height) {
        int cutWidth = even(Math.min(frame.width, width));
        int cutHeight = even(Math.min(frame.height, height));
        return new Rectangle((frame.width - cutWidth) / 4 * 2, (frame.height - cutHeight) / 4 * 2, cutWidth, cutHeight);
    }

    private static int even(double length) {
        return Math.max(2, (int) Math.round(length) / 2 * 2);
    }
}
