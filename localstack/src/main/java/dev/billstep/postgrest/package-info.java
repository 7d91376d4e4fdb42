/** The part of PostgREST that the Supabase client uses, over the embedded PostgreSQL. */
@NullMarked
package dev.billstep.postgrest;

import org.jspecify.annotations.NullMarked;
