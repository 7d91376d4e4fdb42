/** Tests of the definition. */
@NullMarked
package dev.billstep.statemachine;

import org.jspecify.annotations.NullMarked;
