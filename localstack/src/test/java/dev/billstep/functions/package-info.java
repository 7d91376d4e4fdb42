/** Functions that behave and misbehave, for the tests of the executor. */
@NullMarked
package dev.billstep.functions;

import org.jspecify.annotations.NullMarked;
