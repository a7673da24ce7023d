package dev.videosession.app.call;

import dev.videosession.app.call.screen.CallActions;
import dev.videosession.app.call.screen.Reaction;
import dev.videosession.app.control.Confirmation;
import dev.videosession.app.device.OwnMedia;
import dev.videosession.app.share.ScreenShare;
import dev.videosession.app.share.SharePicker;
import dev.videosession.app.text.Texts;
import dev.videosession.session.Session;

/** Carries out the commands of the buttons and keys of a call. For the Swing thread. */
final class CallCommands implements CallActions {
    private final ActiveCall call;
    private final Session session;
    private final OwnMedia media;
    private final ScreenShare share;

    CallCommands(ActiveCall call, Session session, OwnMedia media, ScreenShare share) {
        this.call = call;
        this.session = session;
        this.media = media;
        this.share = share;
    }

    @Override
    public void mute(boolean on) {
        media.setMicrophone(!on);
    }

    @Override
    public void camera(boolean on) {
        media.setCamera(on);
    }

    @Override
    public void share(boolean on) {
        call.panel().controls().setSharing(share.isSharing()); // the press has changed the button
        if (on) {
            SharePicker.open(call.panel(), choice -> {
                if (!call.isLeaving() && session.state().isEstablished()) {
                    share.start(choice);
                }
            });
        } else {
            share.stop();
        }
    }

    @Override
    public void hand(boolean raised) {
        call.signals().setHand(raised);
        call.panel().controls().setHand(raised);
        call.panel().grid().own().setHand(raised);
    }

    @Override
    public void react(Reaction reaction) {
        call.signals().react(reaction);
    }

    @Override
    public void chat() {
        call.panel().toggleChat();
    }

    @Override
    public void people() {
        call.panel().togglePeople();
    }

    @Override
    public void statistics() {
        call.extras().toggleStatistics();
    }

    @Override
    public void pictureInPicture() {
        call.extras().togglePictureInPicture();
    }

    @Override
    public void snapshot() {
        call.extras().saveSnapshot();
    }

    @Override
    public void settings() {
        call.extras().toggleSettings();
    }

    @Override
    public void leave() {
        if (share.isSharing() && session.state().isEstablished()) {
            Confirmation.ask(
                    call.panel(),
                    Texts.of("leave.title"),
                    Texts.of("leave.sharing"),
                    Texts.of("leave.yes"),
                    Texts.of("leave.no"),
                    call::leave);
        } else {
            call.leave();
        }
    }
}
