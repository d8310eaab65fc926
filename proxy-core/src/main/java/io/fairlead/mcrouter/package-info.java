/**
 * Reads mcrouter's configuration: JSON with macros, pools, and a tree of route handles.
 *
 * <p>Start reading at {@link io.fairlead.mcrouter.McrouterReader}. A {@code Params} is the object
 * of one handle; {@code Handles} knows the grammar in which handles are written, and each family of
 * them ({@code PoolHandles}, {@code FailoverHandles} ...) what their parameters mean. The result is
 * the same settings that other dialects give.
 */
@NullMarked
package io.fairlead.mcrouter;

import org.jspecify.annotations.NullMarked;
