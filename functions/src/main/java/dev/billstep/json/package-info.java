/** The one JSON mapper. */
@NullMarked
package dev.billstep.json;

import org.jspecify.annotations.NullMarked;
