package dev.billstep.offline.forms;

import java.util.List;

/** Tells the values of one kind in a text, in their order. */
@FunctionalInterface
public interface Form<T> {
  List<Found<T>> in(String text);
}
