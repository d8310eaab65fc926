package io.fairlead.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fairlead.MemcachedRequest;
import io.fairlead.Wire;
import io.fairlead.loop.TestLoop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a server reads is what the client asked for, request by request, and the client is told of
 * everything else: nothing that it sends can be a request of its own on the way, and no reply can
 * be another one's.
 */
class SmuggledRequestFuzzTest {
  /** The first byte says where the rest is cut in two. */
  @FuzzTest
  @DictionaryFile(resourcePath = "/fuzz/requests.dict")
  void theServerReadsWhatTheClientAsked(byte[] input) {
    if (input.length < 2) {
      return;
    }
    byte[] stream = Arrays.copyOfRange(input, 1, input.length);
    int cut = (input[0] & 0xff) * stream.length / 256;
    TestLoop loop = new TestLoop();
    try {
      WholeProxy proxy = new WholeProxy(loop);
      proxy.receive(Arrays.copyOf(stream, cut));
      proxy.receive(Arrays.copyOfRange(stream, cut, stream.length));
      ClientStream expected = new ClientStream(Wire.text(stream));
      assertSame(expected.asked(), oneByOne(proxy.received()));
      assertThat(proxy.told()).matches(expected.told());
    } finally {
      loop.close();
    }
  }

  /**
   * A retrieval goes on in one line or several, and a key that it has twice need not be asked for
   * twice: so there may be several places up to which the server has been asked.
   */
  private static void assertSame(List<MemcachedRequest> asked, List<MemcachedRequest> received) {
    BitSet places = new BitSet();
    places.set(0);
    for (MemcachedRequest request : asked) {
      Set<MemcachedRequest> seen = new HashSet<>();
      for (MemcachedRequest each : oneByOne(List.of(request))) {
        places = after(places, each, received, !seen.add(each));
        assertThat(places.cardinality()).as("%s in %s", each, received).isPositive();
      }
    }
    assertThat(places.get(received.size())).as("%s and no more: %s", asked, received).isTrue();
  }

  private static BitSet after(
      BitSet places, MemcachedRequest request, List<MemcachedRequest> received, boolean isAgain) {
    BitSet next = isAgain ? (BitSet) places.clone() : new BitSet();
    places.stream()
        .filter(place -> place < received.size() && received.get(place).equals(request))
        .forEach(place -> next.set(place + 1));
    return next;
  }

  /** With a retrieval for each key. */
  private static List<MemcachedRequest> oneByOne(List<MemcachedRequest> requests) {
    List<MemcachedRequest> each = new ArrayList<>();
    for (MemcachedRequest request : requests) {
      MemcachedRequest plain = request.ofLength(0);
      if (request.verb().startsWith("g")) {
        request.keys().forEach(key -> each.add(plain.ofKeys(List.of(key))));
      } else {
        each.add(plain);
      }
    }
    return each;
  }
}
