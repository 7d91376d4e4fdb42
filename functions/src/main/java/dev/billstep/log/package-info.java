/** One JSON object a line: what is logged, in one vocabulary of keys. Knows nothing of ours. */
@NullMarked
package dev.billstep.log;

import org.jspecify.annotations.NullMarked;
