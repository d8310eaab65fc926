/**
 * Immutable settings of a proxy, and how they are read from YAML.
 *
 * <p>Start reading at {@link io.fairlead.config.ProxySettings}, whose defaults are constants of the
 * records that they belong to, and at {@link io.fairlead.config.ConfigLoader}. Text becomes a tree
 * of nodes with positions ({@code YamlText}); a reader for each section takes the keys it knows
 * from a {@code MappingReader}, and each value is judged by a {@code ValueKind}. A nutcracker.yml
 * is read by {@code NutcrackerReader} and its neighbours into the same settings, and written by
 * {@code NutcrackerExport}, as far as it can say them. Nothing here knows a running object: loading
 * gives a complete value or fails with every problem at once. Used by the starting thread only.
 */
@NullMarked
package io.fairlead.config;

import org.jspecify.annotations.NullMarked;
