package io.fairlead.frontend;

import io.fairlead.config.ReplySettings;
import io.fairlead.metrics.PoolStats;
import io.fairlead.route.Entrance;

/**
 * What the clients of a listener are connected to: a pool, or a tree of routes.
 *
 * @param stats where the clients are counted
 * @param replies what they are told when servers fail
 */
public record Target(Entrance entrance, PoolStats stats, ReplySettings replies) {}
