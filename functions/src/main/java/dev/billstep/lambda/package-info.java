/** One thin handler per state: decode, one call into the domain, encode. */
@NullMarked
package dev.billstep.lambda;

import org.jspecify.annotations.NullMarked;
