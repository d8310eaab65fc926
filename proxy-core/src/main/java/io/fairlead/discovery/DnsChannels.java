package io.fairlead.discovery;

import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;

/** The thread that looks servers up, and the channels that go with it. */
public record DnsChannels(
    EventLoop loop,
    ChannelFactory<? extends DatagramChannel> datagrams,
    ChannelFactory<? extends SocketChannel> streams) {}
