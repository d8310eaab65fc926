package io.fairlead.server;

import io.fairlead.testkit.RawClient;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A client that reads some keys more than others, and sets those it does not find; it ends when the
 * proxy does.
 */
final class BrowsingLoad implements AutoCloseable {
  private static final int KEYS = 200;
  private static final long PAUSE_MILLIS = 2;

  private final RawClient client;
  private final Random random = new Random(1);
  private final Thread thread = new Thread(this::run, "load");
  private volatile boolean ends;

  private BrowsingLoad(RawClient client) {
    this.client = client;
  }

  static BrowsingLoad start(int port) {
    BrowsingLoad load = new BrowsingLoad(RawClient.connect(port));
    load.thread.start();
    return load;
  }

  private void run() {
    try {
      while (!ends) {
        String key = key();
        if (client.send("get " + key + "\r\n").readThrough("END\r\n").equals("END\r\n")
            && random.nextInt(3) > 0) {
          client.send("set " + key + " 0 60 5\r\nhello\r\n").readThrough("\r\n");
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (AssertionError e) {
      ends = true; // the proxy has ended
    }
  }

  /** The square makes small numbers frequent. */
  private String key() {
    double part = random.nextDouble();
    int number = (int) (KEYS * part * part * part);
    String name = "user:" + Integer.toHexString(number * 0x9E3779B1);
    return number % 40 == 39 ? name + ":" + random.nextInt() : name;
  }

  @Override
  public void close() {
    ends = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    client.close();
  }
}
