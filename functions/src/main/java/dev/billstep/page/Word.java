package dev.billstep.page;

/**
 * A piece of a page's own text layer.
 *
 * @param x left edge, {@code y} top edge, {@code width}, {@code height}: pixels of the page's image
 */
public record Word(String text, double x, double y, double width, double height) {}
