/**
 * Immutable settings of a proxy, and how they are read from YAML.
 *
 * <p>Start reading at {@link io.fairlead.config.ProxySettings}; defaults are constants of the
 * record that they belong to. Nothing here knows a running object: loading gives a complete value
 * or fails with every problem at once. Used by the starting thread only.
 */
@NullMarked
package io.fairlead.config;

import org.jspecify.annotations.NullMarked;
