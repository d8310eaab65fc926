package io.fairlead.mcrouter;

import io.fairlead.config.NearestKey;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every type of route handle by its name. */
final class HandleKinds {
  private static final String INFRASTRUCTURE =
      "another type, as this one needs infrastructure that only its makers have";

  private final Map<String, HandleKind> kinds = new LinkedHashMap<>();

  /** Types that are known, and cannot be had, with what to use instead. */
  private final Map<String, String> refused = new LinkedHashMap<>();

  HandleKinds() {
    PoolHandles.addTo(kinds);
    FanHandles.addTo(kinds);
    FailoverHandles.addTo(kinds);
    SelectHandles.addTo(kinds);
    CopyHandles.addTo(kinds);
    ChangeHandles.addTo(kinds);
    LimitHandles.addTo(kinds);
    for (String name :
        new String[] {
          "CarbonLookasideRoute",
          "DistributionRoute",
          "SetDistributionTargetRoute",
          "SRRoute",
          "AxonLogRoute",
          "McBucketRoute",
          "McExtraRouteHandleProvider"
        }) {
      refused.put(name, INFRASTRUCTURE);
    }
    refused.put(
        "OriginalClientHashRoute",
        "another type, as which client has sent a request does not decide where it goes; HashRoute"
            + " goes by the key, HostIdRoute by the machine");
  }

  @Nullable HandleKind named(String type) {
    return kinds.get(type);
  }

  /** Whether there is such a type in mcrouter. */
  boolean isKnown(String type) {
    return kinds.containsKey(type) || refused.containsKey(type);
  }

  /** What should stand in place of a type that cannot be had. */
  String expected(String type) {
    String nearest = NearestKey.of(type, kinds.keySet());
    String usual = nearest == null ? "a type of route, such as PoolRoute" : nearest + ", perhaps";
    return refused.getOrDefault(type, usual);
  }
}
