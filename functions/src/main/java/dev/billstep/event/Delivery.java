package dev.billstep.event;

import java.util.Set;

/**
 * An event that a call has to send.
 *
 * @param token that goes with whatever the call notes of it
 * @param attempt from 1
 * @param takenBy receivers that have it already
 */
public record Delivery(Event event, String token, int attempt, Set<String> takenBy) {}
