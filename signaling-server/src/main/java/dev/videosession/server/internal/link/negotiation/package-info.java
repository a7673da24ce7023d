/**
 * What passes between the ends of a link: {@link LinkNegotiation} follows the offers and answers of one link, and what does not
 * fit is a {@link LinkRefusal}. Only text that was rebuilt from its parsed form passes.
 */
@NullMarked
package dev.videosession.server.internal.link.negotiation;

import org.jspecify.annotations.NullMarked;
