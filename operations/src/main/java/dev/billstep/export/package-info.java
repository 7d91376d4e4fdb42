/** What other programs are given of what was read: tables, JSON, vouchers. Knows no stack: rows come in, files go out. */
@NullMarked
package dev.billstep.export;

import org.jspecify.annotations.NullMarked;
