/** Which value on a page belongs to which label, and which block of text to which party. */
@NullMarked
package dev.billstep.offline.relations;

import org.jspecify.annotations.NullMarked;
