/**
 * Client connections: reading requests, keeping replies in order, holding back clients that do not
 * read.
 *
 * <p>Start reading at {@link io.fairlead.frontend.ClientConnection} and {@link
 * io.fairlead.frontend.ClientRequest}. A client and everything that serves it live on one event
 * loop. Nothing here knows servers; requests go to a {@link io.fairlead.route.Route}.
 */
@NullMarked
package io.fairlead.frontend;

import org.jspecify.annotations.NullMarked;
