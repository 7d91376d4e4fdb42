/** What a stack has done, as Prometheus scrapes it. */
@NullMarked
package dev.billstep.prometheus;

import org.jspecify.annotations.NullMarked;
