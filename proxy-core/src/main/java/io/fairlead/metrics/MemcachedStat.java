package io.fairlead.metrics;

/** What memcached servers say of themselves, by the names in their replies to {@code stats}. */
public enum MemcachedStat implements Countable {
  UPTIME("seconds since the memcached started", true),
  CURR_ITEMS("items that the memcached holds", true),
  BYTES("bytes that its items take", true),
  LIMIT_MAXBYTES("bytes that its items may take", true),
  CURR_CONNECTIONS("connections that are open to it", true),
  TOTAL_ITEMS("items stored since its start"),
  EVICTIONS("items that it has dropped for others before they had expired"),
  CMD_GET("keys it was asked for"),
  CMD_SET("values it was given"),
  GET_HITS("keys it was asked for and had"),
  GET_MISSES("keys it was asked for and did not have"),
  BYTES_READ("bytes it has received"),
  BYTES_WRITTEN("bytes it has sent"),
  LISTEN_DISABLED_NUM("times it accepted no connection because it had too many");

  private final String description;
  private final boolean gauge;

  MemcachedStat(String description) {
    this(description, false);
  }

  MemcachedStat(String description, boolean gauge) {
    this.description = description;
    this.gauge = gauge;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public boolean isGauge() {
    return gauge;
  }
}
