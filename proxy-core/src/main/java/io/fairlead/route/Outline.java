package io.fairlead.route;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is found on a walk through a tree of routes: a line for each node, indented by its depth,
 * and the servers that are reached, in the order of the walk.
 *
 * <p>With a question the walk goes only where that request may go; without one it goes everywhere.
 */
public final class Outline {
  private final List<String> lines = new ArrayList<>();
  private final List<String> servers = new ArrayList<>();
  private final Set<Route> path = Collections.newSetFromMap(new IdentityHashMap<>());
  private @Nullable Question question;
  private int depth;

  public Outline(@Nullable Question question) {
    this.question = question;
  }

  /** The request in question; null to look everywhere. */
  public @Nullable Question question() {
    return question;
  }

  /** Notes a node without children. */
  public void leaf(String label) {
    lines.add(" ".repeat(depth) + label);
  }

  /** Notes a server, which is a leaf. */
  public void server(String label, String address) {
    leaf(label);
    servers.add(address);
  }

  /** Notes a node and walks on to its children. */
  public void node(String label, Iterable<? extends Route> children) {
    leaf(label);
    children.forEach(this::below);
  }

  /** Notes a node with a single one below it, and walks on to the children of that. */
  public void node(String outer, String inner, Iterable<? extends Route> children) {
    leaf(outer);
    depth++;
    node(inner, children);
    depth--;
  }

  /** Walks on to a child of the node that was noted last. */
  public void below(Route child) {
    if (!path.add(child)) {
      throw new IllegalStateException("a route leads to itself");
    }
    depth++;
    child.outline(this);
    depth--;
    path.remove(child);
  }

  /** Walks on to a child that is asked another question. */
  public void below(Route child, @Nullable Question other) {
    Question before = question;
    question = other;
    below(child);
    question = before;
  }

  /** Lets a child stand in the place of a node that has no line. */
  public void instead(Route child, @Nullable Question other) {
    depth--;
    below(child, other);
    depth++;
  }

  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** The addresses of the servers that may be asked, one for each time. */
  public List<String> servers() {
    return List.copyOf(servers);
  }
}
