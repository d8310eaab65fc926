/**
 * Connections to the servers of a configuration for commands that ask them something: in the clear
 * or by TLS, with their passwords, and never for longer than a limit.
 *
 * <p>Start reading at {@link io.fairlead.server.client.Servers}. Any thread may open a connection,
 * one at a time uses it, and blocks.
 */
@NullMarked
package io.fairlead.server.client;

import org.jspecify.annotations.NullMarked;
