package io.fairlead.macro;

import io.fairlead.json.Json;
import io.fairlead.json.JsonObject;
import io.fairlead.json.JsonString;

/** Macros that decide: conditions, comparisons, and what is defined. */
final class Logic {
  private Logic() {}

  static void addTo(Library library) {
    library.add("if", Logic::choose, "condition", "is_true", "is_false");
    library.add("and", a -> a.flag(a.flag("A") && a.flag("B")), "A", "B");
    library.add("or", a -> a.flag(a.flag("A") || a.flag("B")), "A", "B");
    library.add("not", a -> a.flag(!a.flag("A")), "A");
    library.add("equals", Logic::equal, "A", "B");
    library.add("less", Logic::less, "A", "B");
    library.add("define", a -> a.value("result"), "result");
    library.add("defined", Logic::defined, "name");
    library.add("fail", Logic::fail, "msg");
  }

  private static Json choose(Arguments arguments) {
    return arguments.value(arguments.flag("condition") ? "is_true" : "is_false");
  }

  private static Json equal(Arguments arguments) {
    Json a = arguments.value("A");
    Json b = arguments.value("B");
    arguments.budget().spend(a.weight(), arguments.position());
    return arguments.flag(Order.isSame(a, b));
  }

  private static Json less(Arguments arguments) {
    for (String name : new String[] {"A", "B"}) {
      if (arguments.value(name) instanceof JsonObject) {
        throw arguments.refused(name, "a value that has an order, which objects have not");
      }
    }
    Json a = arguments.value("A");
    arguments.budget().spend(a.weight(), arguments.position());
    return arguments.flag(Order.compare(a, arguments.value("B")) < 0);
  }

  private static Json defined(Arguments arguments) {
    String name = arguments.text("name");
    return arguments.flag(
        arguments.caller().has(name) || arguments.interpreter().library().hasConstant(name));
  }

  private static Json fail(Arguments arguments) {
    Json message = arguments.value("msg");
    throw arguments.refused(message instanceof JsonString string ? string.text() : message.shown());
  }
}
