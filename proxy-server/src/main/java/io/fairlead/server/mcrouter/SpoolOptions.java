package io.fairlead.server.mcrouter;

/**
 * Where deletes go that failed.
 *
 * @param on whether there is a spool at all
 * @param folder its folder
 * @param secondForm whether it is written in the second form, {@code AS2.0}
 */
public record SpoolOptions(boolean on, String folder, boolean secondForm) {
  static SpoolOptions of(OptionValues values) {
    return new SpoolOptions(
        !values.isOn("asynclog_disable"),
        values.text("async_spool"),
        values.isOn("use_asynclog_version2"));
  }
}
