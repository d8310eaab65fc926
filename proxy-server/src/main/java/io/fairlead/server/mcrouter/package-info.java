/**
 * The command line of mcrouter: which options it has, how it is read, and what it asks for.
 *
 * <p>Start reading at {@link io.fairlead.server.mcrouter.McrouterOptions}, which says what was
 * asked for; {@code options.tsv} beside the classes is the table of all options, with what becomes
 * of each here. {@link io.fairlead.server.mcrouter.McrouterLoader} is where the configuration
 * itself comes in. Everything here runs once, on the main thread, before the proxy starts.
 */
@NullMarked
package io.fairlead.server.mcrouter;

import org.jspecify.annotations.NullMarked;
