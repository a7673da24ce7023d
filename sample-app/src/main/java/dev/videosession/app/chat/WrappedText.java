package dev.videosession.app.chat;

import javax.swing.text.AbstractDocument;
import javax.swing.text.Element;
import javax.swing.text.LabelView;
import javax.swing.text.StyledEditorKit;
import javax.swing.text.View;
import javax.swing.text.ViewFactory;

/** Text that is never wider than its component: a word that is too long for a line, such as a link, continues in the next line. */
final class WrappedText extends StyledEditorKit {
    /** Attribute of text that is not divided between lines. */
    static final Object WHOLE = "whole";

    private static final long serialVersionUID = 1L;

    @Override
    public ViewFactory getViewFactory() {
        ViewFactory usual = super.getViewFactory();
        return element -> AbstractDocument.ContentElementName.equals(element.getName())
                ? new Words(element)
                : usual.create(element);
    }

    private static final class Words extends LabelView {
        Words(Element element) {
            super(element);
        }

        @Override
        public float getMinimumSpan(int axis) {
            return axis == View.X_AXIS ? 0 : super.getMinimumSpan(axis);
        }

        @Override
        public int getBreakWeight(int axis, float position, float length) {
            boolean whole = axis == View.X_AXIS && getAttributes().isDefined(WHOLE);
            return whole ? View.BadBreakWeight : super.getBreakWeight(axis, position, length);
        }
    }
}
