/** Makes labelled documents: bills, e-way bills and others, in many layouts, clean or worn. */
@NullMarked
package dev.billstep.samples;

import org.jspecify.annotations.NullMarked;
