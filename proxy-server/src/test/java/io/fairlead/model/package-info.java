/**
 * A model of which replies a client may get, and clients that hold a proxy in front of faulty
 * servers to it. Start reading at {@code NeverWrongReplyIT}.
 */
@NullMarked
package io.fairlead.model;

import org.jspecify.annotations.NullMarked;
