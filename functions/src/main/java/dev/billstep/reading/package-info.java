/** Reading a page: its class, its fields, and the checks that no model can fake. */
@NullMarked
package dev.billstep.reading;

import org.jspecify.annotations.NullMarked;
