package dev.videosession.media.source;

/**
 * A window on the desktop of this user, of this program or another one.
 *
 * @param id of the operating system, unique while the window exists
 * @param title as the desktop shows it, possibly that of a document or web page
 * @param own whether it belongs to this process
 */
public record DesktopWindow(long id, String title, boolean own) {}
