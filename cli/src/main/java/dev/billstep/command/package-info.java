/** The {@code billstep} command. */
@NullMarked
package dev.billstep.command;

import org.jspecify.annotations.NullMarked;
