/** Adapter: what was done, as metrics of CloudWatch. */
@NullMarked
package dev.billstep.cloudwatch;

import org.jspecify.annotations.NullMarked;
