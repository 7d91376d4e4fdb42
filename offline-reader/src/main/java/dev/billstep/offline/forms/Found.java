package dev.billstep.offline.forms;

/**
 * A value in a text.
 *
 * @param from its first character in the text
 * @param to the character behind its last
 */
public record Found<T>(T value, int from, int to) {}
