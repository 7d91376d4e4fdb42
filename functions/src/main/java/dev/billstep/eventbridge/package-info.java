/** Events to a bus of Amazon EventBridge, where rules take them further. */
@NullMarked
package dev.billstep.eventbridge;

import org.jspecify.annotations.NullMarked;
