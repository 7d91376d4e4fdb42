/**
 * The people who use the review page of a stack on one machine: who they are, what they may do, that
 * they are who they say, and what they have done. It knows files alone, neither HTTP nor a stack.
 */
@NullMarked
package dev.billstep.people;

import org.jspecify.annotations.NullMarked;
