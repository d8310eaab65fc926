/** Fairlead in the place of a real nutcracker: what operators of the one rely on in the other. */
@NullMarked
package io.fairlead.twemproxy;

import org.jspecify.annotations.NullMarked;
