package dev.billstep.offline.forms;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/** The rates of GST, in per cent. */
public final class GstRates {

  /** Those that no other rate is twice of: half a rate is that of CGST or SGST alone. */
  public static final List<BigDecimal> PLAINLY_WHOLE = rates(
    "0",
    "0.1",
    "0.25",
    "3",
    "5",
    "12",
    "18",
    "28",
    "40"
  );

  /** All of them, the lowest first. */
  public static final List<BigDecimal> ALL = Stream.concat(
    PLAINLY_WHOLE.stream(),
    rates("1.5", "6", "7.5").stream()
  )
    .sorted()
    .toList();

  private GstRates() {}

  private static List<BigDecimal> rates(String... percentages) {
    return Stream.of(percentages).map(BigDecimal::new).toList();
  }

  /** Whether a rate is one of these, however many zeros it is written with. */
  public static boolean areWith(List<BigDecimal> rates, BigDecimal rate) {
    return rates.stream().anyMatch(each -> each.compareTo(rate) == 0);
  }
}
