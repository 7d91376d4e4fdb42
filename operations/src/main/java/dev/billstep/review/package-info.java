/** What a reviewer sees: a job's pages beside what was read from them. */
@NullMarked
package dev.billstep.review;

import org.jspecify.annotations.NullMarked;
