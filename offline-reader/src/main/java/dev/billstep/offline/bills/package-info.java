/** Reads bills: candidates and relations first, then the consistent whole. */
@NullMarked
package dev.billstep.offline.bills;

import org.jspecify.annotations.NullMarked;
