package dev.billstep.people;

import java.time.Instant;

/**
 * That somebody has done something.
 *
 * @param who by name; empty where a name was given that is nobody's, which may be a password that was
 *     typed into the wrong field
 * @param about whom or what, such as a user's name, or a request; empty where there is nothing to say
 * @param from an address, or {@code terminal}
 */
public record AuditEvent(Instant at, String who, Deed deed, String about, String from) {}
