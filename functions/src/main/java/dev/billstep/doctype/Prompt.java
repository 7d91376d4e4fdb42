package dev.billstep.doctype;

/**
 * A prompt of the settings table.
 *
 * @param version changes whenever the text does; stored on every row
 */
public record Prompt(String version, String text) {}
