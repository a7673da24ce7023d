/** Writes the documents as a static site: {@link dev.videosession.site.SiteProgram}. */
@NullMarked
package dev.videosession.site;

import org.jspecify.annotations.NullMarked;
