/** Keys, out of Secrets Manager. */
@NullMarked
package dev.billstep.secrets;

import org.jspecify.annotations.NullMarked;
