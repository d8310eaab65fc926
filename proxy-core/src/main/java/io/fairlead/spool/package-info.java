/**
 * Deletes that a server could not be told of, on disk in mcrouter's files until it can: writing
 * them, reading them back, and remembering which ones the server has got.
 *
 * <p>Start reading at {@link io.fairlead.spool.DeleteSpool}, which owns the one thread that touches
 * files; all that runs on it is in {@link io.fairlead.spool.SpoolStore}. Event loops hand deletes
 * in and are told on their own thread; from elsewhere only {@link
 * io.fairlead.spool.Backlog#isPending} is asked. Nothing here knows sockets: who sends the deletes
 * again is told what to send.
 */
@NullMarked
package io.fairlead.spool;

import org.jspecify.annotations.NullMarked;
