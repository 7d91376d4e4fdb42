/** A page's text as words with boxes, in phrases and lines. Knows nothing of what the text means. */
@NullMarked
package dev.billstep.offline.tokens;

import org.jspecify.annotations.NullMarked;
