package dev.videosession.app.call.screen;

import dev.videosession.app.control.ControlBar;
import dev.videosession.app.control.ControlButton;
import dev.videosession.app.control.Shortcuts;
import dev.videosession.app.look.Glyph;
import dev.videosession.app.look.GlyphIcon;
import dev.videosession.app.look.Look;
import dev.videosession.app.text.Texts;
import java.awt.event.KeyEvent;
import javax.swing.JMenuItem;
import javax.swing.JPopupMenu;

/** The buttons of a call and their keys. For the Swing thread. */
public final class CallControls {
    private static final int REACTION = 20;

    private final ControlButton mute = new ControlButton("mute", Look.danger());
    private final ControlButton camera = new ControlButton("camera", Look.danger());
    private final ControlButton share = new ControlButton("share", Look.accent());
    private final ControlButton hand = new ControlButton("hand", Look.accent());
    private final ControlButton chat = new ControlButton("chat", Look.accent());
    private final ControlButton people = new ControlButton("people-button", Look.accent());
    private final ControlButton leave = new ControlButton("leave", Look.danger());
    private final ControlButton react = new ControlButton("react", Look.accent());
    private final ControlBar bar = new ControlBar(mute, camera, share, hand, react, chat, people, leave);
    private final CallActions actions;

    CallControls(CallActions actions) {
        this.actions = actions;
        // the state decides what is selected, not the press
        mute.addActionListener(event -> actions.mute(mute.isSelected()));
        camera.addActionListener(event -> actions.camera(!camera.isSelected()));
        share.addActionListener(event -> actions.share(share.isSelected()));
        hand.addActionListener(event -> actions.hand(hand.isSelected()));
        react.addActionListener(event -> {
            react.setSelected(false);
            openReactions();
        });
        chat.addActionListener(event -> actions.chat());
        people.addActionListener(event -> actions.people());
        leave.addActionListener(event -> {
            leave.setSelected(false);
            actions.leave();
        });
        leave.setFace(Glyph.LEAVE, Texts.of("call.leave"), Texts.of("call.leaveHelp"), Texts.of("key.ctrl", "W"));
        leave.setDangerous();
        chat.setFace(Glyph.CHAT, Texts.of("call.chat"), Texts.of("call.chatHelp"), "C");
        people.setFace(Glyph.PEOPLE, Texts.of("call.people"), Texts.of("call.peopleHelp"), "P");
        react.setFace(Glyph.SMILE, Texts.of("call.react"), Texts.of("call.reactHelp"), "R");
        setMuted(false, false);
        setCamera(false);
        setSharing(false);
        setHand(false);
    }

    private void openReactions() {
        if (react.isEnabled()) {
            JPopupMenu menu = new JPopupMenu();
            menu.setName("reactions");
            for (Reaction each : Reaction.values()) {
                JMenuItem item = new JMenuItem(each.word(), new GlyphIcon(each.glyph(), REACTION));
                item.setName("reaction:" + each.wireName());
                item.addActionListener(event -> actions.react(each));
                menu.add(item);
            }
            menu.show(react, 0, -menu.getPreferredSize().height);
        }
    }

    ControlBar bar() {
        return bar;
    }

    /**
     * Binds the keys. While Space is held, a muted microphone is on.
     *
     * @param shortcuts of the window
     */
    public void bind(Shortcuts shortcuts) {
        shortcuts.add("M", mute::doClick);
        shortcuts.add("V", camera::doClick);
        shortcuts.add("S", share::doClick);
        shortcuts.add("H", hand::doClick);
        shortcuts.add("R", this::openReactions);
        shortcuts.add("C", actions::chat);
        shortcuts.add("P", actions::people);
        shortcuts.add("I", actions::statistics);
        shortcuts.add("O", actions::pictureInPicture);
        shortcuts.add("ctrl S", actions::snapshot);
        shortcuts.add("D", actions::settings);
        shortcuts.add("ctrl W", actions::leave);
        boolean[] talking = new boolean[1];
        shortcuts.hold(
                KeyEvent.VK_SPACE,
                () -> {
                    talking[0] = mute.isEnabled() && mute.isSelected();
                    if (talking[0]) {
                        actions.mute(false);
                    }
                },
                () -> {
                    if (talking[0]) {
                        actions.mute(true);
                    }
                });
    }

    /**
     * Enables what is possible now.
     *
     * @param connected whether to enable what needs a session
     * @param publish whether to enable what needs the right to publish
     */
    public void setPossible(boolean connected, boolean publish) {
        mute.setEnabled(publish);
        camera.setEnabled(publish);
        share.setEnabled(publish);
        hand.setEnabled(connected);
        react.setEnabled(connected);
    }

    /**
     * Shows the state of the microphone.
     *
     * @param muted whether no audio is sent
     * @param retry whether the microphone is not open, so that the button opens it
     */
    public void setMuted(boolean muted, boolean retry) {
        mute.setSelected(muted);
        mute.setFace(
                muted ? Glyph.MICROPHONE_OFF : Glyph.MICROPHONE,
                Texts.of(muted ? "call.unmute" : "call.mute"),
                Texts.of(retry ? "call.microphoneRetry" : muted ? "call.unmuteHelp" : "call.muteHelp"),
                Texts.of("key.mute"));
    }

    /**
     * Shows the state of the camera.
     *
     * @param on whether video is sent
     */
    public void setCamera(boolean on) {
        camera.setSelected(!on);
        camera.setFace(
                on ? Glyph.CAMERA : Glyph.CAMERA_OFF,
                Texts.of(on ? "call.cameraOff" : "call.cameraOn"),
                Texts.of(on ? "call.cameraOffHelp" : "call.cameraOnHelp"),
                "V");
    }

    /**
     * Shows whether something is shared.
     *
     * @param sharing whether
     */
    public void setSharing(boolean sharing) {
        share.setSelected(sharing);
        share.setFace(
                Glyph.SCREEN,
                Texts.of(sharing ? "call.unshare" : "call.share"),
                Texts.of(sharing ? "call.unshareHelp" : "call.shareHelp"),
                "S");
    }

    /**
     * Shows whether the hand is raised.
     *
     * @param raised whether
     */
    public void setHand(boolean raised) {
        hand.setSelected(raised);
        hand.setFace(Glyph.HAND, Texts.of(raised ? "call.lower" : "call.raise"), Texts.of("call.handHelp"), "H");
    }

    void setSide(boolean chatOpen, boolean peopleOpen) {
        chat.setSelected(chatOpen);
        people.setSelected(peopleOpen);
    }

    void setUnread(int messages) {
        chat.setBadge(messages);
    }
}
