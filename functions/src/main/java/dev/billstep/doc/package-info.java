/** The rows: one Doc a page. */
@NullMarked
package dev.billstep.doc;

import org.jspecify.annotations.NullMarked;
