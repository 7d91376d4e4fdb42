/** A deployed stack, wherever it runs, as those see it who work with its jobs. */
@NullMarked
package dev.billstep.stack;

import org.jspecify.annotations.NullMarked;
