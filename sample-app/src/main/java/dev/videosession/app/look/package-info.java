/** Colours, fonts and icons of the windows. Needs nothing but Swing and FlatLaf. */
@NullMarked
package dev.videosession.app.look;

import org.jspecify.annotations.NullMarked;
