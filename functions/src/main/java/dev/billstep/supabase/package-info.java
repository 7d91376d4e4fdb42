/** Adapter: the Supabase REST API (PostgREST). */
@NullMarked
package dev.billstep.supabase;

import org.jspecify.annotations.NullMarked;
