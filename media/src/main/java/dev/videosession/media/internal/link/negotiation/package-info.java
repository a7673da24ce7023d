/** The state machine of an exchange of offers and answers. Internal. */
@NullMarked
package dev.videosession.media.internal.link.negotiation;

import org.jspecify.annotations.NullMarked;
