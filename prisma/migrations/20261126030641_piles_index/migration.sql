-- DropIndex
DROP INDEX CONCURRENTLY "Doc_review_needs_review_created_at_idx";
