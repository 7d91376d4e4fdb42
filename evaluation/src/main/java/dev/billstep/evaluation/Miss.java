package dev.billstep.evaluation;

import java.net.URI;

/**
 * A value that was not read as printed.
 *
 * @param image the page
 * @param path of the field; {@code doc_type} where the page was taken for another type
 */
public record Miss(
  String document,
  int page,
  URI image,
  String path,
  String expected,
  String actual,
  Cause cause
) {}
