/**
 * Has the proxy serve requests of its own before it is ready, so that Java has compiled by then
 * what the requests of clients will run through.
 *
 * <p>Start reading at {@link io.fairlead.server.warmup.WarmUp}. A second proxy, which nobody else
 * sees, stands between clients and servers that are threads of this process; the real one is not
 * touched. Nothing of it is left when it is over.
 */
@NullMarked
package io.fairlead.server.warmup;

import org.jspecify.annotations.NullMarked;
