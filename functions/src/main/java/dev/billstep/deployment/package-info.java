/** What deployed stacks are called: by those who deploy them, and those who look for them. Knows nothing of ours. */
@NullMarked
package dev.billstep.deployment;

import org.jspecify.annotations.NullMarked;
