/*
 * The least that a program between clients and a memcached can do: it copies bytes, and knows no protocol, keys or
 * servers. Each client has a connection to the server of its own; one thread, epoll, one buffer. What it takes beside
 * nutcracker is the floor for whoever sends each request on by itself (docs/performance.md).
 *
 *   cc -O2 -o relay relay.c && ./relay PORT SERVER_PORT
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BUFFER_BYTES = 256 << 10, MOST_EVENTS = 64 };

/* One end of a pair of connections, and what came from it that the other has not taken. */
struct end {
  int socket;
  uint32_t watched;
  struct end *other;
  char *rest;
  size_t rest_from, rest_to;
};

static int poller;
static int server_port;
static char buffer[BUFFER_BYTES];

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static struct sockaddr_in loopback(int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

static void poll_for(int change, struct end *end, uint32_t events) {
  struct epoll_event wanted = {.events = events, .data.ptr = end};
  end->watched = events;
  if (epoll_ctl(poller, change, end->socket, &wanted) != 0) fail("epoll_ctl");
}

static void watch(struct end *end, uint32_t events) {
  if (end->watched != events) poll_for(EPOLL_CTL_MOD, end, events);
}

/* Closes both; their memory is not given back, as events of this turn may still name it. */
static void hang_up(struct end *end) {
  close(end->socket);
  close(end->other->socket);
  end->socket = end->other->socket = -1;
}

static struct end *end_of(int socket) {
  int on = 1;
  struct end *end = calloc(1, sizeof *end);
  if (end == NULL) fail("calloc");
  setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  fcntl(socket, F_SETFL, O_NONBLOCK);
  end->socket = socket;
  return end;
}

static void take_client(int listener) {
  int client = accept(listener, NULL, NULL);
  int server = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = loopback(server_port);
  if (client < 0 || server < 0) fail("accept");
  if (connect(server, (struct sockaddr *)&address, sizeof address) != 0) fail("connect");
  struct end *here = end_of(client), *there = end_of(server);
  here->other = there;
  there->other = here;
  poll_for(EPOLL_CTL_ADD, here, EPOLLIN);
  poll_for(EPOLL_CTL_ADD, there, EPOLLIN);
}

/* Nothing more is read from an end until the other has taken what came. */
static void keep_rest(struct end *from, const char *bytes, size_t length) {
  if (from->rest == NULL && (from->rest = malloc(BUFFER_BYTES)) == NULL) fail("malloc");
  memcpy(from->rest, bytes, length);
  from->rest_from = 0;
  from->rest_to = length;
  watch(from, 0);
  watch(from->other, EPOLLIN | EPOLLOUT);
}

static void send_rest(struct end *from) {
  struct end *to = from->other;
  ssize_t sent = send(to->socket, from->rest + from->rest_from, from->rest_to - from->rest_from, MSG_NOSIGNAL);
  if (sent > 0) from->rest_from += sent;
  if (from->rest_from == from->rest_to) {
    watch(from, EPOLLIN);
    watch(to, EPOLLIN);
  }
}

static void relay(struct end *from) {
  ssize_t received = recv(from->socket, buffer, sizeof buffer, 0);
  if (received < 0 && errno == EAGAIN) return;
  if (received <= 0) {
    hang_up(from);
    return;
  }
  ssize_t sent = send(from->other->socket, buffer, received, MSG_NOSIGNAL);
  if (sent < 0) sent = 0;
  if (sent < received) keep_rest(from, buffer + sent, received - sent);
}

int main(int count, char **words) {
  if (count < 3) {
    fprintf(stderr, "usage: relay PORT SERVER_PORT\n");
    return 2;
  }
  struct sockaddr_in address = loopback(atoi(words[1]));
  int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  server_port = atoi(words[2]);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0) fail("bind");
  if (listen(listener, SOMAXCONN) != 0) fail("listen");
  poller = epoll_create1(0);
  struct epoll_event incoming = {.events = EPOLLIN, .data.ptr = NULL};
  epoll_ctl(poller, EPOLL_CTL_ADD, listener, &incoming);
  for (;;) {
    struct epoll_event events[MOST_EVENTS];
    int ready = epoll_wait(poller, events, MOST_EVENTS, -1);
    for (int i = 0; i < ready; i++) {
      struct end *end = events[i].data.ptr;
      if (end == NULL) {
        take_client(listener);
        continue;
      }
      if (end->socket >= 0 && events[i].events & EPOLLOUT) send_rest(end->other);
      if (end->socket >= 0 && events[i].events & ~(uint32_t)EPOLLOUT) relay(end);
    }
  }
}
