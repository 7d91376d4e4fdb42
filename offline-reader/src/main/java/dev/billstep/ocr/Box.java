package dev.billstep.ocr;

/**
 * A rectangle with level sides.
 *
 * @param x left edge, {@code y} top edge, {@code width}, {@code height}: pixels
 */
public record Box(double x, double y, double width, double height) {}
