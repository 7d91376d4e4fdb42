/** Reads e-way bills: the short slip and the detailed print, of all years. */
@NullMarked
package dev.billstep.offline.eway;

import org.jspecify.annotations.NullMarked;
