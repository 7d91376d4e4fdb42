/** What operators and reviewers do with a stack's jobs, by command or on the review page. */
@NullMarked
package dev.billstep.operation;

import org.jspecify.annotations.NullMarked;
