/**
 * What operators and machines ask over HTTP: probes, metrics, version, statistics.
 *
 * <p>Start reading at {@link io.fairlead.server.admin.AdminServer}, and at {@link
 * io.fairlead.server.admin.TwemproxyStats} for statistics in the form of twemproxy. Each port runs
 * on one event loop of its own, so that a slow scrape never stops a request; it only reads counters
 * that the data path writes. Micrometer is known here and nowhere else.
 */
@NullMarked
package io.fairlead.server.admin;

import org.jspecify.annotations.NullMarked;
