/**
 * Who clients are and what they may do: files with names and passwords, and what each name is
 * allowed.
 *
 * <p>Start reading at {@link io.fairlead.access.Credentials}, which keeps the files of a proxy at
 * what they say, and {@link io.fairlead.access.Authenticator}, which checks passwords on threads of
 * its own, as that takes long on purpose. {@link io.fairlead.access.Permissions} are asked by event
 * loops for each request of a client that may not do everything. No password, and nothing that was
 * made of one, is ever part of a message.
 */
@NullMarked
package io.fairlead.access;

import org.jspecify.annotations.NullMarked;
