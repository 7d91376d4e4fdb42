/** Tables without lines: headings, columns by headings and white space, rows by their numbers. */
@NullMarked
package dev.billstep.offline.tables;

import org.jspecify.annotations.NullMarked;
