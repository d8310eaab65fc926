/**
 * How results are written: tables for people, JSON for scripts.
 *
 * <p>Start reading at {@link io.fairlead.server.report.WhereReport}. What is in the results is
 * found out in {@code io.fairlead.placement}; nothing here knows the command line.
 */
@NullMarked
package io.fairlead.server.report;

import org.jspecify.annotations.NullMarked;
