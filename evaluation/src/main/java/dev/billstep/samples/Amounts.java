package dev.billstep.samples;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Amounts as they are printed in India. */
final class Amounts {

  static final BigDecimal ZERO = new BigDecimal("0.00");

  private static final String[] ONES = {
    "Zero",
    "One",
    "Two",
    "Three",
    "Four",
    "Five",
    "Six",
    "Seven",
    "Eight",
    "Nine",
    "Ten",
    "Eleven",
    "Twelve",
    "Thirteen",
    "Fourteen",
    "Fifteen",
    "Sixteen",
    "Seventeen",
    "Eighteen",
    "Nineteen",
  };
  private static final String[] TENS = {
    "",
    "",
    "Twenty",
    "Thirty",
    "Forty",
    "Fifty",
    "Sixty",
    "Seventy",
    "Eighty",
    "Ninety",
  };

  private Amounts() {}

  /** {@code 1,23,456.00}. */
  static String grouped(BigDecimal amount) {
    var plain = amount.abs().setScale(2, RoundingMode.HALF_UP).toPlainString();
    var whole = plain.substring(0, plain.length() - 3);
    var text = new StringBuilder(plain.substring(plain.length() - 3));
    int end = whole.length();
    int size = 3;
    while (end > 0) {
      int start = Math.max(0, end - size);
      text.insert(0, whole.substring(start, end));
      if (start > 0) {
        text.insert(0, ',');
      }
      end = start;
      size = 2;
    }
    return (amount.signum() < 0 ? "-" : "") + text;
  }

  /** {@code Rupees One Lakh Twenty Only}, {@code Rupees Five and Ten Paise Only}. */
  static String inWords(BigDecimal amount) {
    long paise = amount.remainder(BigDecimal.ONE).movePointRight(2).longValue();
    var rupees = words(amount.longValue());
    return paise == 0
      ? "Rupees %s Only".formatted(rupees)
      : "Rupees %s and %s Paise Only".formatted(rupees, words(paise));
  }

  private static String words(long number) {
    if (number >= 10_000_000) {
      return join(words(number / 10_000_000) + " Crore", number % 10_000_000);
    }
    if (number >= 100_000) {
      return join(words(number / 100_000) + " Lakh", number % 100_000);
    }
    if (number >= 1_000) {
      return join(words(number / 1_000) + " Thousand", number % 1_000);
    }
    if (number >= 100) {
      return join(words(number / 100) + " Hundred", number % 100);
    }
    return number >= 20 ? join(TENS[(int) number / 10], number % 10) : ONES[(int) number];
  }

  private static String join(String first, long rest) {
    return rest == 0 ? first : first + " " + words(rest);
  }
}
