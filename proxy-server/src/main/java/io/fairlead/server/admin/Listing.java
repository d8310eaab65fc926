package io.fairlead.server.admin;

import io.fairlead.server.report.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A page that is a list: as JSON, or as a table for a terminal. */
final class Listing {
  /** More than anybody reads; a page of so many rows is some 300 kB. */
  static final int MOST_ROWS = 1000;

  private final String name;
  private final List<String> columns;
  private final List<Map<String, Object>> rows;
  private final long total;

  /**
   * @param name of what is listed, in the plural
   * @param columns the members of a row that the table shows
   * @param total how many there are; those beyond the rows are left out
   */
  private Listing(String name, List<String> columns, List<Map<String, Object>> rows, long total) {
    this.name = name;
    this.columns = columns;
    this.rows = rows;
    this.total = total;
  }

  static Listing of(String name, List<String> columns, List<Map<String, Object>> rows) {
    return of(name, columns, rows, rows.size());
  }

  /** The first of so many. */
  static Listing of(String name, List<String> columns, List<Map<String, Object>> rows, long total) {
    List<Map<String, Object>> shown = rows.size() > MOST_ROWS ? rows.subList(0, MOST_ROWS) : rows;
    return new Listing(name, columns, shown, total);
  }

  Page page(PageRequest request) {
    return request.wantsTable() ? Page.text(table()) : Page.json(json());
  }

  private Map<String, Object> json() {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put(name, rows);
    if (total > rows.size()) {
      page.put("left_out", total - rows.size());
    }
    return page;
  }

  private String table() {
    Table table = new Table(columns.stream().map(this::heading).toList());
    for (Map<String, Object> row : rows) {
      table.add(columns.stream().map(column -> cell(row, column)).toList());
    }
    return table.text("") + remark();
  }

  private String remark() {
    return total > rows.size() ? "… and " + (total - rows.size()) + " more\n" : "";
  }

  /** Numbers are flush right. */
  private String heading(String column) {
    boolean isNumber = rows.stream().anyMatch(row -> row.get(column) instanceof Number);
    return (isNumber ? ">" : "") + column;
  }

  private static String cell(Map<String, Object> row, String column) {
    Object value = row.get(column);
    return value == null ? "-" : value.toString();
  }
}
