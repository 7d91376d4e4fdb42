/**
 * A PostgreSQL with the database in it: what a Supabase project has, and our migrations. Touches
 * nothing else of ours.
 */
@NullMarked
package dev.billstep.database;

import org.jspecify.annotations.NullMarked;
