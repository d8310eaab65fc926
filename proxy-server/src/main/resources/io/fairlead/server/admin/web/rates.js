// What happened between two looks at counters that only grow.

/** Rates a second for each number of `now` that `before` has too; null when the proxy has begun anew. */
function rates(before, now, seconds) {
  if (!before || seconds <= 0) return null;
  const result = {};
  for (const key of Object.keys(now)) {
    if (typeof now[key] !== "number" || typeof before[key] !== "number") continue;
    result[key] = (now[key] - before[key]) / seconds;
  }
  return result;
}

function hitRate(counted) {
  const gets = counted ? counted.hits + counted.misses : 0;
  return gets > 0 ? counted.hits / gets : null;
}

/** Remembers the last overview and gives every counter of the next one its rate. */
class Rates {
  next(overview) {
    const last = this.last;
    const isSame = last && overview.uptime_seconds >= last.uptime_seconds && overview.totals.requests >= last.totals.requests;
    const seconds = isSame ? (overview.time_ms - last.time_ms) / 1000 : 0;
    this.last = overview;
    const poolBefore = new Map(isSame ? last.pools.map((pool) => [pool.pool, pool]) : []);
    return {
      totals: rates(isSame ? last.totals : null, overview.totals, seconds),
      pools: new Map(overview.pools.map((pool) => [pool.pool, this.ofPool(poolBefore.get(pool.pool), pool, seconds)])),
    };
  }

  ofPool(before, pool, seconds) {
    const serverBefore = new Map(before ? before.servers.map((server) => [server.server, server]) : []);
    return {
      own: rates(before, pool, seconds),
      servers: new Map(pool.servers.map((server) => [server.server, rates(serverBefore.get(server.server), server, seconds)])),
    };
  }
}
