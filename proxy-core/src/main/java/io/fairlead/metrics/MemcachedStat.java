package io.fairlead.metrics;

/** What memcached servers say of themselves, by the names in their replies to {@code stats}. */
public enum MemcachedStat implements Countable {
  UPTIME(Measure.gauge("seconds since the memcached started")),
  CURR_ITEMS(Measure.gauge("items that the memcached holds")),
  BYTES(Measure.gauge("bytes that its items take")),
  LIMIT_MAXBYTES(Measure.gauge("bytes that its items may take")),
  CURR_CONNECTIONS(Measure.gauge("connections that are open to it")),
  TOTAL_ITEMS("items stored since its start"),
  EVICTIONS("items that it has dropped for others before they had expired"),
  CMD_GET("keys it was asked for"),
  CMD_SET("values it was given"),
  GET_HITS("keys it was asked for and had"),
  GET_MISSES("keys it was asked for and did not have"),
  BYTES_READ("bytes it has received"),
  BYTES_WRITTEN("bytes it has sent"),
  LISTEN_DISABLED_NUM("times it accepted no connection because it had too many");

  private final Measure measure;

  MemcachedStat(String description) {
    this(Measure.counter(description));
  }

  MemcachedStat(Measure measure) {
    this.measure = measure;
  }

  @Override
  public Measure measure() {
    return measure;
  }
}
