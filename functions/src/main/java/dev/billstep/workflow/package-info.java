/** Step Functions, as far as jobs need it. */
@NullMarked
package dev.billstep.workflow;

import org.jspecify.annotations.NullMarked;
