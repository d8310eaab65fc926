package io.fairlead.config;

import io.fairlead.config.PoolSettings.ErrorText;
import io.fairlead.config.PoolSettings.MultigetFailure;

/**
 * What the clients of a pool or of a tree of routes are told when servers fail.
 *
 * @param multigetFailure what a retrieval answers
 * @param errorText the words of an error
 */
public record ReplySettings(MultigetFailure multigetFailure, ErrorText errorText) {}
