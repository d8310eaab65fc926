package io.fairlead.server.admin;

import io.fairlead.server.admin.AdminPages.Entry;
import java.util.Collection;

/** {@code /index}: what there is, as links. */
final class IndexPage {
  private IndexPage() {}

  static Page page(Collection<Entry> entries, Collection<String> actions) {
    StringBuilder html =
        new StringBuilder(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Fairlead</title>"
                + "<h1>Fairlead</h1><table>\n");
    for (Entry entry : entries) {
      html.append("<tr><td><a href=\"").append(entry.path()).append("\">");
      html.append(entry.path()).append("</a><td>").append(entry.what()).append('\n');
    }
    html.append("</table><p>By POST, with the token:<pre>\n");
    actions.forEach(action -> html.append(action).append('\n'));
    return Page.html(html.append("</pre></html>\n").toString());
  }
}
