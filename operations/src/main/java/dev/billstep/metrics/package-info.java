/** What a stack has done, for Prometheus to scrape. */
@NullMarked
package dev.billstep.metrics;

import org.jspecify.annotations.NullMarked;
