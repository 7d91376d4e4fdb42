/** What the scripts of {@code bench/} run. Nothing knows this package; it may use every other. */
@NullMarked
package dev.billstep.bench;

import org.jspecify.annotations.NullMarked;
