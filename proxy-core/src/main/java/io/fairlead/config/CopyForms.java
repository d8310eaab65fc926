package io.fairlead.config;

import io.fairlead.config.route.BigValueSettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.SizeSplitSettings;
import io.fairlead.config.route.StagingSettings;
import io.fairlead.config.route.TwoLevelSettings;
import io.fairlead.config.route.WarmUpSettings;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The forms of routes that copy values from one place to another, or spread a value. */
final class CopyForms {
  private static final int MOST = Integer.MAX_VALUE;
  private static final int USUAL_FAILURE_EXPIRY = 60;
  private static final int MOST_RETRIES = 10;
  private static final int USUAL_BATCH = 10;
  private static final String EXPIRY = "how long copies live, as in 1h";
  private static final String SIZE = "the size above which a value is large";

  private CopyForms() {}

  static void addTo(RouteForms forms) {
    ShadowForm.addTo(forms);
    forms
        .add("warm_up", WarmUpSettings.class, CopyForms::readWarmUp, CopyForms::write)
        .add("two_levels", TwoLevelSettings.class, CopyForms::readTwoLevels, CopyForms::write)
        .add("staging", StagingSettings.class, CopyForms::readStaging, CopyForms::write)
        .add("by_size", SizeSplitSettings.class, CopyForms::readBySize, CopyForms::write)
        .add("big_values", BigValueSettings.class, CopyForms::readBigValues, CopyForms::write);
  }

  private static RouteSettings readWarmUp(GivenRoute given) {
    @Nullable Integer expiry = given.orNull("expiry", ValueKind.itemExpiry(Integer.MIN_VALUE));
    boolean copiesTtl = given.flag("keep_ttl", true);
    return given.pair(
        "warm_up",
        "cold",
        "warm",
        (cold, warm) -> new WarmUpSettings(cold, warm, expiry, copiesTtl));
  }

  private static void write(WarmUpSettings route, WrittenRoute written) {
    written.pair("warm_up", "cold", route.cold(), "warm", route.warm());
    Integer expiry = route.expiry();
    if (expiry != null) {
      written.put("expiry", ExpiryText.format(expiry));
    }
    written.putFlag("keep_ttl", route.copiesTtl(), true);
  }

  private static RouteSettings readTwoLevels(GivenRoute given) {
    int expiry = given.required("expiry", EXPIRY, 0, ValueKind.itemExpiry(0));
    int missExpiry = given.optional("miss_expiry", 0, ValueKind.itemExpiry(0));
    int refresh = given.optional("miss_refresh_every", 0, ValueKind.wholeNumber(0, MOST));
    return given.pair(
        "two_levels",
        "near",
        "far",
        (near, far) -> new TwoLevelSettings(near, far, expiry, missExpiry, refresh));
  }

  private static void write(TwoLevelSettings route, WrittenRoute written) {
    written
        .pair("two_levels", "near", route.near(), "far", route.far())
        .put("expiry", ExpiryText.format(route.expiry()))
        .expiryUnless(0, "miss_expiry", route.missExpiry())
        .putUnless(0, "miss_refresh_every", route.missRefreshEvery(), Objects::toString);
  }

  private static RouteSettings readStaging(GivenRoute given) {
    return given.pair("staging", "warm", "staging", StagingSettings::new);
  }

  private static void write(StagingSettings route, WrittenRoute written) {
    written.pair("staging", "warm", route.warm(), "staging", route.staging());
  }

  private static RouteSettings readBySize(GivenRoute given) {
    int threshold = given.required("threshold", SIZE, 0L, ValueKind.size(0, MOST)).intValue();
    int ttl = given.optional("large_from_ttl", 0, ValueKind.expiry(0));
    int failure = given.optional("failure_expiry", USUAL_FAILURE_EXPIRY, ValueKind.itemExpiry(0));
    boolean both = given.flag("store_in_both", false);
    int retries = given.optional("retries", 1, ValueKind.wholeNumber(0, MOST_RETRIES));
    return given.pair(
        "by_size",
        "small",
        "large",
        (small, large) ->
            new SizeSplitSettings(small, large, threshold, ttl, failure, both, retries));
  }

  private static void write(SizeSplitSettings route, WrittenRoute written) {
    written
        .pair("by_size", "small", route.small(), "large", route.large())
        .put("threshold", SizeText.format(route.threshold()))
        .expiryUnless(0, "large_from_ttl", route.ttlThreshold())
        .expiryUnless(USUAL_FAILURE_EXPIRY, "failure_expiry", route.failureTtl())
        .putFlag("store_in_both", route.both(), false)
        .putUnless(1, "retries", route.retries(), Objects::toString);
  }

  private static RouteSettings readBigValues(GivenRoute given) {
    return new BigValueSettings(
        given.one("big_values"),
        given
            .required(
                "threshold", "the largest value that is stored whole", 1L, ValueKind.size(1, MOST))
            .intValue(),
        given.optional("batch", USUAL_BATCH, ValueKind.wholeNumber(0, MOST)));
  }

  private static void write(BigValueSettings route, WrittenRoute written) {
    written
        .one("big_values", route.target())
        .put("threshold", SizeText.format(route.threshold()))
        .putUnless(USUAL_BATCH, "batch", route.batch(), Objects::toString);
  }
}
