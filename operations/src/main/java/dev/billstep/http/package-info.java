/** What the servers on one machine have in common. */
@NullMarked
package dev.billstep.http;

import org.jspecify.annotations.NullMarked;
