package dev.videosession.app.call.screen;

/** The actions of the buttons, menus and keys of a call. Called on the Swing thread. */
public interface CallActions {
    /**
     * Mutes the microphone or turns it on.
     *
     * @param on whether it is to be muted
     */
    void mute(boolean on);

    /**
     * Turns the camera on or off.
     *
     * @param on whether it is to be on
     */
    void camera(boolean on);

    /**
     * Lets the user choose what to share, or stops the share.
     *
     * @param on whether to share
     */
    void share(boolean on);

    /**
     * Raises the hand or lowers it.
     *
     * @param raised whether it is to be raised
     */
    void hand(boolean raised);

    /**
     * Shows a reaction to all participants.
     *
     * @param reaction which
     */
    void react(Reaction reaction);

    /** Opens the statistics or closes them. */
    void statistics();

    /** Opens the picture in picture or closes it. */
    void pictureInPicture();

    /** Saves a snapshot of the main video. */
    void snapshot();

    /** Opens the settings or closes them. */
    void settings();

    /** Opens the chat or closes it. */
    void chat();

    /** Opens the list of participants or closes it. */
    void people();

    /** Leaves the session. */
    void leave();
}
