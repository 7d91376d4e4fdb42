/** Text from outside, as far as it may come in. Knows nothing of ours. */
@NullMarked
package dev.billstep.text;

import org.jspecify.annotations.NullMarked;
