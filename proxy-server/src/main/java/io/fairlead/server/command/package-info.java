/**
 * What the commands share: help and version, the words and numbers that options take, and how
 * mistakes are told.
 *
 * <p>Start reading at {@link io.fairlead.server.command.HelpfulCommand}. Runs on the main thread;
 * knows no command.
 */
@NullMarked
package io.fairlead.server.command;

import org.jspecify.annotations.NullMarked;
