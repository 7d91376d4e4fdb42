/** The labels of bills and e-way bills, found on a page; their spellings are in labels.tsv. */
@NullMarked
package dev.billstep.offline.labels;

import org.jspecify.annotations.NullMarked;
