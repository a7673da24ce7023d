package dev.videosession.app.call;

import dev.videosession.app.call.screen.CallPanel;
import dev.videosession.app.device.MediaListener;
import dev.videosession.app.device.OwnMedia;
import dev.videosession.app.event.EventText;
import dev.videosession.app.grid.Names;
import dev.videosession.app.people.People;
import dev.videosession.app.text.Texts;
import dev.videosession.app.window.CommandOutcome;
import dev.videosession.protocol.Capabilities;
import dev.videosession.session.Publisher;
import dev.videosession.session.Session;
import org.jspecify.annotations.Nullable;

/** Shows the user's camera and microphone in a call and publishes them. For the Swing thread. */
final class OwnPublishing implements MediaListener {
    private final ActiveCall call;
    private final Session session;
    private final OwnMedia media;
    private final People people;
    private final String name;
    private @Nullable Publisher publishing;
    private String failures = "";

    OwnPublishing(ActiveCall call, Session session, OwnMedia media, People people, String name) {
        this.call = call;
        this.session = session;
        this.media = media;
        this.people = people;
        this.name = name;
    }

    /** Publishes when the session is connected and a device is open, whichever comes last; each publisher once. */
    void publish() {
        Publisher publisher = media.publisher();
        if (publisher == null || publisher == publishing || publisher.isDestroyed()) {
            return;
        }
        if (call.isLeaving() || !media.hasSomething() || !mayPublish()) {
            return;
        }
        publishing = publisher;
        session.publish(publisher).subscribe(new CommandOutcome(() -> {}, failure -> {
            if (publishing == publisher) {
                publishing = null;
                call.notice(Texts.of("call.publishFailed", EventText.message(failure.getMessage())), true);
            }
        }));
    }

    boolean mayPublish() {
        return session.state().isEstablished()
                && session.capabilities().filter(Capabilities::publish).isPresent();
    }

    /** The session has ended: the publisher can be published again. */
    void sessionEnded() {
        publishing = null;
    }

    @Override
    public void onPublisher(Publisher now, @Nullable Publisher former) {
        call.panel().grid().own().show(now.video(), Names.remarked(name, Texts.of("name.you")));
        now.addListener(new OwnPublisherListener(media, call::remark));
        if (former != null) {
            former.destroy();
        }
        publish();
    }

    @Override
    public void onMediaChanged() {
        CallPanel panel = call.panel();
        boolean audible = media.isAudible();
        panel.controls().setMuted(!audible, !media.hasMicrophone());
        panel.controls().setCamera(media.isCameraOn());
        panel.grid().own().setMedia(audible, media.isCameraOn());
        panel.grid().own().setHand(call.signals().hand());
        people.setOwnMedia(audible, media.isCameraOn());
        panel.people().show(people.list());
        publish();
    }

    @Override
    public void onMediaFailed(String sentence) {
        boolean shown = call.panel().banner().isVisible() && !failures.isEmpty();
        failures = shown && !failures.contains(sentence) ? failures + " " + sentence : sentence;
        call.notice(failures, true);
        call.panel().banner().setAction("media-dismiss", Texts.of("call.dismiss"), () -> {
            failures = "";
            call.panel().banner().clear();
        });
    }
}
