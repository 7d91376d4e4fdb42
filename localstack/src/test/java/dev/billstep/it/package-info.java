/** Tests against the whole embedded stack. */
@NullMarked
package dev.billstep.it;

import org.jspecify.annotations.NullMarked;
