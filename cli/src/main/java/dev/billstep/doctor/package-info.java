/** Finds out why something does not work, and says how to mend it. */
@NullMarked
package dev.billstep.doctor;

import org.jspecify.annotations.NullMarked;
