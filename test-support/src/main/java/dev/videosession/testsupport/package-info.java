/** Code shared by the tests of several modules. */
@NullMarked
package dev.videosession.testsupport;

import org.jspecify.annotations.NullMarked;
