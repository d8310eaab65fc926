/** What Prometheus, and the files for it that are shipped, find in a proxy at work. */
@NullMarked
package io.fairlead.monitoring;

import org.jspecify.annotations.NullMarked;
