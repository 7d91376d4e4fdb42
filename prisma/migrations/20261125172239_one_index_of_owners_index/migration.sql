-- DropIndex
DROP INDEX CONCURRENTLY "Doc_user_id_idx";
