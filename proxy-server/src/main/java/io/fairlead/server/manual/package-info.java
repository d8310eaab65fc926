/**
 * What the commands are, told to man and to shells: {@code fairlead man} and {@code fairlead
 * completion}, which ask picocli and know no command themselves.
 */
@NullMarked
package io.fairlead.server.manual;

import org.jspecify.annotations.NullMarked;
