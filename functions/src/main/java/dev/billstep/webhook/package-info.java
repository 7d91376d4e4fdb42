/** Events to an address of the operator's choice, signed by the Standard Webhooks scheme. */
@NullMarked
package dev.billstep.webhook;

import org.jspecify.annotations.NullMarked;
