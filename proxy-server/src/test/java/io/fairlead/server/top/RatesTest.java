package io.fairlead.server.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.server.remote.Snapshot;
import io.fairlead.server.remote.Snapshot.Pool;
import io.fairlead.server.remote.Snapshot.Server;
import java.util.List;
import org.junit.jupiter.api.Test;

class RatesTest {
  @Test
  void areNotKnownBeforeTheSecondAnswer() {
    assertThat(Rates.unknown().all()).isEqualTo(Rate.UNKNOWN);
    assertThat(Rates.unknown().with(Snapshots.after(0, 10)).all()).isEqualTo(Rate.UNKNOWN);
  }

  @Test
  void areByTheClockOfTheProxy() {
    Rates rates = Rates.unknown().with(Snapshots.after(0, 0)).with(Snapshots.after(2, 1000));

    assertThat(rates.all()).isEqualTo(new Rate(500, 50, 0.75));
  }

  @Test
  void withoutGetsThereIsNoHitRate() {
    Rates rates = Rates.unknown().with(Snapshots.after(0, 7)).with(Snapshots.after(1, 7));

    assertThat(rates.all()).isEqualTo(new Rate(0, 0, Double.NaN));
  }

  @Test
  void stayWhenTheProxySaysTheSameOnceMore() {
    Rates rates = Rates.unknown().with(Snapshots.after(0, 0)).with(Snapshots.after(1, 100));

    assertThat(rates.with(Snapshots.after(1, 100)).all().requests()).isEqualTo(100);
  }

  @Test
  void beginAnewWithAProxyThatHas() {
    Rates rates = Rates.unknown().with(Snapshots.after(10, 50)).with(Snapshots.after(11, 60));
    Snapshot young = Snapshots.after(5, 1000);

    assertThat(rates.with(young).all()).isEqualTo(Rate.UNKNOWN);
    assertThat(rates.with(Snapshots.after(12, 3)).all()).isEqualTo(Rate.UNKNOWN);
  }

  @Test
  void areThoseOfEachPoolAndOfEachServerInIt() {
    Server before = Snapshots.server("a", "up", "", Snapshots.counts(100));
    Server after = Snapshots.server("a", "up", "", Snapshots.counts(300));
    Server newcomer = Snapshots.server("b", "up", "", Snapshots.counts(300));
    Pool one = Snapshots.pool("one", false, Snapshots.counts(100), before);
    Pool oneLater = Snapshots.pool("one", false, Snapshots.counts(700), after, newcomer);
    Pool two = Snapshots.pool("two", false, Snapshots.counts(100), before);
    Pool twoAnew = Snapshots.pool("two", false, Snapshots.counts(50), before);
    Rates rates =
        Rates.unknown()
            .with(Snapshots.with(0, Snapshots.counts(0), List.of(one, two)))
            .with(Snapshots.with(2, Snapshots.counts(0), List.of(oneLater, twoAnew)));

    assertThat(rates.of(oneLater).requests()).isEqualTo(300);
    assertThat(rates.of(oneLater, after).requests()).isEqualTo(100);
    assertThat(rates.of(oneLater, newcomer)).isEqualTo(Rate.UNKNOWN);
    assertThat(rates.of(twoAnew)).isEqualTo(Rate.UNKNOWN);
    assertThat(rates.of(twoAnew, before).requests()).isZero();
  }
}
