package io.fairlead.server.warm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.fairlead.server.client.Printable;
import io.fairlead.server.client.ServerException;
import io.fairlead.server.client.ServerLink;
import io.fairlead.server.warm.KeyList.Entry;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Some keys of one server: read together, and added to each server of the target together. */
final class Batch {
  private final Side source;
  private final Side target;
  private final WarmResult result;
  private final List<Entry> entries;

  Batch(Side source, Side target, WarmResult result, List<Entry> entries) {
    this.source = source;
    this.target = target;
    this.result = result;
    this.entries = entries;
  }

  /** Copies them; what a server of the source cannot give counts as failed. */
  void copy(long nowSeconds) throws ServerException {
    Map<Integer, List<Item>> items = new LinkedHashMap<>();
    for (Item item : read()) {
      int owner = target.serverOf(item.key());
      for (int server = 0; server < target.size(); server++) {
        if (server == owner || target.hasReplicas()) {
          items.computeIfAbsent(server, each -> new ArrayList<>()).add(item);
        }
      }
    }
    for (Map.Entry<Integer, List<Item>> each : items.entrySet()) {
      add(each.getKey(), each.getValue(), nowSeconds);
    }
    result.done += entries.size();
  }

  private List<Item> read() {
    int server = entries.get(0).server();
    List<Item> items = new ArrayList<>();
    int answered = 0;
    try {
      ServerLink link = source.link(server);
      StringBuilder requests = new StringBuilder();
      entries.forEach(entry -> requests.append(Item.request(entry.key())));
      link.send(requests.toString());
      for (Entry entry : entries) {
        Item.Found found = Item.read(entry.key(), link);
        answered++;
        count(found, items);
      }
    } catch (ServerException e) {
      source.drop(server);
      result.failed += entries.size() - answered;
      result.onProblem(source.nameOf(server) + " " + e.getMessage());
    }
    return items;
  }

  private void count(Item.Found found, List<Item> items) {
    Item item = found.item();
    if (item != null) {
      items.add(item);
    } else if (found.absence() == Item.Absence.STALE) {
      result.stale++;
    } else {
      result.missing++;
    }
  }

  private void add(int server, List<Item> items, long nowSeconds) throws ServerException {
    ServerLink link;
    try {
      link = target.link(server);
      ByteArrayOutputStream requests = new ByteArrayOutputStream();
      for (Item item : items) {
        requests.writeBytes(item.addition(nowSeconds).getBytes(ISO_8859_1));
        requests.writeBytes(item.value());
        requests.write('\r');
        requests.write('\n');
      }
      link.send(requests.toByteArray());
      for (Item item : items) {
        count(server, item, link.line());
      }
    } catch (ServerException e) {
      target.drop(server);
      throw new ServerException(target.nameOf(server) + " " + e.getMessage(), e);
    }
  }

  private void count(int server, Item item, String answer) {
    if (answer.equals("HD")) {
      result.copied++;
      result.bytes += item.value().length;
    } else if (answer.equals("NS")) {
      result.present++;
    } else {
      result.failed++;
      result.onProblem(target.nameOf(server) + " answers ms with: " + Printable.of(answer));
    }
  }
}
