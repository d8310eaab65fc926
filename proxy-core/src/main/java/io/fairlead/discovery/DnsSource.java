package io.fairlead.discovery;

import com.google.common.net.InetAddresses;
import io.fairlead.config.Address;
import io.fairlead.config.Identity;
import io.fairlead.config.ServerSettings;
import io.fairlead.config.SourcePlace;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Servers that DNS names: those behind the addresses of a host, or those of a service. */
final class DnsSource<T> implements Source {
  private final Consumer<Answer.Receiver<T>> question;
  private final Function<T, ServerSettings> server;
  private final Listener listener;
  private final Polling polling;

  private DnsSource(
      Consumer<Answer.Receiver<T>> question,
      Function<T, ServerSettings> server,
      EventLoop loop,
      Listener listener) {
    this.question = question;
    this.server = server;
    this.listener = listener;
    this.polling = new Polling(loop, this::ask, Ttl.FIRST_PAUSE, Ttl.LONGEST_PAUSE);
  }

  static Source addresses(
      SourcePlace.Dns place, Resolver resolver, EventLoop loop, Listener listener) {
    return new DnsSource<InetAddress>(
        receiver -> resolver.addresses(place.host(), receiver),
        address ->
            ServerSettings.at(new Address.Tcp(InetAddresses.toAddrString(address), place.port())),
        loop,
        listener);
  }

  static Source services(
      SourcePlace.Srv place,
      Identity identity,
      Resolver resolver,
      EventLoop loop,
      Listener listener) {
    return new DnsSource<SrvRecord>(
        receiver -> resolver.services(place.name(), receiver),
        record -> ServerNames.server(record.host(), record.port(), identity),
        loop,
        listener);
  }

  @Override
  public void start() {
    ask();
  }

  private void ask() {
    question.accept(
        new Answer.Receiver<>() {
          @Override
          public void onAnswer(Answer<T> answer) {
            answered(answer);
          }

          @Override
          public void onFailure(String reason) {
            if (!polling.isClosed()) {
              listener.onFailure(reason);
              polling.failed();
            }
          }
        });
  }

  private void answered(Answer<T> answer) {
    if (polling.isClosed()) {
      return;
    }
    List<ServerSettings> servers = answer.found().stream().map(server).toList();
    if (answer.isComplete()) {
      listener.onServers(servers);
    } else {
      listener.onSomeServers(servers);
    }
    polling.succeeded(Ttl.within(answer.ttl(), Ttl.LONGEST));
  }

  @Override
  public void close() {
    polling.close();
  }
}
