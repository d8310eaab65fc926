/**
 * What would keep a proxy from working, found before it does: {@code fairlead doctor}.
 *
 * <p>Start reading at {@link io.fairlead.server.doctor.Examination}. Each check looks at one thing
 * and gives findings, a line each; nothing is changed, on no server and on this machine.
 */
@NullMarked
package io.fairlead.server.doctor;

import org.jspecify.annotations.NullMarked;
