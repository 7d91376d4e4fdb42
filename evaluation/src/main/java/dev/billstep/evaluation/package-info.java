/** How well pages are read, against what is known to be printed on them. */
@NullMarked
package dev.billstep.evaluation;

import org.jspecify.annotations.NullMarked;
